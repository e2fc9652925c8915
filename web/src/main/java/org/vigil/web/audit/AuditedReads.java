package org.vigil.web.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.audit.api.AuditCost;
import org.vigil.imaging.api.Studies;
import org.vigil.imaging.api.StudyView;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.CurrentUser;

/**
 * Runs what a request reads and writes the event that says so in one transaction. A page that looks
 * again and again at the same thing is written once in {@code vigil.audit.view-interval}; a refusal
 * or failure is always written.
 */
@ApplicationScoped
public class AuditedReads {
  private final ConcurrentHashMap<Key, Instant> written = new ConcurrentHashMap<>();

  @Inject private ReadTransaction transaction;
  @Inject private CurrentUser user;
  @Inject private Studies studies;
  @Inject private AuditCost cost;
  @Inject private Event<AuditEvent> audit;

  @Inject
  @ConfigProperty(name = "vigil.audit.view-interval", defaultValue = "PT5M")
  private Duration interval;

  /** Reads something and writes that it was read, every time. */
  public <T> T always(
      Action action, Supplier<T> read, BiFunction<AuditEvent, T, AuditEvent> describe) {
    return read(action, null, read, describe);
  }

  /**
   * Reads something and writes that it was read, unless this person read it a moment ago from the
   * same address.
   *
   * @param what is read: a list's name with its filter, a UID, an id
   */
  public <T> T viewed(
      Action action,
      String what,
      Supplier<T> read,
      BiFunction<AuditEvent, T, AuditEvent> describe) {
    Key key = new Key(TenantContext.find().orElse(null), user.actor(), action, what);
    Instant last = written.get(key);
    if (last != null && last.plus(interval).isAfter(Instant.now())) {
      return read.get();
    }
    return read(action, key, read, describe);
  }

  /** The event, about a study and the patient it is of. */
  public AuditEvent about(AuditEvent event, StudyInstanceUid study) {
    Optional<StudyView> found = studies.find(study);
    return event.about(study, found.map(StudyView::patientId).orElse(null));
  }

  private <T> T read(
      Action action, Key key, Supplier<T> read, BiFunction<AuditEvent, T, AuditEvent> describe) {
    AuditEvent event = AuditEvent.of(action, user.actor());
    try {
      ReadTransaction.Read<T> done = transaction.run(read, found -> describe.apply(event, found));
      cost.readCommitted(System.nanoTime() - done.endedAt());
      if (key != null) {
        Instant now = Instant.now();
        written.values().removeIf(at -> !at.plus(interval).isAfter(now));
        written.put(key, now);
      }
      return done.result();
    } catch (VigilException e) {
      audit.fire(event.outcome(Outcome.FAILURE).with(Map.of("code", e.code().id())));
      throw e;
    }
  }

  /** Who read what. */
  private record Key(TenantId tenant, Actor actor, Action action, String what) {
    Key {
      Objects.requireNonNull(actor);
    }
  }
}
