package org.vigil.audit.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.AuditEvent;

/** Reading the current tenant's audit trail. */
public interface AuditTrail {
  /** Newest first; null bounds mean any; page is 1-based, limit 1 to 500. */
  List<Entry> query(Instant from, Instant to, int page, int limit);

  long count();

  /** One event as written. */
  record Entry(
      long id,
      Instant occurredAt,
      AuditEvent.Action action,
      AuditEvent.Outcome outcome,
      String actorKind,
      String actorName,
      String actorAddress,
      String studyInstanceUid,
      String patientId,
      String entity,
      Map<String, String> details) {}
}
