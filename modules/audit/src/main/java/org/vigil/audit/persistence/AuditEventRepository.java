package org.vigil.audit.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vigil.audit.api.AuditTrail.Entry;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/**
 * Rows of {@code audit_event}: the tenant's own or, for what belongs to no hospital, the
 * platform's. Plain SQL, since an event is written once and never changed.
 */
@ApplicationScoped
public class AuditEventRepository {
  private static final String COLUMNS =
      "action, outcome, actor_kind, actor_name, actor_address, study_uid, patient_id, entity,"
          + " details";
  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

  private final ObjectMapper json = new ObjectMapper();

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  public void append(AuditEvent event) {
    entities
        .createNativeQuery(
            "insert into "
                + table()
                + " ("
                + COLUMNS
                + ") values (:action, :outcome, :actorKind, :actorName, :actorAddress, :study,"
                + " :patient, :entity, cast(:details as jsonb))")
        .setParameter("action", event.action().name())
        .setParameter("outcome", event.outcome().name())
        .setParameter("actorKind", event.actor().kind().name())
        .setParameter("actorName", event.actor().name())
        .setParameter("actorAddress", event.actor().address())
        .setParameter("study", event.study() == null ? null : event.study().value())
        .setParameter("patient", event.patientId())
        .setParameter("entity", event.entity())
        .setParameter("details", write(event.details()))
        .executeUpdate();
  }

  /** Newest first; null bounds mean any. */
  @SuppressWarnings("unchecked")
  public List<Entry> query(Instant from, Instant to, int offset, int limit) {
    Query query =
        entities
            .createNativeQuery(
                "select id, occurred_at, "
                    + COLUMNS
                    + " from "
                    + table()
                    + " where occurred_at >= coalesce(cast(:from as timestamptz), '-infinity')"
                    + " and occurred_at < coalesce(cast(:to as timestamptz), 'infinity')"
                    + " order by id desc",
                Object[].class)
            .setParameter("from", from == null ? null : from.toString())
            .setParameter("to", to == null ? null : to.toString())
            .setFirstResult(offset)
            .setMaxResults(limit);
    return ((List<Object[]>) query.getResultList()).stream().map(this::entry).toList();
  }

  public long count() {
    return ((Number)
            entities
                .createNativeQuery("select count(*) from " + table(), Long.class)
                .getSingleResult())
        .longValue();
  }

  private static String table() {
    return TenantContext.find().isPresent() ? "audit_event" : "platform.audit_event";
  }

  private Entry entry(Object[] row) {
    return new Entry(
        ((Number) row[0]).longValue(),
        (Instant) row[1],
        AuditEvent.Action.valueOf((String) row[2]),
        AuditEvent.Outcome.valueOf((String) row[3]),
        (String) row[4],
        (String) row[5],
        (String) row[6],
        (String) row[7],
        (String) row[8],
        (String) row[9],
        read(row[10]));
  }

  private String write(Map<String, String> details) {
    try {
      return json.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit"), e);
    }
  }

  private Map<String, String> read(Object details) {
    try {
      return json.readValue(details.toString(), DETAILS);
    } catch (JsonProcessingException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit"), e);
    }
  }
}
