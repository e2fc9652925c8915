package org.vigil.analysis.api;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.imaging.api.ResultContent;
import org.vigil.kernel.Code;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/** What inference does with a job of the current tenant. */
public interface AnalysisJobs {
  /**
   * Takes a job in a short transaction of its own. A job already processing is given again: its
   * former consumer died, or its message would not have come back.
   *
   * @return the job; empty when it is completed, failed or cancelled, or is cancelled now because
   *     the hospital switched detection off or the patient opted out while it waited: the message
   *     can be acknowledged
   * @throws org.vigil.kernel.VigilException ANALYSIS-0001 when the row is not visible (yet); the
   *     caller lets the message be redelivered
   */
  Optional<ClaimedJob> claim(UUID analysisId);

  /**
   * Records the result in the caller's transaction: findings, severity by the tenant's policy,
   * worklist, audit, {@link AnalysisCompleted}. A second call for a completed job changes nothing.
   */
  void complete(UUID analysisId, Result result);

  /** Records that the model could not be run, in the caller's transaction. */
  void fail(UUID analysisId, ErrorCode code, String explanation);

  /** A job in hand. */
  record ClaimedJob(
      UUID analysisId,
      StudyInstanceUid study,
      SopInstanceUid image,
      int frameNumber,
      String modelId,
      String modelVersion,
      int attempt) {}

  /**
   * What the model said.
   *
   * @param modelSha256 of the model file that ran
   * @param inferenceMillis time inside the model
   */
  record Result(
      String modelName,
      String modelUid,
      String modelSha256,
      String intendedUse,
      boolean notForClinicalUse,
      List<Label> labels,
      ResultContent.HeatMap heatMap,
      double inferenceMillis) {}

  /**
   * One label of the model's output.
   *
   * @param probability 0 to 1
   * @param severity what a positive means by the manifest, before the tenant's policy
   * @param box in image pixels, or null
   */
  record Label(
      String name,
      Code code,
      double probability,
      double operatingPoint,
      Severity severity,
      ResultContent.Box box) {
    public boolean positive() {
      return probability >= operatingPoint;
    }
  }
}
