package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Origin;
import org.vigil.imaging.api.StudyCompleted;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.domain.QuietPeriod;
import org.vigil.imaging.domain.StepProgress;
import org.vigil.imaging.persistence.PerformedStepRepository;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.imaging.persistence.StudyRepository.Due;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.StudyInstanceUid;

/** Decides, for the current tenant, that all images of a study are there. */
@ApplicationScoped
public class StudyCompletion {
  private static final Logger LOG = LoggerFactory.getLogger(StudyCompletion.class);

  private final StudyRepository studies;
  private final QuietPeriod quietPeriod;
  private final PerformedStepRepository steps;
  private final Duration longestWait;
  private final Event<StudyCompleted> completed;
  private final Event<AuditEvent> audit;

  @Inject
  public StudyCompletion(
      StudyRepository studies,
      QuietPeriod quietPeriod,
      PerformedStepRepository steps,
      @ConfigProperty(name = "vigil.imaging.procedure-step-wait", defaultValue = "PT2M")
          Duration longestWait,
      Event<StudyCompleted> completed,
      Event<AuditEvent> audit) {
    this.studies = studies;
    this.quietPeriod = quietPeriod;
    this.steps = steps;
    this.longestWait = longestWait;
    this.completed = completed;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected StudyCompletion() {
    this(null, null, null, null, null, null);
  }

  /**
   * Completes a study whose quiet period is over. Marking and everything its observers do (jobs,
   * messages, audit) commit or roll back together, so each version is announced exactly once.
   *
   * @return when to ask again, or empty when nothing is awaited any more
   */
  @Transactional
  public Optional<Instant> completeIfDue(StudyInstanceUid uid, Instant now) {
    Optional<StudyEntity> awaited =
        studies.lockStudy(uid).filter(s -> !s.isComplete() && s.completeDueAt() != null);
    if (awaited.isEmpty()) {
      return Optional.empty();
    }
    StudyEntity study = awaited.get();
    if (study.completeDueAt().isAfter(now)) {
      return Optional.of(study.completeDueAt());
    }
    StepProgress progress = steps.progress(uid);
    Instant due = progress.due(now, study.view().lastInstanceAt(), longestWait);
    if (due.isAfter(now)) {
      // A modality is at work, or has announced images that are not here.
      study.awaitUntil(due);
      return Optional.of(due);
    }
    if (progress.isOpen()) {
      LOG.warn(
          "Study {} is taken for complete, though {} steps go on and {} announced objects are"
              + " missing",
          uid,
          progress.inProgress(),
          progress.missing());
    }
    study.completed(now);
    StudyView view = study.view();
    List<InstanceView> acquired =
        studies.instances(uid).stream().filter(i -> i.origin() == Origin.ACQUIRED).toList();
    completed.fire(new StudyCompleted(view, acquired));
    audit.fire(
        AuditEvent.of(AuditEvent.Action.STUDY_COMPLETED, Actor.system("imaging"))
            .about(uid, view.patientId())
            .with(
                Map.of(
                    "version", Integer.toString(view.version()),
                    "instances", Integer.toString(acquired.size()))));
    return Optional.empty();
  }

  /**
   * Moves the due time when a conversation that brought images of the study has ended.
   *
   * @return when the study is due, or empty when it is complete
   */
  @Transactional
  public Optional<Instant> associationEnded(
      StudyInstanceUid uid, Instant at, boolean orderly, boolean othersOpen) {
    return studies
        .lockStudy(uid)
        .filter(study -> !study.isComplete() && !study.isPrior())
        .map(
            study -> {
              boolean fulfilled = orderly && !othersOpen && steps.progress(uid).isFulfilled();
              study.awaitUntil(
                  fulfilled ? at : quietPeriod.afterAssociation(at, orderly, othersOpen));
              return study.completeDueAt();
            });
  }

  /**
   * Moves the due time when a procedure step has ended: to now where all it has made is here.
   *
   * @return when the study is due, or empty when it is complete or has not come
   */
  @Transactional
  public Optional<Instant> stepEnded(StudyInstanceUid uid, Instant at) {
    return studies
        .lockStudy(uid)
        .filter(study -> !study.isComplete() && study.completeDueAt() != null)
        .map(
            study -> {
              if (steps.progress(uid).isFulfilled()) {
                study.awaitUntil(at);
              }
              return study.completeDueAt();
            });
  }

  /** Studies whose completeness is awaited, e.g. after a restart. */
  @Transactional
  public List<Due> awaited() {
    return studies.awaited();
  }
}
