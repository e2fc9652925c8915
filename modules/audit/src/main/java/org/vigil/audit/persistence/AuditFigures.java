package org.vigil.audit.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.vigil.kernel.AuditEvent;

/** A quarter counted in the database. */
@ApplicationScoped
public class AuditFigures {
  private static final String SPAN = " where occurred_at >= ? and occurred_at < ? ";

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Inject private Event<AuditEvent> audit;

  /** Counts, and records that it was counted, in one transaction. */
  @Transactional
  public Quarter count(Instant from, Instant to, AuditEvent event) {
    Quarter quarter =
        entities
            .unwrap(Session.class)
            .doReturningWork(
                connection -> count(connection, AuditEventRepository.schema(), from, to));
    audit.fire(event);
    return quarter;
  }

  private static Quarter count(Connection connection, String schema, Instant from, Instant to)
      throws SQLException {
    Lines lines = new Lines(connection, schema, from, to);
    return new Quarter(
        lines.of("select count(*) from {audit_event}" + SPAN).get(0),
        lines.of("select count(*) from {audit_seal} where sealed_at >= ? and sealed_at < ?").get(0),
        lines
            .of(
                "select coalesce((select seq || ' ' || encode(substring(hash for 8), 'hex') from"
                    + " {audit_seal} where sealed_at >= ? and sealed_at < ? order by seq desc limit"
                    + " 1), 'none')")
            .get(0),
        lines
            .of("select count(*) from {audit_anchor} where anchored_at >= ? and anchored_at < ?")
            .get(0),
        lines
            .of("select count(*) from {audit_deletion} where deleted_at >= ? and deleted_at < ?")
            .get(0),
        lines.of(
            "select action || '  ' || lower(outcome) || '  ' || count(*) from {audit_event}"
                + SPAN
                + "group by action, outcome order by action, outcome"),
        lines.of(
            "select actor_name || '  ' || count(*) || ' accesses, ' || count(distinct patient_id)"
                + " || ' patients' from {audit_event}"
                + SPAN
                + "and actor_kind = 'PERSON' and patient_id is not null group by actor_name order"
                + " by count(*) desc limit 20"),
        lines.of(
            "select actor_name || '  ' || action || '  ' || count(*) from {audit_event}"
                + SPAN
                + "and outcome = 'REFUSED' group by actor_name, action order by count(*) desc limit"
                + " 20"),
        lines.of(
            "select rule || '  ' || count(*) || ' raised, ' || count(reviewed_at) || ' reviewed'"
                + " from {audit_alert} where raised_at >= ? and raised_at < ? group by rule order"
                + " by rule"),
        lines.of(
            "select id::text || '  set ' || set_at::date || ' by ' || set_by from {legal_hold}"
                + " where lifted_at is null and ?::timestamptz <= ?::timestamptz order by set_at"));
  }

  /** Runs queries of which each has the two ends of the quarter as parameters. */
  private record Lines(Connection connection, String schema, Instant from, Instant to) {

    List<String> of(String sql) throws SQLException {
      String named = sql.replaceAll("\\{(\\w+)}", schema + ".$1");
      try (PreparedStatement query = connection.prepareStatement(named)) {
        query.setObject(1, from.atOffset(ZoneOffset.UTC));
        query.setObject(2, to.atOffset(ZoneOffset.UTC));
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            lines.add(rows.getString(1));
          }
        }
        return lines;
      }
    }
  }

  /** What the report says; lists are lines of text. */
  public record Quarter(
      String events,
      String seals,
      String head,
      String anchors,
      String deletions,
      List<String> byAction,
      List<String> byActor,
      List<String> refusals,
      List<String> anomalies,
      List<String> holds) {}
}
