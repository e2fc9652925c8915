package org.vigil.imaging.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** What a unified procedure step must hold and what may be changed (PS3.4 table CC.2.5-3). */
public final class WorkitemRules {
  /** Type 1 of N-CREATE; Procedure Step State is judged by itself. */
  private static final int[] NEEDED = {
    Tag.ScheduledProcedureStepPriority,
    Tag.ProcedureStepLabel,
    Tag.WorklistLabel,
    Tag.ScheduledProcedureStepStartDateTime,
    Tag.InputReadinessState
  };

  /** Only performing and the provider give these a value. */
  private static final int[] EMPTY_AT_FIRST = {
    Tag.TransactionUID,
    Tag.ProcedureStepProgressInformationSequence,
    Tag.UnifiedProcedureStepPerformedProcedureSequence
  };

  /** Not allowed in N-SET: whose it is, what it answers, and what the provider keeps. */
  private static final Set<Integer> FIXED =
      Set.of(
          Tag.SOPClassUID,
          Tag.SOPInstanceUID,
          Tag.ProcedureStepState,
          Tag.ScheduledProcedureStepModificationDateTime,
          Tag.PatientName,
          Tag.PatientID,
          Tag.IssuerOfPatientID,
          Tag.PatientBirthDate,
          Tag.PatientSex,
          Tag.AdmissionID,
          Tag.StudyInstanceUID,
          Tag.ReferencedRequestSequence);

  /** Final state code P, inside the performed procedure. */
  private static final int[] OF_PERFORMED = {
    Tag.PerformedStationNameCodeSequence,
    Tag.PerformedWorkitemCodeSequence,
    Tag.PerformedProcedureStepStartDateTime,
    Tag.PerformedProcedureStepEndDateTime
  };

  private WorkitemRules() {}

  /**
   * A new workitem as it is kept.
   *
   * @param uid SOP instance UID
   * @throws VigilException IMAGING-0073 naming the attribute
   */
  public static Attributes created(String uid, Attributes given) {
    String state = given.getString(Tag.ProcedureStepState, "").strip();
    if (!state.equals(WorkitemState.SCHEDULED.term())) {
      throw wrong(Tag.ProcedureStepState, "is SCHEDULED in a new workitem");
    }
    for (int tag : NEEDED) {
      if (!given.containsValue(tag)) {
        throw wrong(tag, "is required");
      }
    }
    for (int tag : EMPTY_AT_FIRST) {
      if (given.containsValue(tag)) {
        throw wrong(tag, "is empty in a new workitem");
      }
    }
    Attributes kept = new Attributes(given);
    requireTerms(kept);
    withoutCommand(kept);
    kept.setString(Tag.SOPClassUID, VR.UI, UID.UnifiedProcedureStepPush);
    kept.setString(Tag.SOPInstanceUID, VR.UI, uid);
    return kept;
  }

  /**
   * Takes changes over.
   *
   * @throws VigilException IMAGING-0073 naming an attribute that may not be changed
   */
  public static void update(Attributes workitem, Attributes changes) {
    Attributes wanted = new Attributes(changes);
    wanted.remove(Tag.TransactionUID);
    withoutCommand(wanted);
    for (int tag : wanted.tags()) {
      if (FIXED.contains(tag) && !isSame(workitem, wanted, tag)) {
        throw wrong(tag, "may not be changed");
      }
    }
    for (int tag : NEEDED) {
      if (wanted.contains(tag) && !wanted.containsValue(tag)) {
        throw wrong(tag, "is required");
      }
    }
    workitem.addAll(wanted);
    requireTerms(workitem);
  }

  private static boolean isSame(Attributes workitem, Attributes wanted, int tag) {
    return wanted.getVR(tag) != VR.SQ
        && wanted.getString(tag, "").equals(workitem.getString(tag, ""));
  }

  private static void withoutCommand(Attributes dataset) {
    dataset.removeIf(tag -> tag >>> 16 == 0);
  }

  private static void requireTerms(Attributes workitem) {
    requireTerm(workitem, Tag.ScheduledProcedureStepPriority, Set.of("HIGH", "MEDIUM", "LOW"));
    requireTerm(workitem, Tag.InputReadinessState, Set.of("INCOMPLETE", "UNAVAILABLE", "READY"));
  }

  private static void requireTerm(Attributes workitem, int tag, Set<String> terms) {
    if (!terms.contains(workitem.getString(tag, "").strip())) {
      throw wrong(tag, "is one of " + String.join(", ", terms.stream().sorted().toList()));
    }
  }

  /**
   * What a workitem still needs for a final state, by keyword; a cancelled one needs nothing that
   * the provider does not add.
   */
  public static List<String> lacking(Attributes workitem, WorkitemState wanted) {
    List<String> lacking = new ArrayList<>();
    if (wanted != WorkitemState.COMPLETED) {
      return lacking;
    }
    Attributes performed =
        workitem.getNestedDataset(Tag.UnifiedProcedureStepPerformedProcedureSequence);
    if (performed == null) {
      return List.of(
          ElementDictionary.keywordOf(Tag.UnifiedProcedureStepPerformedProcedureSequence));
    }
    for (int tag : OF_PERFORMED) {
      if (!performed.containsValue(tag)) {
        lacking.add(ElementDictionary.keywordOf(tag));
      }
    }
    if (!performed.contains(Tag.OutputInformationSequence)) {
      lacking.add(ElementDictionary.keywordOf(Tag.OutputInformationSequence));
    }
    return lacking;
  }

  private static VigilException wrong(int tag, String problem) {
    return new VigilException(
        ErrorCode.IMAGING_0073,
        Map.of("attribute", ElementDictionary.keywordOf(tag), "problem", problem));
  }
}
