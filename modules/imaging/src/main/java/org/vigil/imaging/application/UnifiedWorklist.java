package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.SearchMatches;
import org.vigil.imaging.api.Workitems;
import org.vigil.imaging.domain.QueryKeys;
import org.vigil.imaging.domain.WorkitemReports;
import org.vigil.imaging.domain.WorkitemRules;
import org.vigil.imaging.domain.WorkitemState;
import org.vigil.imaging.domain.WorkitemTransitions;
import org.vigil.imaging.persistence.WorkitemEntity;
import org.vigil.imaging.persistence.WorkitemRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.VigilException;

/** The unified worklist of the current tenant. */
@ApplicationScoped
@Transactional
public class UnifiedWorklist implements Workitems {
  /** Each workitem that follows a page has to be read to be counted. */
  private static final int MOST_COUNTED = 1000;

  private static final DateTimeFormatter DT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'+0000'").withZone(ZoneOffset.UTC);

  /** What a request for cancellation may say (PS3.4 table CC.2.2-1). */
  private static final int[] OF_CANCELLATION = {
    Tag.ReasonForCancellation, Tag.ProcedureStepDiscontinuationReasonCodeSequence
  };

  private static final int[] OF_CONTACT = {Tag.ContactURI, Tag.ContactDisplayName};

  private final WorkitemRepository workitems;
  private final WorkitemNotices notices;
  private final Event<AuditEvent> audit;

