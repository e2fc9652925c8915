package org.vigil.audit.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.vigil.audit.api.AuditTrail.Entry;
import org.vigil.audit.api.AuditTrail.Search;
import org.vigil.audit.domain.AuditRow;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/**
 * Rows of {@code audit_event}: the tenant's own or, for what belongs to no hospital, the
 * platform's. Plain SQL on the transaction's connection, since an event is written once and never
 * changed.
 */
@ApplicationScoped
public class AuditEventRepository {
  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};
  private static final String COLUMNS = String.join(", ", AuditRow.COLUMNS);

  private final ObjectMapper json = new ObjectMapper();

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  /** The schema of the trail to which this thread's events belong. */
  public static String schema() {
    return TenantContext.find().map(TenantId::schema).orElse("platform");
  }

  /** Writes the event and, in the same statement, that it waits to be sealed. */
  public void append(AuditEvent event) {
    String details = write(event.details());
    entities
        .unwrap(Session.class)
        .doWork(connection -> append(connection, schema(), event, details));
  }

  private static void append(Connection connection, String schema, AuditEvent event, String details)
      throws SQLException {
    // The schema comes from a validated TenantId; identifiers cannot be bound.
    try (PreparedStatement insert =
        connection.prepareStatement(
            "with written as (insert into "
                + schema
                + ".audit_event (action, outcome, actor_kind, actor_name, actor_address, study_uid,"
                + " patient_id, entity, details) values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))"
                + " returning id, occurred_at) insert into "
                + schema
                + ".audit_unsealed (event_id, occurred_at) select id, occurred_at from written")) {
      insert.setString(1, event.action().name());
      insert.setString(2, event.outcome().name());
      insert.setString(3, event.actor().kind().name());
      insert.setString(4, event.actor().name());
      insert.setString(5, event.actor().address());
      insert.setString(6, event.study() == null ? null : event.study().value());
      insert.setString(7, event.patientId());
      insert.setString(8, event.entity());
      insert.setString(9, details);
      insert.executeUpdate();
    }
  }

  /** Newest first; one row more than asked for tells that there is another page. */
  public List<Entry> search(Search search, int limit) {
    return entities
        .unwrap(Session.class)
        .doReturningWork(connection -> search(connection, schema(), search, limit));
  }

  private List<Entry> search(Connection connection, String schema, Search search, int limit)
      throws SQLException {
    Criteria criteria = new Criteria();
    criteria.add("occurred_at >= ?", search.from());
    criteria.add("occurred_at < ?", search.to());
    criteria.add("patient_id = ?", search.patientId());
    criteria.add("actor_name = ?", search.actorName());
    criteria.add("study_uid = ?", search.studyInstanceUid());
    criteria.add("action = ?", search.action() == null ? null : search.action().name());
    criteria.add("outcome = ?", search.outcome() == null ? null : search.outcome().name());
    if (search.after() != null) {
      Cursor cursor = Cursor.parse(search.after());
      // The first condition lets PostgreSQL leave later months alone.
      criteria.add("occurred_at <= ?", cursor.occurredAt());
      criteria.add("(occurred_at, id) < (?, ?)", cursor.occurredAt(), cursor.id());
    }
    String sql =
        "select "
            + COLUMNS
            + " from "
            + schema
            + ".audit_event"
            + criteria.where()
            + " order by occurred_at desc, id desc limit "
            + limit;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      criteria.bind(query);
      List<Entry> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(entry(AuditRow.of(rows)));
        }
      }
      return found;
    }
  }

  /** Sealed events and those that wait: no count of a hundred million rows. */
  public long count() {
    return ((Number)
            entities
                .createNativeQuery(
                    "select coalesce((select event_total from %1$s.audit_seal order by seq desc limit 1), 0) + (select count(*) from %1$s.audit_unsealed)"
                        .formatted(schema()),
                    Long.class)
                .getSingleResult())
        .longValue();
  }

  /** The entry of a row. */
  public Entry entry(AuditRow row) {
    return new Entry(
        row.id(),
        row.occurredAt(),
        AuditEvent.Action.valueOf(row.action()),
        AuditEvent.Outcome.valueOf(row.outcome()),
        row.actorKind(),
        row.actorName(),
        row.actorAddress(),
        row.studyUid(),
        row.patientId(),
        row.entity(),
        read(row.details()));
  }

  private String write(Map<String, String> details) {
    try {
      return json.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit"), e);
    }
  }

  private Map<String, String> read(String details) {
    try {
      return json.readValue(details, DETAILS);
    } catch (JsonProcessingException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit"), e);
    }
  }

  /** Where a page ended: {@code <microseconds>-<id>}. */
  public record Cursor(Instant occurredAt, long id) {

    public static Cursor of(Entry last) {
      return new Cursor(last.occurredAt(), last.id());
    }

    static Cursor parse(String text) {
      if (!text.matches("\\d{1,17}-\\d{1,18}")) {
        throw new VigilException(
            ErrorCode.KERNEL_0003,
            Map.of("field", "after", "problem", "is not the next of a page before"));
      }
      int dash = text.indexOf('-');
      long micros = Long.parseLong(text.substring(0, dash));
      return new Cursor(
          Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000),
          Long.parseLong(text.substring(dash + 1)));
    }

    @Override
    public String toString() {
      return occurredAt.getEpochSecond() * 1_000_000 + occurredAt.getNano() / 1000 + "-" + id;
    }
  }

  /** Conditions of a search with their parameters. */
  private static final class Criteria {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** Leaves a condition on null out. */
    void add(String condition, Object... values) {
      if (values[0] != null) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
      }
    }

    String where() {
      return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    void bind(PreparedStatement query) throws SQLException {
      for (int i = 0; i < parameters.size(); i++) {
        Object value = parameters.get(i);
        query.setObject(
            i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
      }
    }
  }
}
