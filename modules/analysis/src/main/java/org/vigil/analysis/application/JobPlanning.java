package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vigil.analysis.api.ModelCatalog;
import org.vigil.analysis.api.ModelCatalog.ModelFit;
import org.vigil.analysis.api.Worklist.MatchStatus;
import org.vigil.analysis.application.AiClearance.Withheld;
import org.vigil.analysis.domain.ImageAnalysis;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.AnalysisRepository;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.Studies;
import org.vigil.imaging.api.StudyView;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantReopened;

/**
 * Makes jobs for the models that fit a study: rows, audit events and messages in the caller's
 * transaction.
 */
@ApplicationScoped
public class JobPlanning {
  /** Reasons are shown in a line of a list. */
  private static final int LONGEST_REASON = 1000;

  private AnalysisRepository analyses;
  private WorklistLines lines;
  private Studies studies;
  private Instance<ModelCatalog> catalogs;
  private AiClearance clearance;
  private QueueShare share;
  private JobQueue queue;
  private Event<AuditEvent> audit;

  protected JobPlanning() {}

  @Inject
  public JobPlanning(
      AnalysisRepository analyses,
      WorklistLines lines,
      Studies studies,
      Instance<ModelCatalog> catalogs,
      AiClearance clearance,
      QueueShare share,
      JobQueue queue,
      Event<AuditEvent> audit) {
    this.analyses = analyses;
    this.lines = lines;
    this.studies = studies;
    this.catalogs = catalogs;
    this.clearance = clearance;
    this.share = share;
    this.queue = queue;
    this.audit = audit;
  }

  /**
   * Makes the jobs that the completion of a study version asks for, once; where AI cannot or must
   * not run, notes why on the line.
   */
  void planFirst(WorklistEntry entry, StudyView study, List<InstanceView> instances, Actor actor) {
    if (entry.matchStatus() == MatchStatus.QUARANTINED) {
      notRun(entry, quarantineReason(entry), actor);
      return;
    }
    List<ImageAnalysis> present = runsOfVersion(entry);
    if (!present.isEmpty()) {
      lines.showAi(entry);
      return;
    }
    List<ModelFit> fits = fits(study, instances);
    List<ModelFit> accepted = fits.stream().filter(ModelFit::accepted).toList();
    if (accepted.isEmpty()) {
      notRun(entry, notAccepted(fits), actor);
      return;
    }
    Optional<Withheld> withheld = Optional.empty();
    for (ModelFit fit : accepted) {
      Optional<Withheld> reason = clearance.withheld(entry, fit.image().modality());
      if (reason.isPresent()) {
        withheld = reason;
        continue;
      }
      make(entry, fit, ImageAnalysis.FIRST_REQUEST, priorityOf(entry), actor);
    }
    if (withheld.isPresent()) {
      noteWithheld(entry, withheld.get(), actor);
    }
    lines.showAi(entry, withheld.map(Withheld::sentence).orElse(null));
  }

  /** The same for a study whose completion lies back; an incomplete one is planned later anyway. */
  void planFirst(WorklistEntry entry, Actor actor) {
    if (entry.complete()) {
      planFirst(entry, stored(entry), acquired(entry), actor);
    }
  }

  /**
   * Makes jobs because a person asks; a model that is already at it is not started twice.
   *
   * @param wanted null: the order's priority
   * @throws VigilException ANALYSIS-0004 when no model fits; TENANCY-0009 or TENANCY-0010 when AI
   *     must not run, which the caller puts on record
   */
  List<UUID> planAgain(WorklistEntry entry, Priority wanted, Actor actor) {
    Priority priority = wanted == null ? priorityOf(entry) : wanted;
    List<ModelFit> fits = fits(stored(entry), acquired(entry));
    List<ImageAnalysis> present = runsOfVersion(entry);
    int serial =
        present.stream().mapToInt(ImageAnalysis::requestSerial).max().orElse(0)
            + ImageAnalysis.FIRST_REQUEST;
    List<UUID> jobs = new ArrayList<>();
    Optional<Withheld> withheld = Optional.empty();
    for (ModelFit fit : fits) {
      if (fit.accepted()) {
        Optional<Withheld> reason = clearance.withheld(entry, fit.image().modality());
        if (reason.isPresent()) {
          withheld = reason;
          continue;
        }
        Optional<ImageAnalysis> underWay =
            present.stream()
                .filter(r -> !r.ended())
                .filter(r -> r.modelId().equals(fit.modelId()))
                .filter(r -> r.modelVersion().equals(fit.modelVersion()))
                .findFirst();
        jobs.add(
            underWay.isPresent() ? underWay.get().id() : make(entry, fit, serial, priority, actor));
      }
    }
    if (jobs.isEmpty() && withheld.isPresent()) {
      throw new VigilException(withheld.get().code(), withheld.get().details());
    }
    if (jobs.isEmpty()) {
      throw new VigilException(ErrorCode.ANALYSIS_0004, Map.of("reason", notAccepted(fits)));
    }
    lines.showAi(entry);
    return jobs;
  }

