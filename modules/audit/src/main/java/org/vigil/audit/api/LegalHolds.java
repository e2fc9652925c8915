package org.vigil.audit.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.vigil.kernel.Actor;

/** What must not be deleted, whatever the policy: of the current tenant. */
public interface LegalHolds {
  List<Hold> list();

  /** Sets a hold; the reason is required (ANALYSIS-0006). */
  Hold set(NewHold hold, Actor actor);

  /**
   * Lifts a hold.
   *
   * @throws org.vigil.kernel.VigilException AUDIT-0006 when there is none in force
   */
  void lift(UUID id, String reason, Actor actor);

  /**
   * What to hold: everything of a patient, of a study, or all records, in a span of time.
   *
   * @param patientId or null
   * @param studyInstanceUid or null
   * @param from or null: since ever
   * @param to or null: for ever
   */
  record NewHold(
      String patientId, String studyInstanceUid, Instant from, Instant to, String reason) {}

  /** A hold, in force until it is lifted. */
  record Hold(
      UUID id,
      String patientId,
      String studyInstanceUid,
      Instant from,
      Instant to,
      String reason,
      String setBy,
      Instant setAt,
      String liftedBy,
      Instant liftedAt,
      String liftReason) {}
}
