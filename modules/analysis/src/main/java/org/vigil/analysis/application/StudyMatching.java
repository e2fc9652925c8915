package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.StudyMatchedLate;
import org.vigil.analysis.domain.Feedback;
import org.vigil.analysis.domain.ImageAnalysis;
import org.vigil.analysis.domain.ImagingOrder;
import org.vigil.analysis.domain.OrderMatcher;
import org.vigil.analysis.domain.OrderMatcher.Conflicting;
import org.vigil.analysis.domain.OrderMatcher.Matched;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.AnalysisRepository;
import org.vigil.analysis.persistence.OrderRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;

/** Brings studies and orders together, inside the transaction of whichever came last. */
@ApplicationScoped
public class StudyMatching {
  static final Actor ANALYSIS = Actor.system("analysis");

  private final OrderMatcher matcher = new OrderMatcher();
  private OrderRepository orders;
  private AnalysisRepository analyses;
  private JobPlanning jobs;
  private Event<AuditEvent> audit;
  private Event<StudyMatchedLate> matchedLate;

  protected StudyMatching() {}

  @Inject
  public StudyMatching(
      OrderRepository orders,
      AnalysisRepository analyses,
      JobPlanning jobs,
      Event<AuditEvent> audit,
      Event<StudyMatchedLate> matchedLate) {
    this.orders = orders;
    this.analyses = analyses;
    this.jobs = jobs;
    this.audit = audit;
    this.matchedLate = matchedLate;
  }

  /** What the matcher says of a line now; the caller holds its match keys. */
  OrderMatcher.Outcome match(WorklistEntry entry) {
    return matcher.match(entry.identity(), orders.candidates(entry.identity()));
  }

  /**
   * Matches or quarantines a line that has no order, where the matcher says so.
   *
   * @return whether the line changed
   */
  boolean settle(WorklistEntry entry, OrderMatcher.Outcome outcome) {
    if (outcome instanceof Matched matched) {
      ImagingOrder order = matched.order();
      entry.matchTo(order);
      order.matchedTo(entry.study());
      note(
          Action.STUDY_MATCHED,
          entry,
          order.id(),
          ANALYSIS,
          Map.of(
              "by", matched.by().name(), "differences", String.join(",", matched.differences())));
      return true;
    }
    if (outcome instanceof Conflicting conflicting) {
      quarantine(entry, conflicting.order(), conflicting.differences());
      return true;
    }
    return false;
  }

  /** Sets a study aside until a person has looked. */
  void quarantine(WorklistEntry entry, ImagingOrder order, List<String> differences) {
    entry.quarantine(order, differences, WorklistLines.now());
    note(
        Action.STUDY_QUARANTINED,
        entry,
        order == null ? null : order.id(),
        ANALYSIS,
        Map.of("differences", String.join(",", differences)));
  }

  /**
   * What follows when a study that came before its order, or was quarantined, gets it: jobs where
   * there are none, a better place for waiting ones, and a way out for results that could not
   * leave.
   */
  void matchedAfterwards(WorklistEntry entry, ImagingOrder order, Actor actor) {
    jobs.planFirst(entry, actor);
    jobs.raise(entry);
    List<ImageAnalysis> completed =
        analyses.ofStudy(entry.study()).stream()
            .filter(a -> a.status() == AnalysisView.Status.COMPLETED)
            .toList();
    if (!completed.isEmpty()) {
      Map<UUID, Feedback> feedback =
          analyses.feedback(completed.stream().map(ImageAnalysis::id).toList());
      matchedLate.fire(
          new StudyMatchedLate(
              order.view(),
              completed.stream()
                  .map(a -> a.view(order.id(), analyses.heatMap(a.id()).orElse(null), feedback))
                  .toList()));
    }
  }

  void note(
      Action action, WorklistEntry entry, UUID order, Actor actor, Map<String, String> details) {
    Map<String, String> facts = new TreeMap<>(details);
    facts.values().removeIf(String::isEmpty);
    audit.fire(
        AuditEvent.of(action, actor)
            .about(entry.study(), entry.patient().id())
            .on(order == null ? null : order.toString())
            .with(facts));
  }
}
