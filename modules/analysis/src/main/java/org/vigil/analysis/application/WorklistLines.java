package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.vigil.analysis.api.Worklist;
import org.vigil.analysis.api.Worklist.Change;
import org.vigil.analysis.domain.AiSummary;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.AnalysisRepository;
import org.vigil.analysis.persistence.MatchKeys;
import org.vigil.analysis.persistence.MatchLocks;
import org.vigil.analysis.persistence.WorklistRepository;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Lines of the worklist for whoever changes them, inside his transaction. */
@ApplicationScoped
public class WorklistLines {
  private WorklistRepository worklist;
  private AnalysisRepository analyses;
  private MatchLocks locks;
  private Event<WorklistChanged> changed;

  protected WorklistLines() {}

  @Inject
  public WorklistLines(
      WorklistRepository worklist,
      AnalysisRepository analyses,
      MatchLocks locks,
      Event<WorklistChanged> changed) {
    this.worklist = worklist;
    this.analyses = analyses;
    this.locks = locks;
    this.changed = changed;
  }

  /** The clock, as precise as the database. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  Optional<WorklistEntry> find(StudyInstanceUid study) {
    return worklist.lock(study);
  }

  /** A line without a lock, to look at. */
  Optional<WorklistEntry> look(StudyInstanceUid study) {
    return worklist.find(study);
  }

  /**
   * Locks a line.
   *
   * @throws VigilException IMAGING-0004 when there is none
   */
  WorklistEntry lock(StudyInstanceUid study) {
    return worklist.lock(study).orElseThrow(() -> new VigilException(ErrorCode.IMAGING_0004));
  }

  /**
   * Locks a line and everything it could be matched by, for whoever changes its order.
   *
   * @throws VigilException IMAGING-0004 when there is none
   */
  WorklistEntry lockForMatching(StudyInstanceUid study) {
    MatchKeys keys =
        worklist.keysOf(study).orElseThrow(() -> new VigilException(ErrorCode.IMAGING_0004));
    locks.hold(keys);
    return lock(study);
  }

  /**
   * Shows on the line what the study's analyses say.
   *
   * @return whether the line changed
   */
  boolean showAi(WorklistEntry entry) {
    return showAi(entry, null);
  }

  /**
   * Shows on the line what the study's analyses say; where none of them is of its present images,
   * that AI was not run, and why.
   *
   * @param reasonIfNotRun a sentence for the reader, or null to keep the one that stands there
   * @return whether the line changed
   */
  boolean showAi(WorklistEntry entry, String reasonIfNotRun) {
    Optional<AiSummary> summary =
        AiSummary.of(entry.studyVersion(), analyses.ofStudy(entry.study()));
    boolean changed = summary.isPresent() && entry.show(summary.get(), now());
    boolean silent = summary.isEmpty() || summary.get().status() == Worklist.AiStatus.NOT_RUN;
    if (silent && reasonIfNotRun != null) {
      entry.notRun(reasonIfNotRun);
      return true;
    }
    return changed;
  }

  /** Tells open lists, after the commit. */
  void announce(WorklistEntry entry, Change.Reason reason) {
    changed.fire(
        new WorklistChanged(
            TenantContext.current(), new Change(entry.study(), entry.severity(), reason)));
  }

  /** Tells open lists, after the commit, that any line may have moved. */
  void announceAll() {
    changed.fire(
        new WorklistChanged(
            TenantContext.current(), new Change(null, null, Change.Reason.SETTINGS)));
  }
}
