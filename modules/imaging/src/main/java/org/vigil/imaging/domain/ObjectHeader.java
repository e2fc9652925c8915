package org.vigil.imaging.domain;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Map;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/**
 * What Vigil reads out of an object when it arrives: identity strictly, everything else leniently.
 * Texts are null where the object left them out; numbers of the image are 0 without pixel data.
 *
 * @param modality (0008,0060), upper case
 * @param bodyPart (0018,0015), upper case
 */
public record ObjectHeader(
    StudyInstanceUid study,
    SeriesInstanceUid series,
    SopInstanceUid instance,
    String sopClassUid,
    String patientId,
    String issuerOfPatientId,
    String patientName,
    LocalDate patientBirthDate,
    String patientSex,
    String patientAge,
    String accessionNumber,
    String issuerOfAccessionNumber,
    String studyId,
    LocalDate studyDate,
    LocalTime studyTime,
    String studyDescription,
    String referringPhysicianName,
    String modality,
    Integer seriesNumber,
    String seriesDescription,
    String bodyPart,
    String viewPosition,
    Integer instanceNumber,
    int rows,
    int columns,
    int numberOfFrames,
    int bitsStored,
    String photometricInterpretation,
    boolean hasPixelData) {

  /**
   * Reads a header.
   *
   * @param object the data set, whose pixel data may have been left where it lies
   * @throws VigilException IMAGING-0002 naming the attribute that is missing, KERNEL-0002 naming
   *     the one that is no UID
   */
  public static ObjectHeader of(Attributes object) {
    boolean pixels =
        object.contains(Tag.PixelData)
            || object.contains(Tag.FloatPixelData)
            || object.contains(Tag.DoubleFloatPixelData);
    return new ObjectHeader(
        StudyInstanceUid.of(uid(object, Tag.StudyInstanceUID)),
        SeriesInstanceUid.of(uid(object, Tag.SeriesInstanceUID)),
        SopInstanceUid.of(uid(object, Tag.SOPInstanceUID)),
        uid(object, Tag.SOPClassUID),
        text(object, Tag.PatientID),
        text(object, Tag.IssuerOfPatientID),
        text(object, Tag.PatientName),
        DicomTimes.date(object.getString(Tag.PatientBirthDate)),
        text(object, Tag.PatientSex),
        text(object, Tag.PatientAge),
        text(object, Tag.AccessionNumber),
        issuerOfAccessionNumber(object),
        text(object, Tag.StudyID),
        DicomTimes.date(object.getString(Tag.StudyDate)),
        DicomTimes.time(object.getString(Tag.StudyTime)),
        text(object, Tag.StudyDescription),
        text(object, Tag.ReferringPhysicianName),
        upper(text(object, Tag.Modality)),
        integer(object, Tag.SeriesNumber),
        text(object, Tag.SeriesDescription),
        upper(text(object, Tag.BodyPartExamined)),
        upper(text(object, Tag.ViewPosition)),
        integer(object, Tag.InstanceNumber),
        pixels ? object.getInt(Tag.Rows, 0) : 0,
        pixels ? object.getInt(Tag.Columns, 0) : 0,
        pixels ? Math.max(1, object.getInt(Tag.NumberOfFrames, 1)) : 0,
        pixels ? object.getInt(Tag.BitsStored, 0) : 0,
        pixels ? text(object, Tag.PhotometricInterpretation) : null,
        pixels);
  }

  private static String uid(Attributes object, int tag) {
    String value = text(object, tag);
    if (value == null) {
      throw new VigilException(
          ErrorCode.IMAGING_0002, Map.of("attribute", DicomNames.attribute(tag)));
    }
    try {
      return SopInstanceUid.of(value).value();
    } catch (VigilException e) {
      throw new VigilException(
          ErrorCode.KERNEL_0002, Map.of("attribute", DicomNames.attribute(tag)), e);
    }
  }

  private static String issuerOfAccessionNumber(Attributes object) {
    Attributes issuer = object.getNestedDataset(Tag.IssuerOfAccessionNumberSequence);
    if (issuer == null) {
      return null;
    }
    String local = text(issuer, Tag.LocalNamespaceEntityID);
    return local != null ? local : text(issuer, Tag.UniversalEntityID);
  }

  /** The first value, without surrounding spaces; NUL, which PostgreSQL refuses, is taken out. */
  private static String text(Attributes object, int tag) {
    String value = object.getString(tag);
    if (value == null) {
      return null;
    }
    String clean = value.replace("\0", "").strip();
    return clean.isEmpty() ? null : clean;
  }

  private static String upper(String value) {
    return value == null ? null : value.toUpperCase(Locale.ROOT);
  }

  private static Integer integer(Attributes object, int tag) {
    String value = text(object, tag);
    if (value == null) {
      return null;
    }
    try {
      return Integer.valueOf(value);
    } catch (NumberFormatException e) {
      // Series and instance numbers only order lists; an object is not refused for one.
      return null;
    }
  }
}
