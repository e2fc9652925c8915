package org.vigil.imaging.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * An entry of the modality worklist (PS3.4 table K.6-1). Orders name no station: any station may do
 * any procedure, and each sees itself as the scheduled one.
 */
public record WorklistItem(
    String studyInstanceUid,
    String procedureStepId,
    boolean started,
    String accessionNumber,
    String placerOrderNumber,
    String fillerOrderNumber,
    String patientId,
    String issuerOfPatientId,
    String patientName,
    LocalDate patientBirthDate,
    String patientSex,
    String procedureCode,
    String procedureText,
    String modality,
    String priority,
    String referringPhysician,
    String reason,
    Instant scheduledAt) {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final int SHORT_STRING = 16;
  private static final int LONG_STRING = 64;

  /**
   * All that is known, in the hospital's local time.
   *
   * @param station AE title of who asks
   */
  public Attributes toAttributes(ZoneId zone, String station) {
    Attributes item = new Attributes();
    item.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    put(item, Tag.AccessionNumber, VR.SH, cut(accessionNumber, SHORT_STRING));
    put(item, Tag.ReferringPhysicianName, VR.PN, referringPhysician);
    put(item, Tag.PatientName, VR.PN, patientName);
    put(item, Tag.PatientID, VR.LO, patientId);
    put(item, Tag.IssuerOfPatientID, VR.LO, issuerOfPatientId);
    put(
        item,
        Tag.PatientBirthDate,
        VR.DA,
        patientBirthDate == null ? null : DATE.format(patientBirthDate));
    put(item, Tag.PatientSex, VR.CS, patientSex);
    put(item, Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
    put(item, Tag.RequestedProcedureDescription, VR.LO, cut(procedureText, LONG_STRING));
    put(item, Tag.RequestedProcedureID, VR.SH, procedureStepId);
    put(item, Tag.RequestedProcedurePriority, VR.SH, dicomPriority());
    put(item, Tag.ReasonForTheRequestedProcedure, VR.LO, cut(reason, LONG_STRING));
    put(
        item,
        Tag.PlacerOrderNumberImagingServiceRequest,
        VR.LO,
        cut(placerOrderNumber, LONG_STRING));
    put(
        item,
        Tag.FillerOrderNumberImagingServiceRequest,
        VR.LO,
        cut(fillerOrderNumber, LONG_STRING));
    if (procedureCode != null && procedureCode.length() <= SHORT_STRING) {
      Attributes code = new Attributes();
      code.setString(Tag.CodeValue, VR.SH, procedureCode);
      // The order's own code, as the RIS numbers procedures (PS3.16 §8.2, private scheme).
      code.setString(Tag.CodingSchemeDesignator, VR.SH, "99RIS");
      put(code, Tag.CodeMeaning, VR.LO, cut(procedureText, LONG_STRING));
      item.newSequence(Tag.RequestedProcedureCodeSequence, 1).add(code);
    }
    item.newSequence(Tag.ScheduledProcedureStepSequence, 1).add(step(zone, station));
    return item;
  }

  private Attributes step(ZoneId zone, String station) {
    ZonedDateTime at = scheduledAt.atZone(zone);
    Attributes step = new Attributes();
    put(step, Tag.Modality, VR.CS, modality);
    put(step, Tag.ScheduledStationAETitle, VR.AE, station);
    put(step, Tag.ScheduledProcedureStepStartDate, VR.DA, DATE.format(at));
    put(step, Tag.ScheduledProcedureStepStartTime, VR.TM, TIME.format(at));
    put(step, Tag.ScheduledProcedureStepDescription, VR.LO, cut(procedureText, LONG_STRING));
    put(step, Tag.ScheduledProcedureStepID, VR.SH, procedureStepId);
    put(step, Tag.ScheduledProcedureStepStatus, VR.CS, started ? "STARTED" : "SCHEDULED");
    return step;
  }

  private String dicomPriority() {
    return switch (priority) {
      case "STAT" -> "STAT";
      case "URGENT" -> "HIGH";
      default -> "ROUTINE";
    };
  }

  private static void put(Attributes item, int tag, VR vr, String value) {
    if (value != null && !value.isBlank()) {
      item.setString(tag, vr, value.replace('\\', ' '));
    }
  }

  private static String cut(String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most);
  }
}
