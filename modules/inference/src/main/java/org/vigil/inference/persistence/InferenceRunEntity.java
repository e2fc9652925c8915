package org.vigil.inference.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.vigil.analysis.api.AnalysisJobs.ClaimedJob;
import org.vigil.inference.engine.Prediction;
import org.vigil.kernel.ErrorCode;

/** One attempt to run a model: {@code inference_run}. */
@Entity
@Table(name = "inference_run")
public class InferenceRunEntity {
  @Id private UUID id;

  @Column(name = "analysis_id", nullable = false)
  private UUID analysisId;

  @Column(nullable = false)
  private int attempt;

  @Column(name = "model_id", nullable = false)
  private String modelId;

  @Column(name = "model_version", nullable = false)
  private String modelVersion;

  @Column(name = "model_sha256")
  private String modelSha256;

  @Column(name = "image_uid", nullable = false)
  private String imageUid;

  @Column(name = "frame_number", nullable = false)
  private int frameNumber;

  @Column(name = "started_at", nullable = false)
  private Instant startedAt;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  private Outcome outcome;

  @Column(name = "error_code")
  private String errorCode;

  @Column(name = "input_sha256")
  private String inputSha256;

  @ColumnTransformer(write = "cast(? as jsonb)")
  private String output;

  @Column(name = "preprocess_ms")
  private Double preprocessMillis;

  @Column(name = "inference_ms")
  private Double inferenceMillis;

  @Column(name = "postprocess_ms")
  private Double postprocessMillis;

  @Column(name = "runtime_version", nullable = false)
  private String runtimeVersion;

  @Column(nullable = false)
  private String host;

  /** How an attempt ended. */
  public enum Outcome {
    COMPLETED,
    FAILED
  }

  protected InferenceRunEntity() {}

  public InferenceRunEntity(ClaimedJob job, Instant startedAt, String runtimeVersion, String host) {
    this.id = UUID.randomUUID();
    this.analysisId = job.analysisId();
    this.attempt = job.attempt();
    this.modelId = job.modelId();
    this.modelVersion = job.modelVersion();
    this.imageUid = job.image().value();
    this.frameNumber = job.frameNumber();
    this.startedAt = startedAt;
    this.runtimeVersion = runtimeVersion;
    this.host = host;
  }

  /**
   * The model answered.
   *
   * @param outputJson probabilities by label
   */
  public void completed(String sha256, Prediction prediction, String outputJson) {
    this.outcome = Outcome.COMPLETED;
    this.modelSha256 = sha256;
    this.inputSha256 = prediction.inputSha256();
    this.output = outputJson;
    this.preprocessMillis = prediction.preprocessMillis();
    this.inferenceMillis = prediction.inferenceMillis();
    this.postprocessMillis = prediction.postprocessMillis();
  }

  public void failed(ErrorCode code) {
    this.outcome = Outcome.FAILED;
    this.errorCode = code.id();
  }
}
