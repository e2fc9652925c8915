package org.vigil.audit.domain;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vigil.audit.domain.DeletionTally.Dropped;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Drops whole months of a trail by policy, leaving a signed proof. Each method needs a transaction
 * of its caller, who commits it, as the owner of the tables.
 */
public final class Retention {
  private static final String PREFIX = "audit_event_";
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy_MM");

  private final Trail trail;

  public Retention(Trail trail) {
    this.trail = trail;
  }

  /** Name of the table that holds a month's events. */
  static String partition(YearMonth month) {
    return PREFIX + NAME.format(month);
  }

  /** Months that ended at or before an instant, oldest first. */
  public List<Month> endedBy(Instant instant) throws SQLException {
    List<Month> ended = new ArrayList<>();
    try (PreparedStatement query =
        trail
            .connection()
            .prepareStatement(
                "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                    + " where i.inhparent = ?::regclass order by 1")) {
      query.setString(1, trail.table("audit_event"));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Month month = Month.of(rows.getString(1));
          if (!month.to().isAfter(instant)) {
            ended.add(month);
          }
        }
      }
    }
    return ended;
  }

  /** A legal hold that covers a month, if there is one. */
  public Optional<UUID> heldBy(Month month) throws SQLException {
    try (PreparedStatement query =
        trail
            .connection()
            .prepareStatement(
                "select h.id from "
                    + trail.table("legal_hold h")
                    + " where h.lifted_at is null"
                    + " and coalesce(h.period_from, '-infinity') < ?"
                    + " and coalesce(h.period_to, 'infinity') > ?"
                    + " and ((h.patient_id is null and h.study_uid is null) or exists (select from "
                    + trail.table("audit_event e")
                    + " where e.occurred_at >= ? and e.occurred_at < ?"
                    + " and (e.patient_id = h.patient_id or e.study_uid = h.study_uid))) limit 1")) {
      query.setObject(1, month.to().atOffset(ZoneOffset.UTC));
      query.setObject(2, month.from().atOffset(ZoneOffset.UTC));
      query.setObject(3, month.from().atOffset(ZoneOffset.UTC));
      query.setObject(4, month.to().atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  /**
   * Drops a month, writes the proof and the event that says so. The trail must have been verified
   * in this same transaction.
   *
   * @throws VigilException AUDIT-0003 when events of the month are not sealed, AUDIT-0004 when a
   *     hold covers it
   */
  public Deletion drop(Month month, String policy, String deletedBy, SealingKey key)
      throws SQLException {
    if (heldBy(month).isPresent()) {
      throw new VigilException(ErrorCode.AUDIT_0004, Map.of("month", month.name()));
    }
    Contents contents = contents(month);
    Instant now = AuditRow.instant(AuditRow.micros(trail.now()));
    Deletion deletion =
        new Deletion(
                trail.schema(),
                trail.deletions().size() + 1L,
                month.name(),
                month.from(),
                month.to(),
                contents.dropped().count(),
                contents.first(),
                contents.last(),
                contents.dropped().digest(),
                policy,
                deletedBy,
                now,
                key.id(),
                new byte[0])
            .signed(key);
    trail.add(deletion);
    note(deletion);
    try (Statement drop = trail.connection().createStatement()) {
      // Readers of the trail are waited for, but never for long, and writers wait no longer.
      drop.execute("set local lock_timeout = '5s'");
      drop.execute("drop table " + trail.table(month.name()));
    }
    return deletion;
  }

  private Contents contents(Month month) throws SQLException {
    Dropped dropped = new Dropped();
    Long first = null;
    Long last = null;
    try (Statement query = trail.connection().createStatement()) {
      try (ResultSet waiting =
          query.executeQuery(
              "select 1 from "
                  + trail.table("audit_unsealed u")
                  + " where exists (select from "
                  + trail.table(month.name() + " e")
                  + " where e.id = u.event_id) limit 1")) {
        if (waiting.next()) {
          throw new VigilException(ErrorCode.AUDIT_0003, Map.of("month", month.name()));
        }
      }
      query.setFetchSize(2000);
      try (ResultSet rows =
          query.executeQuery(
              "select "
                  + Trail.columns("e")
                  + " from "
                  + trail.table(month.name() + " e")
                  + " order by id")) {
        while (rows.next()) {
          AuditRow row = AuditRow.of(rows);
          dropped.add(Leaf.of(row));
          first = first == null ? row.id() : first;
          last = row.id();
        }
      }
    }
    return new Contents(dropped, first, last);
  }

  private void note(Deletion deletion) throws SQLException {
    try (PreparedStatement insert =
        trail
            .connection()
            .prepareStatement(
                "with written as (insert into "
                    + trail.table("audit_event")
                    + " (action, outcome, actor_kind, actor_name, entity, details)"
                    + " values (?, 'SUCCESS', 'SYSTEM', ?, ?, jsonb_build_object("
                    + "'events', ?::text, 'policy', ?::text)) returning id, occurred_at)"
                    + " insert into "
                    + trail.table("audit_unsealed")
                    + " (event_id, occurred_at) select id, occurred_at from written")) {
      insert.setString(1, AuditEvent.Action.AUDIT_DELETED.name());
      insert.setString(2, deletion.deletedBy());
      insert.setString(3, deletion.part());
      insert.setString(4, Long.toString(deletion.eventCount()));
      insert.setString(5, deletion.policy());
      insert.executeUpdate();
    }
  }

  /** A month of events. */
  public record Month(String name, Instant from, Instant to) {

    static Month of(String part) {
      YearMonth month = YearMonth.parse(part.substring(PREFIX.length()), NAME);
      return new Month(
          part,
          month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
          month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
  }

  private record Contents(Dropped dropped, Long first, Long last) {}
}
