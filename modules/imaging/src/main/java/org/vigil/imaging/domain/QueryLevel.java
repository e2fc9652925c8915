package org.vigil.imaging.domain;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Levels of the Patient Root and Study Root models (PS3.4 §C.6), the most general first. */
public enum QueryLevel {
  PATIENT(
      Tag.PatientID,
      Tag.PatientName,
      Tag.IssuerOfPatientID,
      Tag.PatientBirthDate,
      Tag.PatientSex,
      Tag.NumberOfPatientRelatedStudies),
  STUDY(
      Tag.StudyInstanceUID,
      Tag.StudyDate,
      Tag.StudyTime,
      Tag.AccessionNumber,
      Tag.StudyID,
      Tag.StudyDescription,
      Tag.ModalitiesInStudy,
      Tag.ReferringPhysicianName,
      Tag.NumberOfStudyRelatedSeries,
      Tag.NumberOfStudyRelatedInstances,
      Tag.InstanceAvailability),
  SERIES(
      Tag.SeriesInstanceUID,
      Tag.Modality,
      Tag.SeriesNumber,
      Tag.SeriesDescription,
      Tag.NumberOfSeriesRelatedInstances,
      Tag.InstanceAvailability),
  IMAGE(
      Tag.SOPInstanceUID,
      Tag.SOPClassUID,
      Tag.InstanceNumber,
      Tag.Rows,
      Tag.Columns,
      Tag.NumberOfFrames,
      Tag.InstanceAvailability);

  private final int uniqueKey;
  private final Set<Integer> keys;

  QueryLevel(Integer uniqueKey, Integer... others) {
    this.uniqueKey = uniqueKey;
    this.keys =
        Stream.concat(Stream.of(uniqueKey), Arrays.stream(others))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The attribute that tells one thing of this level from another. */
  public int uniqueKey() {
    return uniqueKey;
  }

  /**
   * The level of an identifier.
   *
   * @param patientRoot whether the model has patients
   * @throws VigilException IMAGING-0094 where it has none, or one that the model does not know
   */
  public static QueryLevel of(Attributes identifier, boolean patientRoot) {
    String name = identifier.getString(Tag.QueryRetrieveLevel, "").strip();
    return Arrays.stream(values())
        .filter(level -> level.name().equals(name) && (patientRoot || level != PATIENT))
        .findFirst()
        .orElseThrow(() -> mismatch("query/retrieve level"));
  }

  /** An identifier that asks for nothing of its model. */
  public static VigilException mismatch(String attribute) {
    return new VigilException(ErrorCode.IMAGING_0094, Map.of("attribute", attribute));
  }

  /** Whether a key is one of this level itself. */
  public boolean owns(int tag) {
    return keys.contains(tag);
  }

  /** Whether a key is one of this level, or of those above it. */
  public boolean knows(int tag) {
    return Arrays.stream(values())
        .limit(ordinal() + 1L)
        .anyMatch(level -> level.keys.contains(tag));
  }
}
