package org.vigil.audit.domain;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.vigil.kernel.AuditEvent;

/**
 * What is unusual about access. Each finding is told once a day for each person and, where a
 * patient is concerned, each patient. Numbers compare a person with his own past only.
 */
public final class AnomalyRules {
  private final Trail trail;
  private final ZoneId zone;
  private final Thresholds thresholds;
  private final Function<String, Optional<String>> familyNameOfStudy;

  /**
   * @param zone in which the hospital's day has its hours
   * @param familyNameOfStudy the family name of the patient of a study, if it is known
   */
  public AnomalyRules(
      Trail trail,
      ZoneId zone,
      Thresholds thresholds,
      Function<String, Optional<String>> familyNameOfStudy) {
    this.trail = trail;
    this.zone = zone;
    this.thresholds = thresholds;
    this.familyNameOfStudy = familyNameOfStudy;
  }

  /**
   * Looks at events just sealed and writes what is unusual, in the caller's transaction.
   *
   * @return how many anomalies are new
   */
  public int apply(List<AuditRow> rows) throws SQLException {
    int found = 0;
    // What is counted is counted once a person, up to the last of these events.
    Map<String, AuditRow> lastRefused = new LinkedHashMap<>();
    Map<String, AuditRow> lastAccess = new LinkedHashMap<>();
    Map<String, AuditRow> lastSeen = new LinkedHashMap<>();
    for (AuditRow row : rows) {
      if (row.outcome().equals("REFUSED")) {
        lastRefused.put(row.actorName(), row);
      } else if (row.actorKind().equals("PERSON")) {
        lastSeen.put(row.actorName(), row);
        if (row.patientId() != null) {
          lastAccess.put(row.actorName(), row);
          found += watched(row);
          found += sameName(row);
        }
      }
    }
    for (AuditRow row : lastRefused.values()) {
      found += refusals(row);
    }
    for (AuditRow row : lastAccess.values()) {
      found += volume(row);
    }
    for (AuditRow row : lastSeen.values()) {
      found += hour(row);
    }
    return found;
  }

  private int watched(AuditRow row) throws SQLException {
    if (row.action().equals(AuditEvent.Action.WATCH_SET.name())) {
      return 0;
    }
    List<String> users =
        texts(
            "select user_name from {watched_patient} where patient_id = ? and user_name in ('', ?)",
            row.patientId(),
            row.actorName());
    int found = 0;
    for (String user : users) {
      Rule rule = user.isEmpty() ? Rule.WATCHED_PATIENT : Rule.OWN_RECORD;
      found += raise(rule, row, row.patientId(), Map.of("action", row.action()));
    }
    return found;
  }

  /** A user name such as a.huber or huber2 against the patient's family name. */
  private int sameName(AuditRow row) throws SQLException {
    if (row.studyUid() == null) {
      return 0;
    }
    Optional<String> family = familyNameOfStudy.apply(row.studyUid()).map(AnomalyRules::plain);
    if (family.isEmpty() || family.get().length() < 3) {
      return 0;
    }
    for (String part : row.actorName().split("[^\\p{L}]+")) {
      if (plain(part).equals(family.get())) {
        return raise(Rule.SAME_NAME, row, row.patientId(), Map.of("action", row.action()));
      }
    }
    return 0;
  }

  private static String plain(String name) {
    return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
        .replaceAll("[^\\p{L}]", "")
        .toLowerCase(Locale.ROOT);
  }

  /** Patients in the last hour against the busiest of the person's hours in four weeks before. */
  private int volume(AuditRow row) throws SQLException {
    long now =
        number(
            "select count(distinct patient_id) from {audit_event} where actor_name = ?"
                + " and occurred_at > ?::timestamptz - interval '1 hour' and occurred_at <= ?::timestamptz",
            row.actorName(),
            row.occurredAt(),
            row.occurredAt());
    if (now <= thresholds.patientsAnHour()) {
      return 0;
    }
    long busiest =
        number(
            "select coalesce(max(n), 0) from (select count(distinct patient_id) n from"
                + " {audit_event} where actor_name = ? and occurred_at > ?::timestamptz - interval '28 days'"
                + " and occurred_at <= ?::timestamptz - interval '1 hour'"
                + " group by date_trunc('hour', occurred_at)) hours",
            row.actorName(),
            row.occurredAt(),
            row.occurredAt());
    return now > 2 * busiest
        ? raise(
            Rule.UNUSUAL_VOLUME,
            row,
            "",
            Map.of("patients", Long.toString(now), "busiestHourBefore", Long.toString(busiest)))
        : 0;
  }

