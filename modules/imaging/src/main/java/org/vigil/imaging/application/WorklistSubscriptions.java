package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vigil.dicom.data.Attributes;
import org.vigil.imaging.api.WorkitemReported.Addressee;
import org.vigil.imaging.api.WorkitemSubscriptions;
import org.vigil.imaging.domain.AeTitles;
import org.vigil.imaging.domain.QueryKeys;
import org.vigil.imaging.domain.WorkitemReports;
import org.vigil.imaging.persistence.StoredDataset;
import org.vigil.imaging.persistence.SubscriptionRepository;
import org.vigil.imaging.persistence.WorkitemEntity;
import org.vigil.imaging.persistence.WorkitemRepository;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Subscriptions to the unified worklist of the current tenant. */
@ApplicationScoped
@Transactional
public class WorklistSubscriptions implements WorkitemSubscriptions {
  /** Present states that are reported at once; a connection holds no more in its queue. */
  private static final int MOST_REPORTED = 5000;

  private final WorkitemRepository workitems;
  private final SubscriptionRepository subscriptions;
  private final WorkitemNotices notices;
  private final Event<AuditEvent> audit;

  @Inject
  public WorklistSubscriptions(
      WorkitemRepository workitems,
      SubscriptionRepository subscriptions,
      WorkitemNotices notices,
      Event<AuditEvent> audit) {
    this.workitems = workitems;
    this.subscriptions = subscriptions;
    this.notices = notices;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected WorklistSubscriptions() {
    this(null, null, null, null);
  }

  @Override
  public void subscribe(String uid, Subscriber who, Attributes filter, boolean lock) {
    String aeTitle = valid(who.aeTitle());
    boolean worklist = isWorklist(uid);
    if (worklist) {
      subscriptions.takeWorklist();
    }
    Instant now = Clock.systemUTC().instant();
    requireOwn(subscriptions.claim(aeTitle, who.actor().name(), now), who);
    if (worklist) {
      subscriptions.worklist(aeTitle, filter == null ? null : StoredDataset.write(filter), lock);
      try (Stream<WorkitemEntity> all = workitems.all(null, null)) {
        all.filter(known -> filter == null || QueryKeys.matches(filter, known.attributes()))
            .map(WorkitemEntity::sopInstanceUid)
            .toList()
            .forEach(known -> subscriptions.add(known, aeTitle, lock, now));
      }
      report(who, states(aeTitle));
    } else {
      WorkitemEntity workitem = workitems.lock(uid).orElseThrow(WorklistSubscriptions::unknown);
      subscriptions.add(uid, aeTitle, lock, now);
      report(who, states(workitem).toList());
    }
    note(Action.WORKITEM_SUBSCRIBED, who, uid, Map.of("deletionLock", Boolean.toString(lock)));
  }

  private static boolean isWorklist(String uid) {
    return uid.equals(WORKLIST) || uid.equals(FILTERED_WORKLIST);
  }

  private void report(Subscriber who, List<Attributes> reports) {
    notices.tell(Set.of(new Addressee(valid(who.aeTitle()), who.actor().name())), reports);
  }

  private List<Attributes> states(String aeTitle) {
    return workitems.subscribedTo(aeTitle, MOST_REPORTED).stream()
        .flatMap(WorklistSubscriptions::states)
        .toList();
  }

  private static Stream<Attributes> states(WorkitemEntity workitem) {
    return Stream.concat(
        Stream.of(WorkitemReports.state(workitem.attributes())),
        workitem.cancellationRequest().stream());
  }

  @Override
  public void unsubscribe(String uid, Subscriber who) {
    String aeTitle = known(who);
    if (isWorklist(uid) ? !subscriptions.forget(aeTitle) : !subscriptions.remove(uid, aeTitle)) {
      throw none();
    }
    subscriptions.forgetIdle();
    note(Action.WORKITEM_UNSUBSCRIBED, who, uid, Map.of());
  }

  @Override
  public void suspend(Subscriber who) {
    if (!subscriptions.suspend(known(who))) {
      throw none();
    }
    subscriptions.forgetIdle();
    note(Action.WORKITEM_UNSUBSCRIBED, who, WORKLIST, Map.of("suspended", "true"));
  }

  @Override
  public void follow(Subscriber who, Consumer<List<Attributes>> opened) {
    String aeTitle = valid(who.aeTitle());
    subscriptions.owner(aeTitle).ifPresent(owner -> requireOwn(owner, who));
    List<Attributes> present = states(aeTitle);
    note(Action.WORKITEMS_FOLLOWED, who, null, Map.of("workitems", "" + present.size()));
    opened.accept(present);
  }

  private String known(Subscriber who) {
    String aeTitle = valid(who.aeTitle());
    String owner = subscriptions.owner(aeTitle).orElseThrow(WorklistSubscriptions::none);
    if (!who.administers()) {
      requireOwn(owner, who);
    }
    return aeTitle;
  }

  private static void requireOwn(String owner, Subscriber who) {
    if (!owner.equals(who.actor().name())) {
      throw new VigilException(ErrorCode.IMAGING_0075);
    }
  }

  private static String valid(String aeTitle) {
    if (!AeTitles.isValid(aeTitle)) {
      throw new VigilException(
          ErrorCode.KERNEL_0003, Map.of("field", "aetitle", "problem", "is no AE title"));
    }
    return AeTitles.significant(aeTitle);
  }

  private void note(Action action, Subscriber who, String uid, Map<String, String> details) {
    Map<String, String> facts = new java.util.HashMap<>(details);
    facts.put("aeTitle", valid(who.aeTitle()));
    AuditEvent event = AuditEvent.of(action, who.actor()).with(facts);
    audit.fire(uid == null ? event : event.on("workitem/" + uid));
  }

  private static VigilException unknown() {
    return new VigilException(ErrorCode.IMAGING_0061);
  }

  private static VigilException none() {
    return new VigilException(ErrorCode.IMAGING_0074);
  }
}
