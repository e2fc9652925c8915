package org.vigil.imaging.result;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.domain.DicomTimes;

/**
 * The image that a result is about, as far as result objects repeat it.
 *
 * @param header its data set without pixel data
 * @param zone the hospital's time zone, in which result objects state their times
 */
record SourceImage(Attributes header, ZoneId zone) {
  /** Patient module and patient study module (PS3.3 §C.7.1.1, §C.7.2.2). */
  private static final int[] PATIENT = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.IssuerOfPatientID,
    Tag.IssuerOfPatientIDQualifiersSequence,
    Tag.TypeOfPatientID,
    Tag.PatientBirthDate,
    Tag.PatientBirthTime,
    Tag.PatientSex,
    Tag.OtherPatientIDsSequence,
    Tag.PatientAge,
    Tag.PatientSize,
    Tag.PatientWeight,
    Tag.PatientIdentityRemoved,
    Tag.DeidentificationMethod,
    Tag.DeidentificationMethodCodeSequence,
    Tag.LongitudinalTemporalInformationModified
  };

  /** General study module (PS3.3 §C.7.2.1). */
  private static final int[] STUDY = {
    Tag.StudyInstanceUID,
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.IssuerOfAccessionNumberSequence,
    Tag.ReferringPhysicianName,
    Tag.StudyID,
    Tag.StudyDescription,
    Tag.ProcedureCodeSequence
  };

  /** These must be present though they may be empty. */
  private static final int[] TYPE_2 = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.PatientBirthDate,
    Tag.PatientSex,
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.ReferringPhysicianName,
    Tag.StudyID
  };

  private static final VR[] TYPE_2_VR = {
    VR.PN, VR.LO, VR.DA, VR.CS, VR.DA, VR.TM, VR.SH, VR.PN, VR.SH
  };

  /** A data set that begins with the image's patient and study, in its character set. */
  Attributes newObject() {
    Attributes object = new Attributes(128);
    object.addSelected(
        header, Tag.SpecificCharacterSet, Tag.TimezoneOffsetFromUTC, Tag.InstitutionName);
    object.addSelected(header, PATIENT);
    object.addSelected(header, STUDY);
    for (int i = 0; i < TYPE_2.length; i++) {
      if (!object.contains(TYPE_2[i])) {
        object.setNull(TYPE_2[i], TYPE_2_VR[i]);
      }
    }
    return object;
  }

  /** A reference to the image (PS3.3 table 10-11). */
  Attributes reference() {
    Attributes reference = new Attributes(4);
    reference.setString(Tag.ReferencedSOPClassUID, VR.UI, header.getString(Tag.SOPClassUID));
    reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, header.getString(Tag.SOPInstanceUID));
    return reference;
  }

  String studyInstanceUid() {
    return header.getString(Tag.StudyInstanceUID);
  }

  String seriesInstanceUid() {
    return header.getString(Tag.SeriesInstanceUID);
  }

  String sopInstanceUid() {
    return header.getString(Tag.SOPInstanceUID);
  }

  String modality() {
    return header.getString(Tag.Modality, "OT");
  }

  int numberOfFrames() {
    return Math.max(1, header.getInt(Tag.NumberOfFrames, 1));
  }

  /** Directions of rows and columns, e.g. L and F; empty where the image does not say. */
  String[] patientOrientation() {
    return header.getStrings(Tag.PatientOrientation);
  }

  boolean isChest() {
    return "CHEST".equalsIgnoreCase(header.getString(Tag.BodyPartExamined, ""));
  }

  boolean isRadiograph() {
    return modality().equals("DX") || modality().equals("CR");
  }

  LocalDate studyDate() {
    return DicomTimes.date(header.getString(Tag.StudyDate));
  }

  LocalTime studyTime() {
    return DicomTimes.time(header.getString(Tag.StudyTime));
  }
}