  /** An hour of the day in which a person known for weeks never worked, nor in those beside it. */
  private int hour(AuditRow row) throws SQLException {
    int hour = row.occurredAt().atZone(zone).getHour();
    String past =
        " from {audit_event} where actor_name = ? and occurred_at >"
            + " ?::timestamptz - interval '60 days' and occurred_at < ?::timestamptz - interval '12 hours'";
    long days =
        number(
            "select count(distinct occurred_at::date)" + past,
            row.actorName(),
            row.occurredAt(),
            row.occurredAt());
    if (days < thresholds.daysKnown()) {
      return 0;
    }
    long near =
        number(
            "select count(*)"
                + past
                + " and mod(extract(hour from occurred_at at time zone ?)::int - ? + 25, 24) <= 2",
            row.actorName(),
            row.occurredAt(),
            row.occurredAt(),
            zone.getId(),
            hour);
    return near == 0
        ? raise(
            Rule.UNUSUAL_HOUR,
            row,
            "",
            Map.of("hour", Integer.toString(hour), "daysKnown", Long.toString(days)))
        : 0;
  }

  private int refusals(AuditRow row) throws SQLException {
    long refused =
        number(
            "select count(*) from {audit_event} where actor_name = ? and outcome = 'REFUSED'"
                + " and occurred_at > ?::timestamptz - interval '10 minutes' and occurred_at <= ?::timestamptz",
            row.actorName(),
            row.occurredAt(),
            row.occurredAt());
    return refused >= thresholds.refusals()
        ? raise(Rule.MANY_REFUSALS, row, "", Map.of("refusals", Long.toString(refused)))
        : 0;
  }

  private int raise(Rule rule, AuditRow row, String about, Map<String, String> evidence)
      throws SQLException {
    String json = Json.object(evidence);
    try (PreparedStatement insert =
        trail
            .connection()
            .prepareStatement(
                named(
                    "insert into {audit_alert} (id, rule, subject, day, actor_name, patient_id,"
                        + " event_id, event_at, evidence) values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)"
                        + " on conflict (rule, subject, day) do nothing"))) {
      insert.setObject(1, UUID.randomUUID());
      insert.setString(2, rule.name());
      insert.setString(3, row.actorName() + (about.isEmpty() ? "" : " " + about));
      insert.setObject(4, row.occurredAt().atZone(zone).toLocalDate());
      insert.setString(5, row.actorName());
      insert.setString(6, row.patientId());
      insert.setLong(7, row.id());
      insert.setObject(8, row.occurredAt().atOffset(ZoneOffset.UTC));
      insert.setString(9, json);
      if (insert.executeUpdate() == 0) {
        return 0;
      }
    }
    note(rule, row);
    return 1;
  }

  private void note(Rule rule, AuditRow row) throws SQLException {
    try (PreparedStatement insert =
        trail
            .connection()
            .prepareStatement(
                named(
                    "with written as (insert into {audit_event} (action, outcome, actor_kind,"
                        + " actor_name, study_uid, patient_id, entity, details) values"
                        + " ('ANOMALY_FOUND', 'SUCCESS', 'SYSTEM', 'audit', ?, ?, ?,"
                        + " jsonb_build_object('rule', ?::text, 'event', ?::text))"
                        + " returning id, occurred_at) insert into {audit_unsealed}"
                        + " (event_id, occurred_at) select id, occurred_at from written"))) {
      insert.setString(1, row.studyUid());
      insert.setString(2, row.patientId());
      insert.setString(3, row.actorName());
      insert.setString(4, rule.name());
      insert.setString(5, Long.toString(row.id()));
      insert.executeUpdate();
    }
  }

  private long number(String sql, Object... parameters) throws SQLException {
    return Long.parseLong(texts(sql, parameters).get(0));
  }

  private List<String> texts(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement query = trail.connection().prepareStatement(named(sql))) {
      for (int i = 0; i < parameters.length; i++) {
        query.setObject(
            i + 1,
            parameters[i] instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : parameters[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private String named(String sql) {
    return sql.replaceAll("\\{(\\w+)}", trail.table("$1"));
  }

  /** What can be unusual. */
  public enum Rule {
    UNUSUAL_VOLUME,
    UNUSUAL_HOUR,
    WATCHED_PATIENT,
    OWN_RECORD,
    SAME_NAME,
    MANY_REFUSALS
  }

  /**
   * From when on numbers are unusual.
   *
   * @param patientsAnHour up to so many are usual for anybody
   * @param daysKnown active days after which a person's usual hours are known
   * @param refusals in ten minutes
   */
  public record Thresholds(int patientsAnHour, int daysKnown, int refusals) {}
}
