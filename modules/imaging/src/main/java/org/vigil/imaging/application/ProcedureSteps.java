package org.vigil.imaging.application;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.imaging.api.StudyCompleted;
import org.vigil.imaging.domain.StepReport;
import org.vigil.imaging.persistence.PerformedStepEntity;
import org.vigil.imaging.persistence.PerformedStepRepository;
import org.vigil.imaging.persistence.ScheduledProcedureEntity;
import org.vigil.imaging.persistence.ScheduledProcedureEntity.Status;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** Procedure steps of the current tenant: what modalities are to do, do and have done. */
@ApplicationScoped
@Transactional
public class ProcedureSteps {
  private static final int LAST = jakarta.interceptor.Interceptor.Priority.APPLICATION + 900;

  @Inject private PerformedStepRepository steps;
  @Inject private StudyCompletion completion;
  @Inject private Event<AuditEvent> audit;

  /** A study whose due time a report has moved. */
  public record Moved(StudyInstanceUid study, Instant due) {}

  /** Open procedures scheduled in a span of time, the earliest first. */
  public List<ScheduledProcedureEntity> worklist(Instant from, Instant to, int limit) {
    return steps.worklist(from, to, limit);
  }

  /**
   * A step has begun.
   *
   * @throws VigilException IMAGING-0036 when the step is there, or does not begin in progress
   */
  public void begin(String uid, StepReport report, Actor station) {
    if (report.status() != StepReport.Status.IN_PROGRESS || steps.lock(uid).isPresent()) {
      throw new VigilException(
          ErrorCode.IMAGING_0036, Map.of("problem", "a step begins once, and in progress"));
    }
    Instant now = Clock.systemUTC().instant();
    PerformedStepEntity step = new PerformedStepEntity(uid, report, station.name(), now);
    steps.add(step);
    scheduled(step, Status.STARTED, now);
    note(step, station);
  }

  /**
   * A step goes on or has ended.
   *
   * @return the study that may be complete now
   * @throws VigilException IMAGING-0036 when there is none, or it has ended before
   */
  public Optional<Moved> change(String uid, StepReport report, Actor station) {
    PerformedStepEntity step =
        steps
            .lock(uid)
            .filter(s -> s.status() == StepReport.Status.IN_PROGRESS)
            .orElseThrow(
                () ->
                    new VigilException(
                        ErrorCode.IMAGING_0036,
                        Map.of("problem", "no such step, or it may no longer be changed")));
    Instant now = Clock.systemUTC().instant();
    step.changed(report.status(), now);
    if (step.studyInstanceUid() != null) {
      steps.expect(step, report.instances());
    }
    if (step.status() == StepReport.Status.IN_PROGRESS) {
      return Optional.empty();
    }
    // The study is locked before its procedure, as it is when it completes.
    Optional<Moved> moved =
        Optional.ofNullable(step.studyInstanceUid())
            .map(StudyInstanceUid::of)
            .flatMap(s -> completion.stepEnded(s, now).map(due -> new Moved(s, due)));
    // A discontinued procedure is to be done again, unless the RIS cancels it.
    scheduled(
        step,
        step.status() == StepReport.Status.COMPLETED ? Status.COMPLETED : Status.SCHEDULED,
        now);
    note(step, station);
    return moved;
  }

  /**
   * A complete study is no longer to be made. After the other observers, which lock orders first.
   */
  public void onCompleted(@Observes @Priority(LAST) StudyCompleted event) {
    String accession = event.study().accessionNumber();
    if (accession != null) {
      Instant now = Clock.systemUTC().instant();
      steps.scheduled(null, accession).stream()
          .filter(p -> isOf(p, event.study().patientId()))
          .forEach(p -> p.progressed(Status.COMPLETED, now));
    }
  }

  private void scheduled(PerformedStepEntity step, Status reached, Instant now) {
    steps.scheduled(step.procedureStepId(), step.accessionNumber()).stream()
        .filter(p -> isOf(p, step.patientId()))
        .forEach(p -> p.progressed(reached, now));
  }

  private static boolean isOf(ScheduledProcedureEntity procedure, String patientId) {
    return patientId == null
        || procedure.patientId() == null
        || procedure.patientId().equals(patientId);
  }

  private void note(PerformedStepEntity step, Actor station) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.PROCEDURE_STEP_REPORTED, station)
            .about(
                step.studyInstanceUid() == null
                    ? null
                    : StudyInstanceUid.of(step.studyInstanceUid()),
                step.patientId())
            .on(step.sopInstanceUid())
            .with(Map.of("status", step.status().name())));
  }
}
