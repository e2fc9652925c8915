package org.vigil.integration.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.integration.domain.Alert;
import org.vigil.integration.domain.AlertRecipient;

/** {@code alert} and {@code alert_recipient} of the current tenant. */
@ApplicationScoped
public class AlertRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  /** For the container. */
  public AlertRepository() {}

  /** With an entity manager of one's own. */
  public AlertRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds it with its recipient; false when this finding of this study was alerted before. */
  public boolean insert(Alert alert, String providerId, String displayName) {
    boolean added =
        entities
                .createNativeQuery(
                    "insert into alert (id, order_id, study_uid, analysis_id, finding_id,"
                        + " finding_code, finding_label, severity, status, created_at,"
                        + " next_escalation_at) values (:id, :order, :study, :analysis, :finding,"
                        + " :code, :label, :severity, :status, :created, :escalation) on conflict"
                        + " (order_id, study_uid, finding_code) do nothing")
                .setParameter("id", alert.id())
                .setParameter("order", alert.orderId())
                .setParameter("study", alert.study().value())
                .setParameter("analysis", alert.analysisId())
                .setParameter("finding", alert.findingId())
                .setParameter("code", alert.findingCode())
                .setParameter("label", alert.findingLabel())
                .setParameter("severity", alert.severity().name())
                .setParameter("status", alert.status().name())
                .setParameter("created", alert.createdAt().atOffset(ZoneOffset.UTC))
                .setParameter("escalation", alert.nextEscalationAt().atOffset(ZoneOffset.UTC))
                .executeUpdate()
            == 1;
    if (added) {
      entities.persist(new AlertRecipient(alert.id(), 0, providerId, displayName));
      entities.flush();
    }
    return added;
  }

  /** The row, locked until the transaction ends. */
  public Optional<Alert> lock(UUID id) {
    return Optional.ofNullable(entities.find(Alert.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  public Optional<Alert> find(UUID id) {
    return Optional.ofNullable(entities.find(Alert.class, id));
  }

  /** Newest first. */
  public List<Alert> list(boolean openOnly) {
    return entities
        .createQuery(
            "select a from Alert a"
                + (openOnly ? " where a.acknowledgedAt is null" : "")
                + " order by a.createdAt desc, a.id",
            Alert.class)
        .getResultList();
  }

  /** The recipients of these alerts. */
  public List<AlertRecipient> recipients(List<UUID> alerts) {
    return alerts.isEmpty()
        ? List.of()
        : entities
            .createQuery(
                "select r from AlertRecipient r where r.alertId in :alerts order by"
                    + " r.escalationLevel",
                AlertRecipient.class)
            .setParameter("alerts", alerts)
            .getResultList();
  }

  /** Whether any alert will be escalated unless somebody takes it. */
  public boolean anyOpen() {
    return !entities
        .createQuery(
            "select a.id from Alert a where a.acknowledgedAt is null"
                + " and a.nextEscalationAt is not null",
            UUID.class)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Alerts nobody took in time, locked; those another server escalates are left out. */
  public List<Alert> due(Instant now, int limit) {
    List<?> ids =
        entities
            .createNativeQuery(
                "select id from alert where acknowledged_at is null and next_escalation_at <= :now"
                    + " order by next_escalation_at limit :limit for update skip locked",
                UUID.class)
            .setParameter("now", now.atOffset(ZoneOffset.UTC))
            .setParameter("limit", limit)
            .getResultList();
    return ids.stream().map(id -> entities.find(Alert.class, id)).toList();
  }
}
