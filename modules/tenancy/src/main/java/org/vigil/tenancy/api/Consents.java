package org.vigil.tenancy.api;

import java.time.Instant;
import java.util.List;
import org.vigil.kernel.Actor;

/**
 * What patients of the current tenant let be done with their data. A patient who said nothing has
 * not objected.
 */
public interface Consents {
  /**
   * Whether a patient has objected. A missing issuer, here or in the objection, contradicts none:
   * in doubt the objection counts.
   *
   * @param patientId (0010,0020) or PID-3.1; null for an unknown patient, who objects to nothing
   * @param issuer (0010,0021) or PID-3.4.1, or null
   */
  boolean hasOptedOut(Scope scope, String patientId, String issuer);

  /**
   * Notes what a patient said. It counts from now on: for studies yet to be analysed and results
   * yet to be sent.
   *
   * @throws org.vigil.kernel.VigilException TENANCY-0011 without a reason
   */
  void record(Wish wish, Actor actor);

  /**
   * Notes, the latest first; looking is audited.
   *
   * @param patientId null: all patients
   * @param limit 1 to 1000
   */
  List<Note> query(String patientId, int limit, Actor actor);

  /** For what. */
  enum Scope {
    /** Models run on the patient's images. */
    AI_ANALYSIS,
    /** AI results leave for PACS, RIS and EHR. */
    EXPORT
  }

  /** What a patient wants. */
  record Wish(String patientId, String issuer, Scope scope, boolean optOut, String reason) {}

  /** What is on record. */
  record Note(
      String patientId,
      String issuer,
      Scope scope,
      boolean optedOut,
      String reason,
      String changedBy,
      Instant changedAt) {}
}