  /** Lets waiting jobs of a study whose order turned out more urgent overtake. */
  void raise(WorklistEntry entry) {
    for (ImageAnalysis run : analyses.ofStudy(entry.study())) {
      if (run.raiseTo(priorityOf(entry))) {
        // The message that waits keeps its place and finds nothing left to do when it comes.
        queue.enqueue(run.id(), run.priority(), 0);
      }
    }
  }

  /** Queues every waiting job again: its message went by while the hospital was closed. */
  @Transactional
  public void onReopened(@Observes TenantReopened event) {
    List<ImageAnalysis> waiting = analyses.waiting();
    Map<Priority, Integer> queued = new EnumMap<>(Priority.class);
    for (ImageAnalysis run : waiting) {
      int before = queued.merge(run.priority(), 1, Integer::sum) - 1;
      queue.enqueue(run.id(), run.priority(), share.stepsBack(before));
    }
  }

  private UUID make(WorklistEntry entry, ModelFit fit, int serial, Priority priority, Actor actor) {
    ImageAnalysis analysis =
        ImageAnalysis.request(
            entry.study(),
            entry.studyVersion(),
            serial,
            fit,
            priority,
            actor.name(),
            WorklistLines.now());
    int stepsBack = share.stepsBack(priority);
    analyses.add(analysis);
    audit.fire(
        AuditEvent.of(Action.ANALYSIS_REQUESTED, actor)
            .about(entry.study(), entry.patient().id())
            .on(analysis.id().toString())
            .with(
                Map.of(
                    "modelId", fit.modelId(),
                    "modelVersion", fit.modelVersion(),
                    "priority", priority.term(),
                    "studyVersion", Integer.toString(entry.studyVersion()))));
    queue.enqueue(analysis.id(), priority, stepsBack);
    return analysis.id();
  }

  private void noteWithheld(WorklistEntry entry, Withheld withheld, Actor actor) {
    audit.fire(
        AuditEvent.of(Action.ANALYSIS_NOT_RUN, actor)
            .outcome(AuditEvent.Outcome.REFUSED)
            .about(entry.study(), entry.patient().id())
            .with(
                Map.of(
                    "code", withheld.code().id(),
                    "reason", withheld.sentence(),
                    "studyVersion", Integer.toString(entry.studyVersion()))));
  }

  private void notRun(WorklistEntry entry, String reason, Actor actor) {
    entry.notRun(reason);
    audit.fire(
        AuditEvent.of(Action.ANALYSIS_NOT_RUN, actor)
            .about(entry.study(), entry.patient().id())
            .with(
                Map.of("reason", reason, "studyVersion", Integer.toString(entry.studyVersion()))));
  }

  private List<ModelFit> fits(StudyView study, List<InstanceView> instances) {
    List<ModelFit> fits = new ArrayList<>();
    for (ModelCatalog catalog : catalogs) {
      fits.addAll(catalog.fit(study, instances));
    }
    return fits;
  }

  private List<ImageAnalysis> runsOfVersion(WorklistEntry entry) {
    return analyses.ofStudy(entry.study()).stream()
        .filter(r -> r.studyVersion() == entry.studyVersion())
        .toList();
  }

  private StudyView stored(WorklistEntry entry) {
    return studies
        .find(entry.study())
        .orElseThrow(() -> new VigilException(ErrorCode.IMAGING_0004));
  }

  /** What models may see: images, not Vigil's own results on them. */
  private List<InstanceView> acquired(WorklistEntry entry) {
    return studies.instances(entry.study()).stream()
        .filter(i -> i.origin() == InstanceView.Origin.ACQUIRED)
        .toList();
  }

  private static Priority priorityOf(WorklistEntry entry) {
    return entry.orderPriority() == null ? Priority.ROUTINE : entry.orderPriority();
  }

  private static String quarantineReason(WorklistEntry entry) {
    return "AI was not run: the patient of the images differs from the order's ("
        + String.join(", ", entry.differences())
        + "). Check the identity, then release or reject the study under Quarantine.";
  }

  private static String notAccepted(List<ModelFit> fits) {
    if (fits.isEmpty()) {
      return "AI was not run: no model is deployed for this hospital.";
    }
    String reasons =
        fits.stream()
            .map(f -> f.modelName() + " " + f.modelVersion() + ": " + f.reasonNotAccepted())
            .collect(Collectors.joining("; "));
    String sentence = "AI was not run: no enabled model accepts this study. " + reasons;
    return sentence.length() <= LONGEST_REASON
        ? sentence
        : sentence.substring(0, LONGEST_REASON - 1) + "…";
  }
}
