package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.vigil.dicom.data.Attributes;
import org.vigil.imaging.api.WorkitemReported;
import org.vigil.imaging.api.WorkitemReported.Addressee;
import org.vigil.imaging.domain.QueryKeys;
import org.vigil.imaging.domain.WorkitemReports;
import org.vigil.imaging.persistence.StoredDataset;
import org.vigil.imaging.persistence.SubscriptionRepository;
import org.vigil.imaging.persistence.SubscriptionRepository.Following;
import org.vigil.tenancy.api.TenantContext;

/** Tells the subscribers of a workitem what happens to it, in the transaction in which it does. */
@ApplicationScoped
public class WorkitemNotices {
  private final SubscriptionRepository subscriptions;
  private final Event<WorkitemReported> reported;

  @Inject
  public WorkitemNotices(SubscriptionRepository subscriptions, Event<WorkitemReported> reported) {
    this.subscriptions = subscriptions;
    this.reported = reported;
  }

  /** For the container's proxy. */
  protected WorkitemNotices() {
    this(null, null);
  }

  /** Before a workitem is created or changed, so that nobody who subscribes now misses it. */
  void begin() {
    subscriptions.holdWorklist();
  }

  /** Subscribes those who follow the worklist, and reports it to them. */
  void created(String uid, Attributes workitem) {
    Set<Addressee> joined =
        join(uid, (filter, all) -> all || QueryKeys.matches(filter, workitem), Set.of());
    tell(joined, WorkitemReports.ofCreation(workitem));
  }

  /** Reports what changed; who follows a filter that it matches only now is subscribed, too. */
  void updated(String uid, Attributes before, Attributes after) {
    Set<Addressee> present = subscriptions.subscribers(uid);
    Set<Addressee> joined =
        join(
            uid,
            (filter, all) ->
                !all && QueryKeys.matches(filter, after) && !QueryKeys.matches(filter, before),
            present);
    tell(present, WorkitemReports.ofUpdate(before, after));
    tell(joined, WorkitemReports.ofCreation(after));
  }

  /** Reports its state. */
  void moved(String uid, Attributes workitem) {
    tell(subscriptions.subscribers(uid), List.of(WorkitemReports.state(workitem)));
  }

  /** Whether anybody would hear that it is to be cancelled. */
  boolean isHeard(String uid) {
    return !subscriptions.subscribers(uid).isEmpty();
  }

  void cancelRequested(String uid, Attributes report) {
    tell(subscriptions.subscribers(uid), List.of(report));
  }

  /** Reports to some. */
  void tell(Set<Addressee> addressees, List<Attributes> reports) {
    if (!addressees.isEmpty() && !reports.isEmpty()) {
      reported.fire(new WorkitemReported(TenantContext.current(), addressees, reports));
    }
  }

  private Set<Addressee> join(
      String uid, BiPredicate<Attributes, Boolean> joins, Set<Addressee> but) {
    Instant now = Clock.systemUTC().instant();
    Set<Addressee> joined = new HashSet<>();
    for (Following following : subscriptions.following()) {
      boolean all = following.filter() == null;
      Attributes filter = all ? null : StoredDataset.read(following.filter());
      if (!but.contains(following.addressee()) && joins.test(filter, all)) {
        subscriptions.add(uid, following.addressee().aeTitle(), following.lock(), now);
        joined.add(following.addressee());
      }
    }
    return joined;
  }
}
