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
 * @param transferSyntaxUid as it was received and is given out, however it lies here
 * @param bytes length of what is given out
 * @param sha256 of the stored bytes, lower-case hex; changes when those do
 * @param availability (0008,0056)
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
    Instant receivedAt,
    Availability availability) {

  /** How soon an object can be had (PS3.3 §C.4.23.1.1); the slowest last. */
  public enum Availability {
    ONLINE,
    /** In the cold tier. */
    NEARLINE,
    /** No longer kept here: a PACS has it. */
    OFFLINE
  }

  /** Who made an object. */
  public enum Origin {
    ACQUIRED,
    VIGIL
  }
}
