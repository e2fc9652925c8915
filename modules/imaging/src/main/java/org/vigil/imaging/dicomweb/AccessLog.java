package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.kernel.Actor;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;

/**
 * Who looked at which study lately. A viewer asks for hundreds of frames; the audit trail stays
 * readable when it says once in a while that a person looked at a study.
 */
@ApplicationScoped
public class AccessLog {
  private final ConcurrentHashMap<Key, Instant> audited = new ConcurrentHashMap<>();
  private Duration interval = Duration.ofMinutes(5);

  @Inject
  void configure(
      @ConfigProperty(name = "vigil.imaging.access-audit-interval", defaultValue = "PT5M")
          Duration configured) {
    this.interval = configured;
  }

  /** Whether an access must be written to the audit trail. */
  boolean isDue(TenantId tenant, Actor actor, StudyInstanceUid study) {
    Instant last = audited.get(new Key(tenant, actor, study));
    return last == null || !last.plus(interval).isAfter(Clock.systemUTC().instant());
  }

  /** Notes that an access is in the audit trail; called after the commit. */
  void written(TenantId tenant, Actor actor, StudyInstanceUid study) {
    Instant now = Clock.systemUTC().instant();
    audited.values().removeIf(at -> !at.plus(interval).isAfter(now));
    audited.put(new Key(tenant, actor, study), now);
  }

  private record Key(TenantId tenant, Actor actor, StudyInstanceUid study) {}
}
