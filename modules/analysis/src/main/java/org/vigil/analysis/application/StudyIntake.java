package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.vigil.analysis.api.Worklist.Change;
import org.vigil.analysis.api.Worklist.MatchStatus;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.MatchKeys;
import org.vigil.analysis.persistence.MatchLocks;
import org.vigil.analysis.persistence.WorklistRepository;
import org.vigil.imaging.api.StudyArrived;
import org.vigil.imaging.api.StudyCompleted;
import org.vigil.imaging.api.StudyView;

/**
 * Takes over studies from imaging, in imaging's transactions: the line of the worklist with the
 * first image, the jobs with the last.
 */
@ApplicationScoped
@Transactional
public class StudyIntake {
  private WorklistRepository worklist;
  private WorklistLines lines;
  private MatchLocks locks;
  private StudyMatching matching;
  private JobPlanning jobs;

  protected StudyIntake() {}

  @Inject
  public StudyIntake(
      WorklistRepository worklist,
      WorklistLines lines,
      MatchLocks locks,
      StudyMatching matching,
      JobPlanning jobs) {
    this.worklist = worklist;
    this.lines = lines;
    this.locks = locks;
    this.matching = matching;
    this.jobs = jobs;
  }

  /** Puts the study on the list at once, where possible with its order's priority. */
  public void onArrived(@Observes StudyArrived event) {
    hold(event.study());
    if (lines.find(event.study().studyInstanceUid()).isEmpty()) {
      WorklistEntry entry = arrive(event.study());
      matching.settle(entry, matching.match(entry));
      lines.announce(entry, Change.Reason.ARRIVED);
    }
  }

  /** Makes the jobs; the same version twice makes them once. */
  public void onCompleted(@Observes StudyCompleted event) {
    StudyView study = event.study();
    hold(study);
    Optional<WorklistEntry> present = lines.find(study.studyInstanceUid());
    if (present.isPresent()
        && present.get().complete()
        && present.get().studyVersion() >= study.version()) {
      return;
    }
    WorklistEntry entry = present.orElseGet(() -> arrive(study));
    entry.completed(study);
    if (entry.matchStatus() == MatchStatus.UNMATCHED) {
      matching.settle(entry, matching.match(entry));
    }
    jobs.planFirst(entry, study, event.instances(), StudyMatching.ANALYSIS);
    lines.announce(entry, present.isPresent() ? Change.Reason.STATUS : Change.Reason.ARRIVED);
  }

  private WorklistEntry arrive(StudyView study) {
    WorklistEntry entry = WorklistEntry.arrived(study);
    worklist.add(entry);
    return entry;
  }

  private void hold(StudyView study) {
    locks.hold(
        MatchKeys.ofStudy(study.studyInstanceUid(), study.accessionNumber(), study.patientId()));
  }
}
