package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.vigil.analysis.api.Analyses;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.Worklist.Change;
import org.vigil.analysis.api.Worklist.MatchStatus;
import org.vigil.analysis.domain.AnalysisFinding;
import org.vigil.analysis.domain.ImageAnalysis;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.AnalysisRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** What people do with analyses. */
@ApplicationScoped
@Transactional
public class AnalysisRecords implements Analyses {
  private static final int LARGEST_PAGE = 200;
  private static final int LONGEST_COMMENT = 2000;

  private AnalysisRepository analyses;
  private WorklistLines lines;
  private JobPlanning jobs;
  private AiClearance clearance;
  private Refusals refusals;
  private Event<AuditEvent> audit;

  protected AnalysisRecords() {}

  @Inject
  public AnalysisRecords(
      AnalysisRepository analyses,
      WorklistLines lines,
      JobPlanning jobs,
      AiClearance clearance,
      Refusals refusals,
      Event<AuditEvent> audit) {
    this.analyses = analyses;
    this.lines = lines;
    this.jobs = jobs;
    this.clearance = clearance;
    this.refusals = refusals;
    this.audit = audit;
  }

  @Override
  public Optional<AnalysisView> find(UUID id) {
    return analyses
        .find(id)
        .map(
            a ->
                a.view(
                    analyses.ordersOf(List.of(a.study().value())).get(a.study().value()),
                    analyses.heatMap(id).orElse(null),
                    analyses.feedback(List.of(id))));
  }

  @Override
  public List<AnalysisView> ofStudy(StudyInstanceUid study) {
    return views(analyses.ofStudy(study));
  }

  @Override
  public Page list(Filter filter) {
    if (filter.page() < 1 || filter.limit() < 1 || filter.limit() > LARGEST_PAGE) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of("page", filter.page(), "limit", filter.limit(), "largestLimit", LARGEST_PAGE));
    }
    return new Page(
        views(analyses.page(filter)), filter.page(), filter.limit(), analyses.count(filter));
  }

  private List<AnalysisView> views(List<ImageAnalysis> found) {
    Map<String, UUID> orders =
        analyses.ordersOf(found.stream().map(a -> a.study().value()).distinct().toList());
    var feedback = analyses.feedback(found.stream().map(ImageAnalysis::id).toList());
    return found.stream().map(a -> a.view(orders.get(a.study().value()), null, feedback)).toList();
  }

  @Override
  public List<UUID> request(StudyInstanceUid study, Priority priority, Actor actor) {
    WorklistEntry entry = lines.lock(study);
    if (entry.matchStatus() == MatchStatus.QUARANTINED) {
      throw new VigilException(ErrorCode.ANALYSIS_0005);
    }
    if (!entry.complete()) {
      throw new VigilException(
          ErrorCode.KERNEL_0005, Map.of("reason", "images of this study are still arriving"));
    }
    List<UUID> made;
    try {
      made = jobs.planAgain(entry, priority, actor);
    } catch (VigilException e) {
      if (e.code() == ErrorCode.TENANCY_0009 || e.code() == ErrorCode.TENANCY_0010) {
        refusals.record(
            AuditEvent.of(Action.ANALYSIS_NOT_RUN, actor)
                .outcome(AuditEvent.Outcome.REFUSED)
                .about(study, entry.patient().id())
                .with(Map.of("code", e.code().id())));
      }
      throw e;
    }
    lines.announce(entry, Change.Reason.STATUS);
    return made;
  }

  @Override
  public Optional<Unavailable> unavailable(StudyInstanceUid study) {
    return lines
        .look(study)
        .flatMap(
            entry -> {
              Set<String> kinds = entry.identity().modalities();
              Optional<AiClearance.Withheld> withheld = Optional.empty();
              for (String kind : kinds.isEmpty() ? Set.of(entry.modality()) : kinds) {
                withheld = clearance.withheld(entry, kind);
                if (withheld.isEmpty()) {
                  break;
                }
              }
              return withheld.map(w -> new Unavailable(w.code(), w.sentence()));
            });
  }

  @Override
  public void cancel(UUID id, Actor actor) {
    StudyInstanceUid study = analyses.studyOf(id).orElseThrow(() -> unknown(id));
    WorklistEntry entry = lines.lock(study);
    ImageAnalysis analysis = analyses.lock(id).orElseThrow(() -> unknown(id));
    if (analysis.status() == AnalysisView.Status.CANCELLED) {
      return;
    }
    analysis.cancel(WorklistLines.now());
    note(Action.ANALYSIS_CANCELLED, analysis, entry, actor, Map.of());
    lines.showAi(entry, "AI was not run: the analysis was cancelled by a user.");
    lines.announce(entry, Change.Reason.STATUS);
  }

  @Override
  public void reveal(UUID id, Actor actor) {
    ImageAnalysis analysis = analyses.find(id).orElseThrow(() -> unknown(id));
    note(Action.AI_REVEALED, analysis, lines.lock(analysis.study()), actor, Map.of());
  }

  @Override
  public void feedback(
      UUID analysisId, UUID findingId, Feedback feedback, String comments, Actor actor) {
    if (feedback == null || (comments != null && comments.length() > LONGEST_COMMENT)) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          feedback == null
              ? Map.of("missing", "feedback")
              : Map.of("field", "comments", "longest", LONGEST_COMMENT));
    }
    ImageAnalysis analysis = analyses.find(analysisId).orElseThrow(() -> unknown(analysisId));
    AnalysisFinding finding =
        analysis.findings().stream()
            .filter(f -> f.id().equals(findingId))
            .findFirst()
            .orElseThrow(() -> new VigilException(ErrorCode.ANALYSIS_0007));
    // The line's lock keeps two clicks of one reader from both finding no row.
    WorklistEntry entry = lines.lock(analysis.study());
    var row = analyses.feedbackBy(actor.name(), analysisId, findingId);
    row.say(feedback, comments, WorklistLines.now());
    analyses.save(row);
    note(
        Action.FEEDBACK_GIVEN,
        analysis,
        entry,
        actor,
        Map.of(
            "finding", finding.label(),
            "findingSeverity", finding.severity().term(),
            "feedback", feedback.name().toLowerCase(Locale.ROOT)));
  }

  private void note(
      Action action,
      ImageAnalysis analysis,
      WorklistEntry entry,
      Actor actor,
      Map<String, String> details) {
    Map<String, String> facts = new TreeMap<>(details);
    facts.put("modelId", analysis.modelId());
    facts.put("modelVersion", analysis.modelVersion());
    if (analysis.status() == AnalysisView.Status.COMPLETED) {
      facts.put("severity", analysis.severity().term());
    }
    audit.fire(
        AuditEvent.of(action, actor)
            .about(entry.study(), entry.patient().id())
            .on(analysis.id().toString())
            .with(facts));
  }

  private static VigilException unknown(UUID id) {
    return new VigilException(ErrorCode.ANALYSIS_0001, Map.of("analysisId", id));
  }
}
