package org.vigil.audit.domain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.audit.domain.Retention.Month;

/**
 * Which of many trails have something to do, found by few statements for all of them, over a
 * connection of the schemas' owner that commits each statement. The answers are exact at the moment
 * of asking.
 */
public final class TrailSurvey {
  /** A statement holds a lock on each table it looks at; PostgreSQL has room for some thousands. */
  private static final int AT_ONCE = 100;

  private final Connection connection;
  private final List<String> trails;

  public TrailSurvey(Connection connection, List<String> trails) {
    this.connection = connection;
    this.trails = List.copyOf(trails);
  }

  /** Those with events that are committed and not sealed. */
  public Set<String> unsealed() throws SQLException {
    return outstanding("seal");
  }

  /** Those with seals of a day (UTC) that is over and not anchored. */
  public Set<String> unanchored() throws SQLException {
    return outstanding("anchor");
  }

  /** Those with seals that a receiver ({@link SealCursor}) has not been handed. */
  public Set<String> behind(String receiver) throws SQLException {
    return outstanding(receiver);
  }

  private Set<String> outstanding(String work) throws SQLException {
    Set<String> found = new LinkedHashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement("select platform.audit_trails_outstanding(?, ?)")) {
      query.setString(2, work);
      inParts(query, row -> found.add(row.getString(1)));
    }
    return found;
  }

  /** The newest anchored day of each that has any. */
  public Map<String, LocalDate> anchored() throws SQLException {
    Map<String, LocalDate> found = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select trail, newest from platform.audit_trails_anchored(?)")) {
      inParts(query, row -> found.put(row.getString(1), row.getObject(2, LocalDate.class)));
    }
    return found;
  }

  /** Those without a partition for a month. */
  public Set<String> without(YearMonth month) throws SQLException {
    Set<String> found = new LinkedHashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select trail from unnest(?) trail where to_regclass(format('%I.audit_event', trail))"
                + " is not null and to_regclass(format('%I.%I', trail, ?::text)) is null")) {
      query.setString(2, Retention.partition(month));
      inParts(query, row -> found.add(row.getString(1)));
    }
    return found;
  }

  /** The oldest month that each still has. */
  public Map<String, Month> oldest() throws SQLException {
    Map<String, Month> found = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select n.nspname, min(c.relname) from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = any (?) and c.relispartition and c.relkind = 'r'"
                + " and c.relname ~ '^audit_event_\\d{4}_\\d{2}$' group by 1")) {
      inParts(query, row -> found.put(row.getString(1), Month.of(row.getString(2))));
    }
    return found;
  }

  /** Asks of a part of the trails, the first parameter, after the other. */
  private void inParts(PreparedStatement query, Row visitor) throws SQLException {
    for (int from = 0; from < trails.size(); from += AT_ONCE) {
      List<String> part = trails.subList(from, Math.min(from + AT_ONCE, trails.size()));
      query.setArray(1, connection.createArrayOf("text", part.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          visitor.visit(rows);
        }
      }
    }
  }

  /** Takes a row. */
  private interface Row {
    void visit(ResultSet row) throws SQLException;
  }
}
