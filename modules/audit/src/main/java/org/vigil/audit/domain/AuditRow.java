package org.vigil.audit.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An event as it stands in the table, every column of it.
 *
 * @param details JSON text, as PostgreSQL writes a {@code jsonb}
 */
public record AuditRow(
    long id,
    Instant occurredAt,
    String action,
    String outcome,
    String actorKind,
    String actorName,
    String actorAddress,
    String studyUid,
    String patientId,
    String entity,
    String details) {

  /**
   * The columns in the order in which they are digested; new ones are only ever added at the end.
   */
  public static final List<String> COLUMNS =
      List.of(
          "id",
          "occurred_at",
          "action",
          "outcome",
          "actor_kind",
          "actor_name",
          "actor_address",
          "study_uid",
          "patient_id",
          "entity",
          "details");

  /** Bytes of {@link Digest#marks()} for each column. */
  static final int MARK = 2;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** Reads the columns of {@link #COLUMNS} in their order. */
  public static AuditRow of(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11));
  }

  /** Microseconds since 1970, which is what PostgreSQL keeps. */
  public long occurredAtMicros() {
    return micros(occurredAt);
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** What is sealed of this row. */
  public Digest digest() {
    Sha256 whole = new Sha256("vigil-audit-row-1");
    byte[] marks = new byte[COLUMNS.size() * MARK];
    List<String> values = values();
    for (int i = 0; i < values.size(); i++) {
      byte[] column = new Sha256(COLUMNS.get(i)).text(values.get(i)).toBytes();
      whole.bytes(column);
      System.arraycopy(column, 0, marks, i * MARK, MARK);
    }
    return new Digest(whole.toBytes(), marks);
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    values.add(Long.toString(id));
    values.add(Long.toString(occurredAtMicros()));
    values.addAll(
        Arrays.asList(
            action, outcome, actorKind, actorName, actorAddress, studyUid, patientId, entity));
    values.add(canonical(details));
    return values;
  }

  /** Keys in order and no white space, whatever the database's version makes of it. */
  private static String canonical(String json) {
    try {
      return JSON.writeValueAsString(JSON.readValue(json, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("jsonb is always JSON", e);
    }
  }

  /**
   * A row's digest.
   *
   * @param hash SHA-256 over every column
   * @param marks two bytes a column: not proof, but they tell which column a changed row differs in
   */
  public record Digest(byte[] hash, byte[] marks) {

    /** Names of the columns in which two rows differ. */
    static List<String> differences(byte[] one, byte[] other) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < COLUMNS.size(); i++) {
        int from = i * MARK;
        if (!Arrays.equals(one, from, from + MARK, other, from, from + MARK)) {
          names.add(COLUMNS.get(i));
        }
      }
      return names;
    }
  }
}
