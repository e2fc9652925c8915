package org.vigil.audit.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;

/**
 * Searching the current tenant's trail, or the platform's where no tenant is entered. The search is
 * itself an event, written in the transaction that reads.
 */
public interface AuditTrail {
  /** Longest page. */
  int LONGEST_PAGE = 500;

  /** Events that match, newest first. */
  Page search(Search search, Actor searcher);

  /** How many events the trail has ever taken, those since deleted by policy included. */
  long count();

  /**
   * What to look for; null means any.
   *
   * @param from first instant
   * @param to first instant after
   * @param after {@link Page#next()} of the page before, or null for the newest
   * @param limit 1 to {@link #LONGEST_PAGE}
   */
  record Search(
      Instant from,
      Instant to,
      String patientId,
      String actorName,
      String studyInstanceUid,
      AuditEvent.Action action,
      AuditEvent.Outcome outcome,
      String after,
      int limit) {

    public static Search all(int limit) {
      return new Search(null, null, null, null, null, null, null, null, limit);
    }
  }

  /**
   * A page.
   *
   * @param next where the next page begins, or null when there is none
   */
  record Page(List<Entry> events, String next) {}

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
