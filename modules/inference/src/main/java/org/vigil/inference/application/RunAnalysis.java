package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.analysis.api.AnalysisJobs.ClaimedJob;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.engine.Prediction;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Runs one job: claims it, infers, records the result in the caller's transaction, which also
 * acknowledges the message. Between claim and result no database connection is held.
 */
@ApplicationScoped
public class RunAnalysis {
  private static final Logger LOG = LoggerFactory.getLogger(RunAnalysis.class);

  /** What may go away by itself; anything else a model or image says no to is final. */
  private static final Set<ErrorCode> TRANSIENT =
      EnumSet.of(
          ErrorCode.KERNEL_0001,
          ErrorCode.KERNEL_0006,
          ErrorCode.IMAGING_0006,
          ErrorCode.INFERENCE_0003,
          ErrorCode.INFERENCE_0006);

  private final AnalysisJobs jobs;
  private final ModelRegistry models;
  private final ImageSource images;
  private final ServerEngine engine;
  private final RunLog log;
  private final FailureRecord failures;

  @Inject
  public RunAnalysis(
      AnalysisJobs jobs,
      ModelRegistry models,
      ImageSource images,
      ServerEngine engine,
      RunLog log,
      FailureRecord failures) {
    this.jobs = jobs;
    this.models = models;
    this.images = images;
    this.engine = engine;
    this.log = log;
    this.failures = failures;
  }

  /** For the container's proxy. */
  protected RunAnalysis() {
    this(null, null, null, null, null, null);
  }

  /**
   * Runs a job of the current tenant. Returns when the message is to be acknowledged: result or
   * final failure recorded, or nothing to do.
   *
   * @param lastAttempt whether the message will not come again, so that any failure is final
   * @throws RuntimeException when the message should come again
   */
  @Transactional(TxType.MANDATORY)
  public void run(UUID analysisId, boolean lastAttempt) {
    Optional<ClaimedJob> claimed = jobs.claim(analysisId);
    if (claimed.isEmpty()) {
      LOG.debug("Analysis {} has nothing left to run", analysisId);
      return;
    }
    ClaimedJob job = claimed.get();
    Instant started = Instant.now();
    ModelPackage model;
    Prediction prediction;
    try {
      model = models.require(job.modelId(), job.modelVersion());
      ImageFrame frame = images.decode(job.image(), job.frameNumber());
      prediction = engine.run(model, frame);
    } catch (RuntimeException e) {
      ErrorCode code = e instanceof VigilException v ? v.code() : ErrorCode.INFERENCE_0003;
      log.failed(job, started, code);
      if (isTransient(e) && !lastAttempt) {
        throw e;
      }
      LOG.warn("Analysis {} failed for good", analysisId, e);
      jobs.fail(analysisId, code, explanation(code, e));
      return;
    }
    record(job, started, model, prediction, lastAttempt);
  }

  private void record(
      ClaimedJob job,
      Instant started,
      ModelPackage model,
      Prediction prediction,
      boolean lastAttempt) {
    try {
      jobs.complete(job.analysisId(), result(model, prediction));
      log.completed(job, started, model, prediction);
    } catch (RuntimeException e) {
      if (lastAttempt) {
        // The caller's transaction is lost, and its message goes to the dead letters: the reader
        // must still see that the AI did not run.
        failures.fail(
            job.analysisId(),
            ErrorCode.KERNEL_0001,
            "The result could not be recorded; see the server's log.");
      }
      throw e;
    }
  }

  private static boolean isTransient(RuntimeException e) {
    return !(e instanceof VigilException v) || TRANSIENT.contains(v.code());
  }

  /** Codes and figures only: details of a {@link VigilException} hold no patient data. */
  private static String explanation(ErrorCode code, RuntimeException e) {
    String details =
        e instanceof VigilException v
            ? new TreeMap<>(v.details())
                .entrySet().stream()
                    .map(d -> d.getKey() + " " + d.getValue())
                    .collect(Collectors.joining(", "))
            : "";
    return details.isEmpty() ? code.text() : code.text() + " (" + details + ")";
  }

  private static AnalysisJobs.Result result(ModelPackage model, Prediction prediction) {
    ModelManifest manifest = model.manifest();
    List<AnalysisJobs.Label> labels =
        prediction.scores().stream()
            .filter(s -> s.label().finding())
            .map(
                s ->
                    new AnalysisJobs.Label(
                        s.label().name(),
                        s.label().code(),
                        s.probability(),
                        s.label().operatingPoint(),
                        s.label().severity(),
                        s.box()))
            .toList();
    return new AnalysisJobs.Result(
        manifest.name(),
        model.uid(),
        model.modelSha256(),
        manifest.intendedUse(),
        manifest.notForClinicalUse(),
        labels,
        prediction.heatMap(),
        prediction.inferenceMillis());
  }
}
