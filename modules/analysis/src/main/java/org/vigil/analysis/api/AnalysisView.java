package org.vigil.analysis.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.vigil.imaging.api.ResultContent;
import org.vigil.kernel.Code;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/**
 * One run of one model version on one image.
 *
 * @param order the order matched, or null
 * @param errorMessage why it failed, without patient data, or null
 * @param heatMap null when there is none or it was not asked for
 */
public record AnalysisView(
    UUID id,
    StudyInstanceUid study,
    SopInstanceUid image,
    int frameNumber,
    String modality,
    Status status,
    Priority priority,
    UUID order,
    Instant requestedAt,
    Instant startedAt,
    Instant completedAt,
    String modelId,
    String modelName,
    String modelVersion,
    String modelUid,
    String modelSha256,
    String intendedUse,
    boolean notForClinicalUse,
    String errorCode,
    String errorMessage,
    List<FindingView> findings,
    ResultContent.HeatMap heatMap) {

  /** Where an analysis stands. */
  public enum Status {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED,
    CANCELLED
  }

  /** One label the model looked for. */
  public record FindingView(
      UUID id,
      String findingType,
      Code code,
      String trackingUid,
      Severity severity,
      double confidence,
      double operatingPoint,
      boolean positive,
      ResultContent.Box box,
      String description,
      String feedback,
      String comments) {}
}
