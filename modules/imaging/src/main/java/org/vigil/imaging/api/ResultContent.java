package org.vigil.imaging.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.vigil.kernel.Code;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/**
 * What a result object says: one analysis of one image by one model version.
 *
 * @param image the image analysed
 * @param modelUid UID that names this model version as an observer
 * @param findings every label the model looked for, positive or not
 * @param heatMap or null
 */
public record ResultContent(
    UUID analysisId,
    StudyInstanceUid study,
    SopInstanceUid image,
    int frameNumber,
    String modelId,
    String modelName,
    String modelVersion,
    String modelUid,
    boolean notForClinicalUse,
    Instant completedAt,
    List<Finding> findings,
    HeatMap heatMap) {

  /**
   * One label.
   *
   * @param trackingUid stable UID of this finding
   * @param confidence 0 to 1
   * @param box in pixels of the image, or null
   */
  public record Finding(
      UUID id,
      String trackingUid,
      Code code,
      String label,
      boolean positive,
      double confidence,
      double operatingPoint,
      Severity severity,
      Box box) {}

  /** A rectangle in pixels, origin at the top left corner of the top left pixel. */
  public record Box(double x, double y, double width, double height) {}

  /**
   * A heat map that covers the whole image.
   *
   * @param values rows × columns, row-major, 0 to 255 for 0 to 1
   */
  public record HeatMap(int rows, int columns, byte[] values) {}
}
