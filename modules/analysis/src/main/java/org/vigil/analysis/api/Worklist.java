package org.vigil.analysis.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.vigil.kernel.Actor;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;
import org.vigil.kernel.StudyInstanceUid;

/** The reading order of the current tenant. */
public interface Worklist {
  /** Unread and being-read studies in reading order; read ones follow when asked for. */
  List<Entry> entries(boolean includeRead);

  /** The study's line, its positions included, whatever its reading status. */
  Optional<Entry> find(StudyInstanceUid study);

  void setReadingStatus(StudyInstanceUid study, ReadingStatus status, Actor actor);

  /** Studies that wait for a person because their patient differs from their order's. */
  List<Quarantined> quarantine();

  /** A person has checked: the study belongs to the order after all. */
  void release(StudyInstanceUid study, String reason, Actor actor);

  /** A person has checked: the study does not belong to the order; it goes on without one. */
  void reject(StudyInstanceUid study, String reason, Actor actor);

  /** Figures of the night. */
  Totals totals();

  /**
   * Hears of changes to a tenant's list after they are committed; called on the committing thread,
   * so it must be quick.
   */
  Subscription subscribe(org.vigil.kernel.TenantId tenant, Consumer<Change> listener);

  /** Ends a subscription when closed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * A change of a tenant's list.
   *
   * @param study null when it is not of one study
   * @param severity null when none is known, or it is not to be shown
   */
  record Change(StudyInstanceUid study, Severity severity, Reason reason) {
    /** Why it changed. */
    public enum Reason {
      ARRIVED,
      ANALYSED,
      STATUS,
      /** A feature was switched: the whole list may stand in another order. */
      SETTINGS
    }
  }

  /**
   * A line of the list.
   *
   * @param position 1-based place in reading order
   * @param arrivalPosition 1-based place in order of arrival among the same lines
   * @param severity of the worst positive AI finding, null while none is known or where flagging is
   *     switched off; likewise the top finding
   */
  record Entry(
      int position,
      int arrivalPosition,
      StudyInstanceUid study,
      String accessionNumber,
      String patientName,
      String patientId,
      LocalDate patientBirthDate,
      String patientSex,
      String modality,
      String studyDescription,
      Instant receivedAt,
      Instant lastImageAt,
      Instant rankedAt,
      Priority orderPriority,
      Severity severity,
      AiStatus aiStatus,
      String aiNotRunReason,
      MatchStatus matchStatus,
      ReadingStatus readingStatus,
      String topFindingLabel,
      Double topFindingConfidence,
      List<UUID> analyses) {}

  /**
   * A quarantined study; {@code differences} names the attributes that differ, not their values.
   */
  record Quarantined(StudyInstanceUid study, UUID order, List<String> differences, Instant since) {}

  /** What AI did with a study. "Not run" is never "negative". */
  enum AiStatus {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED,
    NOT_RUN
  }

  /** Whether the study has its order. */
  enum MatchStatus {
    MATCHED,
    UNMATCHED,
    QUARANTINED
  }

  /** What the radiologist did with it. */
  enum ReadingStatus {
    UNREAD,
    READING,
    READ
  }

  /** Counts over all studies of the tenant. */
  record Totals(
      long studies,
      long analysed,
      long failed,
      long notRun,
      long pending,
      long quarantined,
      long unmatched,
      long awaitingOrders) {}
}
