package org.vigil.analysis.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.AnalysisView.Status;
import org.vigil.analysis.api.ModelCatalog;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/**
 * One run of one model version on one image of one version of a study.
 *
 * <p>It is requested (pending), claimed by inference (processing; claimed again when its consumer
 * died), and ends completed, with one finding for every label the model looks for, or failed.
 * Pending, it can be cancelled. What has ended never changes.
 */
@Entity
@Table(name = "image_analysis")
public class ImageAnalysis {
  /** The serial of the run that the completion of a study starts; a person's requests follow. */
  public static final int FIRST_REQUEST = 1;

  @Id private UUID id;

  @Version
  @Column(name = "row_version")
  private int rowVersion;

  @Column(name = "study_instance_uid")
  private String studyInstanceUid;

  @Column(name = "study_version")
  private int studyVersion;

  @Column(name = "request_serial")
  private int requestSerial;

  @Column(name = "sop_instance_uid")
  private String sopInstanceUid;

  @Column(name = "frame_number")
  private int frameNumber;

  private String modality;

  @Enumerated(EnumType.STRING)
  private Status status;

  @Enumerated(EnumType.STRING)
  private Priority priority;

  @Column(name = "requested_by")
  private String requestedBy;

  @Column(name = "requested_at")
  private Instant requestedAt;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "completed_at")
  private Instant completedAt;

  private int attempts;

  @Column(name = "model_id")
  private String modelId;

  @Column(name = "model_version")
  private String modelVersion;

  @Column(name = "model_name")
  private String modelName;

  @Column(name = "model_uid")
  private String modelUid;

  @Column(name = "model_sha256")
  private String modelSha256;

  @Column(name = "intended_use")
  private String intendedUse;

  @Column(name = "not_for_clinical_use")
  private boolean notForClinicalUse;

  @Column(name = "inference_millis")
  private Double inferenceMillis;

  @Column(name = "error_code")
  private String errorCode;

  @Column(name = "error_message")
  private String errorMessage;

  @OneToMany(mappedBy = "analysis")
  @OrderBy("rank")
  private List<AnalysisFinding> findings = new ArrayList<>();

  protected ImageAnalysis() {}

  /** A job for a model that fits. */
  public static ImageAnalysis request(
      StudyInstanceUid study,
      int studyVersion,
      int requestSerial,
      ModelCatalog.ModelFit fit,
      Priority priority,
      String requestedBy,
      Instant now) {
    ImageAnalysis analysis = new ImageAnalysis();
    analysis.id = UUID.randomUUID();
    analysis.studyInstanceUid = study.value();
    analysis.studyVersion = studyVersion;
    analysis.requestSerial = requestSerial;
    analysis.sopInstanceUid = fit.image().sopInstanceUid().value();
    analysis.frameNumber = 1;
    analysis.modality = fit.image().modality();
    analysis.status = Status.PENDING;
    analysis.priority = priority;
    analysis.requestedBy = requestedBy;
    analysis.requestedAt = now;
    analysis.modelId = fit.modelId();
    analysis.modelVersion = fit.modelVersion();
    analysis.modelName = fit.modelName();
    return analysis;
  }

  /**
   * Takes it in hand.
   *
   * @return false when there is nothing left to do
   */
  public boolean claim(Instant now) {
    if (ended()) {
      return false;
    }
    status = Status.PROCESSING;
    startedAt = now;
    attempts++;
    return true;
  }

  /**
   * Records what the model said; its findings are to be stored with it.
   *
   * @throws VigilException ANALYSIS-0003 unless processing
   */
  public void complete(AnalysisJobs.Result result, SeverityPolicy policy, Instant now) {
    must(Status.PROCESSING);
    status = Status.COMPLETED;
    completedAt = now;
    modelName = result.modelName();
    modelUid = result.modelUid();
    modelSha256 = result.modelSha256();
    intendedUse = result.intendedUse();
    notForClinicalUse = result.notForClinicalUse();
    inferenceMillis = result.inferenceMillis();
    List<AnalysisFinding> found = new ArrayList<>();
    for (AnalysisJobs.Label label : result.labels()) {
      Severity severity =
          policy.severity(label.name(), label.positive(), label.probability(), label.severity());
      found.add(new AnalysisFinding(this, label, severity));
    }
    found.sort(AnalysisFinding.WORST_FIRST);
    for (AnalysisFinding finding : found) {
      finding.rank(findings.size() + 1);
      findings.add(finding);
    }
  }

  /**
   * Records why there is no result.
   *
   * @throws VigilException ANALYSIS-0003 unless processing
   */
  public void fail(ErrorCode code, String explanation, Instant now) {
    must(Status.PROCESSING);
    status = Status.FAILED;
    completedAt = now;
    errorCode = code.id();
    errorMessage = explanation == null ? code.text() : explanation;
  }

  /**
   * Cancels.
   *
   * @throws VigilException ANALYSIS-0003 unless pending
   */
  public void cancel(Instant now) {
    must(Status.PENDING);
    status = Status.CANCELLED;
    completedAt = now;
  }

  /**
   * Ends a run that must not take place, with the reason.
   *
   * @throws VigilException ANALYSIS-0003 when it has ended
   */
  public void withhold(ErrorCode code, String explanation, Instant now) {
    if (ended()) {
      must(Status.PENDING);
    }
    status = Status.CANCELLED;
    completedAt = now;
    errorCode = code.id();
    errorMessage = explanation;
  }

  /**
   * Raises a waiting job.
   *
   * @return whether it waits and had a lower priority
   */
  public boolean raiseTo(Priority wanted) {
    if (status != Status.PENDING || priority.compareTo(wanted) <= 0) {
      return false;
    }
    priority = wanted;
    return true;
  }

  private void must(Status wanted) {
    if (status != wanted) {
      throw new VigilException(
          ErrorCode.ANALYSIS_0003, Map.of("status", status.name(), "needed", wanted.name()));
    }
  }

  public boolean ended() {
    return status != Status.PENDING && status != Status.PROCESSING;
  }

  /** The worst severity among positive findings; ROUTINE when none is positive. */
  public Severity severity() {
    return findings.stream()
        .filter(AnalysisFinding::positive)
        .map(AnalysisFinding::severity)
        .min(Severity::compareTo)
        .orElse(Severity.ROUTINE);
  }

  public UUID id() {
    return id;
  }

  public StudyInstanceUid study() {
    return StudyInstanceUid.of(studyInstanceUid);
  }

  public int studyVersion() {
    return studyVersion;
  }

  public int requestSerial() {
    return requestSerial;
  }

  public String image() {
    return sopInstanceUid;
  }

  public String modality() {
    return modality;
  }

  public int frameNumber() {
    return frameNumber;
  }

  public Status status() {
    return status;
  }

  public Priority priority() {
    return priority;
  }

  public String modelId() {
    return modelId;
  }

  public String modelVersion() {
    return modelVersion;
  }

  public List<AnalysisFinding> findings() {
    return findings;
  }

  public AnalysisJobs.ClaimedJob job() {
    return new AnalysisJobs.ClaimedJob(
        id,
        study(),
        SopInstanceUid.of(sopInstanceUid),
        frameNumber,
        modelId,
        modelVersion,
        attempts);
  }

  /**
   * As others see it.
   *
   * @param order the order its study is matched to, or null
   * @param heatMap or null
   * @param feedback the latest by finding
   */
  public AnalysisView view(
      UUID order,
      org.vigil.imaging.api.ResultContent.HeatMap heatMap,
      Map<UUID, Feedback> feedback) {
    return new AnalysisView(
        id,
        study(),
        SopInstanceUid.of(sopInstanceUid),
        frameNumber,
        modality,
        status,
        priority,
        order,
        requestedAt,
        startedAt,
        completedAt,
        modelId,
        modelName,
        modelVersion,
        modelUid,
        modelSha256,
        intendedUse,
        notForClinicalUse,
        errorCode,
        errorMessage,
        findings.stream().map(f -> f.view(feedback.get(f.id()))).toList(),
        heatMap);
  }
}
