package org.vigil.audit.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.vigil.kernel.Actor;
import org.vigil.kernel.StudyInstanceUid;

/** Unusual access in the current tenant, for its privacy officer. */
public interface Anomalies {
  /** Newest first, 500 at most. */
  List<Anomaly> list(boolean openOnly);

  /**
   * Says what came of one; the comment is required (ANALYSIS-0006).
   *
   * @throws org.vigil.kernel.VigilException AUDIT-0007 when there is none that is open
   */
  void review(UUID id, String comment, Actor actor);

  List<Watched> watched();

  /**
   * Watches a patient's record.
   *
   * @param userName whose own or relative's record it is, or null: anybody's access is told
   */
  void watch(String patientId, String userName, String note, Actor actor);

  /** Watches it no longer. */
  void unwatch(String patientId, String userName, Actor actor);

  /**
   * How the rules learn a patient's family name, which the trail does not keep. Asked in the
   * tenant's context.
   */
  void recogniseFamilyNames(Function<StudyInstanceUid, Optional<String>> familyNameOf);

  /** Something unusual. */
  record Anomaly(
      UUID id,
      String rule,
      String actorName,
      String patientId,
      long event,
      Instant eventAt,
      Map<String, String> evidence,
      Instant raisedAt,
      String reviewedBy,
      Instant reviewedAt,
      String reviewComment) {}

  /** A patient whose record is watched. */
  record Watched(String patientId, String userName, String note, String setBy, Instant setAt) {}
}
