package org.vigil.imaging.house;

import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/** Unified procedure steps as a peer writes them. */
final class Steps {
  private Steps() {}

  /** One that may be created. */
  static Attributes scheduled(String patientId, String start) {
    Attributes step = new Attributes();
    step.setString(Tag.ProcedureStepState, VR.CS, "SCHEDULED");
    step.setString(Tag.ScheduledProcedureStepPriority, VR.CS, "MEDIUM");
    step.setString(Tag.ProcedureStepLabel, VR.LO, "Segment the lungs");
    step.setString(Tag.WorklistLabel, VR.LO, "Post-processing");
    step.setString(Tag.ScheduledProcedureStepStartDateTime, VR.DT, start);
    step.setString(Tag.InputReadinessState, VR.CS, "READY");
    step.setString(Tag.PatientID, VR.LO, patientId);
    step.setString(Tag.PatientName, VR.PN, "Invented^Ida");
    step.newSequence(Tag.ScheduledWorkitemCodeSequence, 1).add(code("110004", "Image Processing"));
    return step;
  }

  /** What its performer says before it is completed. */
  static Attributes performed() {
    Attributes item = new Attributes();
    item.newSequence(Tag.PerformedStationNameCodeSequence, 1).add(code("ST1", "Station 1"));
    item.newSequence(Tag.PerformedWorkitemCodeSequence, 1).add(code("110004", "Image Processing"));
    item.setString(Tag.PerformedProcedureStepStartDateTime, VR.DT, "20261122120000");
    item.setString(Tag.PerformedProcedureStepEndDateTime, VR.DT, "20261122120500");
    item.newSequence(Tag.OutputInformationSequence, 0);
    Attributes changes = new Attributes();
    changes.newSequence(Tag.UnifiedProcedureStepPerformedProcedureSequence, 1).add(item);
    return changes;
  }

  private static Attributes code(String value, String meaning) {
    Attributes code = new Attributes();
    code.setString(Tag.CodeValue, VR.SH, value);
    code.setString(Tag.CodingSchemeDesignator, VR.SH, "DCM");
    code.setString(Tag.CodeMeaning, VR.LO, meaning);
    return code;
  }
}