  @Inject
  public UnifiedWorklist(
      WorkitemRepository workitems, WorkitemNotices notices, Event<AuditEvent> audit) {
    this.workitems = workitems;
    this.notices = notices;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected UnifiedWorklist() {
    this(null, null, null);
  }

  @Override
  public void create(String uid, Attributes workitem, Actor actor) {
    String known = SopInstanceUid.of(uid).value();
    Instant now = now();
    Attributes kept = WorkitemRules.created(known, workitem);
    kept.setString(Tag.ScheduledProcedureStepModificationDateTime, VR.DT, DT.format(now));
    notices.begin();
    WorkitemEntity added = new WorkitemEntity(known, kept, actor.name(), now);
    if (!workitems.add(added)) {
      throw new VigilException(ErrorCode.IMAGING_0062);
    }
    notices.created(known, added.attributes());
    note(Action.WORKITEM_CREATED, known, added, actor);
  }

  @Override
  public Attributes retrieve(String uid) {
    return workitems.find(uid).orElseThrow(UnifiedWorklist::unknown).attributes();
  }

  @Override
  public void update(String uid, String transaction, Attributes changes, Actor actor) {
    WorkitemEntity workitem = locked(uid);
    WorkitemTransitions.update(workitem.state(), workitem.transactionUid(), transaction);
    Attributes before = workitem.attributes();
    Attributes attributes = workitem.attributes();
    WorkitemRules.update(attributes, changes);
    Instant now = now();
    attributes.setString(Tag.ScheduledProcedureStepModificationDateTime, VR.DT, DT.format(now));
    workitem.describe(attributes, now);
    notices.updated(uid, before, attributes);
    note(Action.WORKITEM_CHANGED, uid, workitem, actor);
  }

  @Override
  public Outcome changeState(String uid, String state, String transaction, Actor actor) {
    WorkitemEntity workitem = locked(uid);
    WorkitemState wanted =
        WorkitemState.of(state)
            .orElseThrow(
                () ->
                    new VigilException(
                        ErrorCode.IMAGING_0073,
                        Map.of(
                            "attribute",
                            "ProcedureStepState",
                            "problem",
                            "is IN PROGRESS, COMPLETED or CANCELED")));
    Outcome outcome =
        WorkitemTransitions.change(
            workitem.state(),
            workitem.transactionUid(),
            wanted,
            transaction,
            () -> WorkitemRules.lacking(workitem.attributes(), wanted));
    if (outcome != Outcome.DONE) {
      return outcome;
    }
    Instant now = now();
    if (wanted == WorkitemState.IN_PROGRESS) {
      workitem.claimed(SopInstanceUid.of(transaction).value(), now);
    } else {
      if (wanted == WorkitemState.CANCELED) {
        noteCancellation(workitem, new Attributes(), now);
      }
      workitem.moved(wanted, now);
    }
    notices.moved(uid, workitem.attributes());
    note(Action.WORKITEM_CHANGED, uid, workitem, actor);
    return outcome;
  }

  @Override
  public Outcome requestCancellation(String uid, Attributes information, Actor actor) {
    WorkitemEntity workitem = locked(uid);
    Outcome outcome = WorkitemTransitions.cancellation(workitem.state(), notices.isHeard(uid));
    if (outcome == Outcome.DONE) {
      Instant now = now();
      noteCancellation(workitem, information, now);
      workitem.moved(WorkitemState.CANCELED, now);
      notices.moved(uid, workitem.attributes());
      note(Action.WORKITEM_CHANGED, uid, workitem, actor);
    } else if (outcome == Outcome.PERFORMER_TOLD) {
      Attributes report = WorkitemReports.cancelRequested(uid, information, actor.name());
      workitem.cancellationRequested(report);
      notices.cancelRequested(uid, report);
      note(Action.WORKITEM_CANCELLATION_REQUESTED, uid, workitem, actor);
    }
    return outcome;
  }

  /** When and why, in the progress information; what the performer has said of it stands. */
  private static void noteCancellation(WorkitemEntity workitem, Attributes told, Instant at) {
    Attributes attributes = workitem.attributes();
    Sequence progress = attributes.getSequence(Tag.ProcedureStepProgressInformationSequence);
    if (progress == null || progress.isEmpty()) {
      progress = attributes.newSequence(Tag.ProcedureStepProgressInformationSequence, 1);
      progress.add(new Attributes());
    }
    Attributes item = progress.get(0);
    if (!item.containsValue(Tag.ProcedureStepCancellationDateTime)) {
      item.setString(Tag.ProcedureStepCancellationDateTime, VR.DT, DT.format(at));
    }
    item.addSelected(told, OF_CANCELLATION);
    Attributes contact = new Attributes();
    contact.addSelected(told, OF_CONTACT);
    if (!contact.isEmpty()) {
      item.newSequence(Tag.ProcedureStepCommunicationsURISequence, 1).add(contact);
    }
    workitem.describe(attributes, at);
  }

  @Override
  public SearchMatches search(Attributes keys, int offset, int limit) {
    String state = single(keys, Tag.ProcedureStepState);
    WorkitemState wanted = state == null ? null : WorkitemState.of(state).orElse(null);
    try (Stream<WorkitemEntity> all = workitems.all(wanted, single(keys, Tag.PatientID))) {
      Iterator<Attributes> matches =
          all.map(WorkitemEntity::attributes)
              .filter(workitem -> QueryKeys.matches(keys, workitem))
              .skip(offset)
              .iterator();
      List<Attributes> page = new ArrayList<>();
      while (page.size() < limit && matches.hasNext()) {
        page.add(matches.next());
      }
      long remaining = 0;
      while (remaining < MOST_COUNTED && matches.hasNext()) {
        matches.next();
        remaining++;
      }
      return new SearchMatches(page, remaining, remaining < MOST_COUNTED);
    }
  }

  /** A key's value where it is exactly one, for the database; what it means is judged after. */
  private static String single(Attributes keys, int tag) {
    String[] values = keys.contains(tag) ? keys.getStrings(tag) : null;
    boolean exact = values != null && values.length == 1 && values[0] != null;
    return exact && !values[0].isBlank() && !values[0].matches(".*[*?].*")
        ? values[0].strip()
        : null;
  }

  private WorkitemEntity locked(String uid) {
    notices.begin();
    return workitems.lock(uid).orElseThrow(UnifiedWorklist::unknown);
  }

  private void note(Action action, String uid, WorkitemEntity workitem, Actor actor) {
    audit.fire(
        AuditEvent.of(action, actor)
            .about(null, workitem.patientId())
            .on("workitem/" + uid)
            .with(Map.of("state", workitem.state().term())));
  }

  private static VigilException unknown() {
    return new VigilException(ErrorCode.IMAGING_0061);
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }
}
