package org.vigil.imaging.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

/**
 * Event reports of unified procedure steps (PS3.4 table CC.2.4-1), each with the command elements
 * that name class, instance and event type; the message ID is the connection's to give.
 */
public final class WorkitemReports {
  private static final int STATE_REPORT = 1;
  private static final int CANCEL_REQUESTED = 2;
  private static final int PROGRESS_REPORT = 3;
  private static final int ASSIGNED = 5;

  private static final int REQUESTING_AE = ElementDictionary.tagOf("RequestingAE");
  private static final int STATIONS = ElementDictionary.tagOf("ScheduledStationNameCodeSequence");
  private static final int PERFORMERS = ElementDictionary.tagOf("ScheduledHumanPerformersSequence");
  private static final int PERFORMER_CODE = ElementDictionary.tagOf("HumanPerformerCodeSequence");
  private static final int ORGANIZATION = ElementDictionary.tagOf("HumanPerformerOrganization");

  private static final int[] WHY = {
    Tag.ReasonForCancellation, Tag.ProcedureStepDiscontinuationReasonCodeSequence
  };

  private static final int[] OF_REQUEST = {
    Tag.ReasonForCancellation,
    Tag.ProcedureStepDiscontinuationReasonCodeSequence,
    Tag.ContactURI,
    Tag.ContactDisplayName
  };

  private static final int[] OF_PROGRESS = {
    Tag.ProcedureStepProgress,
    ElementDictionary.tagOf("ProcedureStepProgressDescription"),
    Tag.ProcedureStepCommunicationsURISequence
  };

  private static final int LONGEST_AE_TITLE = 16;

  private WorkitemReports() {}

  /** UPS State Report: as it stands, with the reason where it was cancelled. */
  public static Attributes state(Attributes workitem) {
    Attributes report = of(workitem.getString(Tag.SOPInstanceUID), STATE_REPORT);
    report.addSelected(workitem, Tag.ProcedureStepState, Tag.InputReadinessState);
    Attributes progress = workitem.getNestedDataset(Tag.ProcedureStepProgressInformationSequence);
    if (progress != null && isIn(workitem, WorkitemState.CANCELED)) {
      report.addSelected(progress, WHY);
    }
    return report;
  }

  private static boolean isIn(Attributes workitem, WorkitemState state) {
    return state.term().equals(workitem.getString(Tag.ProcedureStepState));
  }

  /**
   * UPS Cancel Requested.
   *
   * @param request may name the requesting AE; else it is who asks, as an AE title
   */
  public static Attributes cancelRequested(String uid, Attributes request, String requester) {
    Attributes report = of(uid, CANCEL_REQUESTED);
    String named = AeTitles.significant(request.getString(REQUESTING_AE));
    String known = requester.replaceAll("[^ -\\[\\]-~]", "_");
    String shortened = known.substring(0, Math.min(LONGEST_AE_TITLE, known.length()));
    report.setString(REQUESTING_AE, VR.AE, AeTitles.isValid(named) ? named : shortened);
    report.addSelected(request, OF_REQUEST);
    return report;
  }

  /** What a new workitem's subscribers hear: its state, and to whom it is assigned if it is. */
  public static List<Attributes> ofCreation(Attributes created) {
    List<Attributes> reports = new ArrayList<>();
    reports.add(state(created));
    if (created.containsValue(STATIONS) || created.containsValue(PERFORMERS)) {
      reports.add(assigned(created));
    }
    return reports;
  }

  /** What has changed that subscribers hear of: readiness, assignment, progress. */
  public static List<Attributes> ofUpdate(Attributes before, Attributes after) {
    List<Attributes> reports = new ArrayList<>();
    if (differs(before, after, Tag.InputReadinessState)) {
      reports.add(state(after));
    }
    if (differs(before, after, STATIONS) || differs(before, after, PERFORMERS)) {
      reports.add(assigned(after));
    }
    Attributes was = progress(before);
    Attributes now = progress(after);
    if (Arrays.stream(OF_PROGRESS).anyMatch(tag -> differs(was, now, tag))) {
      reports.add(progressReport(after.getString(Tag.SOPInstanceUID), now));
    }
    return reports;
  }

  private static Attributes progress(Attributes workitem) {
    Attributes item = workitem.getNestedDataset(Tag.ProcedureStepProgressInformationSequence);
    return item == null ? new Attributes() : item;
  }

  private static Attributes progressReport(String uid, Attributes progress) {
    Attributes report = of(uid, PROGRESS_REPORT);
    Attributes item = new Attributes();
    item.addSelected(progress, OF_PROGRESS);
    report.newSequence(Tag.ProcedureStepProgressInformationSequence, 1).add(item);
    return report;
  }

  private static Attributes assigned(Attributes workitem) {
    Attributes report = of(workitem.getString(Tag.SOPInstanceUID), ASSIGNED);
    report.addSelected(workitem, STATIONS);
    Attributes performer = workitem.getNestedDataset(PERFORMERS);
    if (performer != null) {
      report.addSelected(performer, PERFORMER_CODE, ORGANIZATION);
    }
    return report;
  }

  private static boolean differs(Attributes before, Attributes after, int tag) {
    if (!before.containsValue(tag) || !after.containsValue(tag)) {
      return before.containsValue(tag) || after.containsValue(tag);
    }
    Sequence was = before.getSequence(tag);
    Sequence now = after.getSequence(tag);
    return was == null || now == null
        ? !Arrays.equals(before.getStrings(tag), after.getStrings(tag))
        : !List.copyOf(was).equals(List.copyOf(now));
  }

  private static Attributes of(String uid, int eventType) {
    Attributes report = new Attributes();
    report.setString(Tag.AffectedSOPClassUID, VR.UI, UID.UnifiedProcedureStepPush);
    report.setString(Tag.AffectedSOPInstanceUID, VR.UI, uid);
    report.setInt(Tag.EventTypeID, VR.US, eventType);
    return report;
  }
}
