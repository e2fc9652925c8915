package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisCompleted;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.analysis.api.AnalysisView.Status;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.api.Worklist.Change;
import org.vigil.analysis.domain.HeatMapImage;
import org.vigil.analysis.domain.ImageAnalysis;
import org.vigil.analysis.domain.ImagingOrder;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.AnalysisRepository;
import org.vigil.analysis.persistence.OrderRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Severity;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** Gives jobs out and takes results in. */
@ApplicationScoped
@Transactional
public class JobLedger implements AnalysisJobs {
  private static final Actor INFERENCE = Actor.system("inference");

  private AnalysisRepository analyses;
  private OrderRepository orders;
  private WorklistLines lines;
  private AiClearance clearance;
  private SeverityPolicies policies;
  private Event<AuditEvent> audit;
  private Event<AnalysisCompleted> completed;

  protected JobLedger() {}

  @Inject
  public JobLedger(
      AnalysisRepository analyses,
      OrderRepository orders,
      WorklistLines lines,
      AiClearance clearance,
      SeverityPolicies policies,
      Event<AuditEvent> audit,
      Event<AnalysisCompleted> completed) {
    this.analyses = analyses;
    this.orders = orders;
    this.lines = lines;
    this.clearance = clearance;
    this.policies = policies;
    this.audit = audit;
    this.completed = completed;
  }

  @Override
  @Transactional(TxType.REQUIRES_NEW)
  public Optional<ClaimedJob> claim(UUID analysisId) {
    WorklistEntry entry = lines.lock(studyOf(analysisId));
    ImageAnalysis analysis = locked(analysisId);
    if (!analysis.ended()) {
      Optional<AiClearance.Withheld> withheld = clearance.withheld(entry, analysis.modality());
      if (withheld.isPresent()) {
        withhold(entry, analysis, withheld.get());
        return Optional.empty();
      }
    }
    if (!analysis.claim(WorklistLines.now())) {
      return Optional.empty();
    }
    note(Action.ANALYSIS_STARTED, AuditEvent.Outcome.SUCCESS, entry, analysis, Map.of());
    if (lines.showAi(entry)) {
      lines.announce(entry, Change.Reason.STATUS);
    }
    return Optional.of(analysis.job());
  }

  @Override
  public void complete(UUID analysisId, Result result) {
    WorklistEntry entry = lines.lock(studyOf(analysisId));
    ImageAnalysis analysis = locked(analysisId);
    if (analysis.status() == Status.COMPLETED) {
      return;
    }
    analysis.complete(result, policies.current(), WorklistLines.now());
    analysis.findings().forEach(analyses::add);
    if (result.heatMap() != null) {
      analyses.add(new HeatMapImage(analysisId, result.heatMap()));
    }
    Severity severity = analysis.severity();
    note(
        Action.ANALYSIS_COMPLETED,
        AuditEvent.Outcome.SUCCESS,
        entry,
        analysis,
        Map.of("severity", severity.term(), "modelSha256", String.valueOf(result.modelSha256())));
    lines.showAi(entry);
    lines.announce(entry, Change.Reason.ANALYSED);
    OrderView order = orders.find(entry.orderId()).map(ImagingOrder::view).orElse(null);
    completed.fire(
        new AnalysisCompleted(
            analysis.view(entry.orderId(), result.heatMap(), Map.of()), order, severity));
  }

  @Override
  public void fail(UUID analysisId, ErrorCode code, String explanation) {
    WorklistEntry entry = lines.lock(studyOf(analysisId));
    ImageAnalysis analysis = locked(analysisId);
    if (analysis.ended()) {
      return;
    }
    analysis.fail(code, explanation, WorklistLines.now());
    note(
        Action.ANALYSIS_FAILED,
        AuditEvent.Outcome.FAILURE,
        entry,
        analysis,
        Map.of("errorCode", code.id()));
    lines.showAi(entry);
    lines.announce(entry, Change.Reason.ANALYSED);
  }

  /** The job waited while the hospital or the patient decided against it. */
  private void withhold(
      WorklistEntry entry, ImageAnalysis analysis, AiClearance.Withheld withheld) {
    analysis.withhold(withheld.code(), withheld.sentence(), WorklistLines.now());
    note(
        Action.ANALYSIS_NOT_RUN,
        AuditEvent.Outcome.REFUSED,
        entry,
        analysis,
        Map.of("code", withheld.code().id(), "reason", withheld.sentence()));
    lines.showAi(entry, withheld.sentence());
    lines.announce(entry, Change.Reason.ANALYSED);
  }

  private StudyInstanceUid studyOf(UUID analysisId) {
    return analyses.studyOf(analysisId).orElseThrow(() -> notVisible(analysisId));
  }

  private ImageAnalysis locked(UUID analysisId) {
    return analyses.lock(analysisId).orElseThrow(() -> notVisible(analysisId));
  }

  private static VigilException notVisible(UUID analysisId) {
    return new VigilException(ErrorCode.ANALYSIS_0001, Map.of("analysisId", analysisId));
  }

  private void note(
      Action action,
      AuditEvent.Outcome outcome,
      WorklistEntry entry,
      ImageAnalysis analysis,
      Map<String, String> details) {
    Map<String, String> facts = new TreeMap<>(details);
    facts.put("modelId", analysis.modelId());
    facts.put("modelVersion", analysis.modelVersion());
    audit.fire(
        AuditEvent.of(action, INFERENCE)
            .outcome(outcome)
            .about(entry.study(), entry.patient().id())
            .on(analysis.id().toString())
            .with(facts));
  }
}
