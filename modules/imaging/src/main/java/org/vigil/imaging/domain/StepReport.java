package org.vigil.imaging.domain;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;

/**
 * What a modality says of a procedure step in N-CREATE or N-SET (PS3.4 table F.7.2-1); null where
 * it does not say.
 *
 * @param instances SOP instance UIDs of all it has made in the series it names
 */
public record StepReport(
    Status status,
    String studyInstanceUid,
    String accessionNumber,
    String procedureStepId,
    String patientId,
    String modality,
    Set<String> instances) {

  /** (0040,0220) Referenced Non-Image Composite SOP Instance Sequence. */
  private static final int REFERENCED_NON_IMAGE_SEQUENCE = 0x00400220;

  /** (0040,0252). */
  public enum Status {
    IN_PROGRESS,
    COMPLETED,
    DISCONTINUED
  }

  /** Reads a data set; a status that is none is null. */
  public static StepReport of(Attributes dataset) {
    Attributes scheduled = dataset.getNestedDataset(Tag.ScheduledStepAttributesSequence);
    Set<String> instances = new TreeSet<>();
    for (Attributes series : items(dataset, Tag.PerformedSeriesSequence)) {
      for (int tag : new int[] {Tag.ReferencedImageSequence, REFERENCED_NON_IMAGE_SEQUENCE}) {
        for (Attributes reference : items(series, tag)) {
          String uid = text(reference, Tag.ReferencedSOPInstanceUID);
          if (uid != null && uid.matches("[0-9.]{1,64}")) {
            instances.add(uid);
          }
        }
      }
    }
    return new StepReport(
        status(dataset.getString(Tag.PerformedProcedureStepStatus)),
        scheduled == null ? null : text(scheduled, Tag.StudyInstanceUID),
        scheduled == null ? null : text(scheduled, Tag.AccessionNumber),
        scheduled == null ? null : text(scheduled, Tag.ScheduledProcedureStepID),
        text(dataset, Tag.PatientID),
        text(dataset, Tag.Modality),
        instances);
  }

  private static Status status(String text) {
    if (text == null) {
      return null;
    }
    return switch (text.strip()) {
      case "IN PROGRESS" -> Status.IN_PROGRESS;
      case "COMPLETED" -> Status.COMPLETED;
      case "DISCONTINUED" -> Status.DISCONTINUED;
      default -> null;
    };
  }

  private static List<Attributes> items(Attributes dataset, int tag) {
    Sequence sequence = dataset.getSequence(tag);
    return sequence == null ? List.of() : List.copyOf(sequence);
  }

  private static String text(Attributes dataset, int tag) {
    String value = dataset.getString(tag);
    return value == null || value.isBlank() ? null : value.replace("\0", "").strip();
  }
}
