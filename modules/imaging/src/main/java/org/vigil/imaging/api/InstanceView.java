package org.vigil.imaging.api;

import java.time.Instant;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/**
 * One stored object.
 *
 * @param origin whether a modality made it or Vigil
 * @param rows 0 when the object has no pixel data; likewise columns, numberOfFrames, bitsStored
 * @param viewPosition (0018,5101), or null
 * @param bodyPart (0018,0015) upper case, or null
 * @param sha256 of the stored bytes, lower-case hex
 */
public record InstanceView(
    StudyInstanceUid studyInstanceUid,
    SeriesInstanceUid seriesInstanceUid,
    SopInstanceUid sopInstanceUid,
    String sopClassUid,
    String transferSyntaxUid,
    String modality,
    String seriesDescription,
    Integer seriesNumber,
    Integer instanceNumber,
    Origin origin,
    int rows,
    int columns,
    int numberOfFrames,
    int bitsStored,
    String photometricInterpretation,
    String bodyPart,
    String viewPosition,
    String patientAge,
    boolean hasPixelData,
    long bytes,
    String sha256,
    Instant receivedAt) {

  /** Who made an object. */
  public enum Origin {
    ACQUIRED,
    VIGIL
  }
}
