package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.imaging.persistence.SubscriptionRepository;
import org.vigil.imaging.persistence.WorkitemEntity;
import org.vigil.imaging.persistence.WorkitemRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;

/**
 * The end of workitems that have ended: those without a deletion lock (PS3.4 §CC.2.3) go after some
 * days, the others when their locks do or after some months, for who never unsubscribes.
 */
@ApplicationScoped
public class WorkitemExpiry {
  private static final int AT_ONCE = 200;
  private static final Actor ACTOR = Actor.system("imaging");

  private final WorkitemRepository workitems;
  private final SubscriptionRepository subscriptions;
  private final Event<AuditEvent> audit;
  private final Duration keep;
  private final Duration keepLocked;

  @Inject
  public WorkitemExpiry(
      WorkitemRepository workitems,
      SubscriptionRepository subscriptions,
      Event<AuditEvent> audit,
      @ConfigProperty(name = "vigil.workitems.keep", defaultValue = "P7D") Duration keep,
      @ConfigProperty(name = "vigil.workitems.keep-locked", defaultValue = "P90D")
          Duration keepLocked) {
    this.workitems = workitems;
    this.subscriptions = subscriptions;
    this.audit = audit;
    this.keep = keep;
    this.keepLocked = keepLocked.compareTo(keep) < 0 ? keep : keepLocked;
  }

  /** For the container's proxy. */
  protected WorkitemExpiry() {
    this(null, null, null, Duration.ZERO, Duration.ZERO);
  }

  /**
   * Deletes some of the current tenant's.
   *
   * @return whether there may be more
   */
  @Transactional
  public boolean deleteSome() {
    Instant now = Clock.systemUTC().instant();
    List<WorkitemEntity> outlived =
        workitems.outlived(now.minus(keep), now.minus(keepLocked), AT_ONCE);
    for (WorkitemEntity workitem : outlived) {
      workitems.remove(workitem);
      audit.fire(
          AuditEvent.of(Action.WORKITEM_DELETED, ACTOR)
              .about(null, workitem.patientId())
              .on("workitem/" + workitem.sopInstanceUid())
              .with(Map.of("state", workitem.state().term())));
    }
    if (!outlived.isEmpty()) {
      subscriptions.forgetIdle();
    }
    return outlived.size() == AT_ONCE;
  }
}
