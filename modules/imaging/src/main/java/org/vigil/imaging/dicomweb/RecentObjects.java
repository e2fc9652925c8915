package org.vigil.imaging.dicomweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.vigil.imaging.api.DicomWeb.Target;
import org.vigil.imaging.api.InstanceView;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantClosed;
import org.vigil.tenancy.api.TenantContext;

/**
 * Objects that were looked up a moment ago: whoever scrolls asks for frame after frame, and none of
 * what is remembered changes but where an object lies. Who may see it is decided before each
 * request, and that it was seen is written as if nothing were remembered.
 */
@ApplicationScoped
public class RecentObjects {
  private static final Duration MOMENT = Duration.ofSeconds(30);
  private static final int MOST = 20_000;

  private final Cache<Key, InstanceView> objects =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MOMENT).build();

  /**
   * The current tenant's object, if it was looked up a moment ago and is where it is said to be.
   */
  Optional<InstanceView> find(Target target) {
    return Optional.ofNullable(objects.getIfPresent(key(target.instance())))
        .filter(found -> found.studyInstanceUid().equals(target.study()))
        .filter(
            found -> target.series() == null || found.seriesInstanceUid().equals(target.series()));
  }

  /** Remembers an object of the current tenant. */
  void remember(InstanceView object) {
    objects.put(key(object.sopInstanceUid()), object);
  }

  void forget(@Observes TenantClosed event) {
    objects.asMap().keySet().removeIf(key -> key.tenant().equals(event.tenant()));
  }

  private static Key key(SopInstanceUid object) {
    return new Key(TenantContext.current(), object);
  }

  private record Key(TenantId tenant, SopInstanceUid object) {}
}
