package org.vigil.integration.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.api.Deliveries.Status;
import org.vigil.integration.domain.Delivery;
import org.vigil.kernel.StudyInstanceUid;

/** {@code delivery} of the current tenant. */
@ApplicationScoped
public class DeliveryRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  /** For the container. */
  public DeliveryRepository() {}

  /** With an entity manager of one's own. */
  public DeliveryRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds it; false when this result was planned for this peer before. */
  public boolean insert(Delivery delivery) {
    return entities
            .createNativeQuery(
                "insert into delivery (id, kind, destination_id, analysis_id, revision, order_id,"
                    + " alert_id, study_uid, jms_priority, status, created_at, next_attempt_at)"
                    + " values (:id, :kind, :destination, :analysis, :revision, cast(nullif(:order,"
                    + " '') as uuid), cast(nullif(:alert, '') as uuid), :study, :priority, :status, :now, :now) on"
                    + " conflict (kind, destination_id, analysis_id, revision) do nothing")
            .setParameter("id", delivery.id())
            .setParameter("kind", delivery.kind().name())
            .setParameter("destination", delivery.destinationId())
            .setParameter("analysis", delivery.analysisId())
            .setParameter("revision", delivery.revision())
            .setParameter("order", text(delivery.orderId()))
            .setParameter("alert", text(delivery.alertId()))
            .setParameter("study", delivery.study().value())
            .setParameter("priority", delivery.jmsPriority())
            .setParameter("status", delivery.status().name())
            .setParameter("now", delivery.createdAt().atOffset(ZoneOffset.UTC))
            .executeUpdate()
        == 1;
  }

  /** The row, locked until the transaction ends. */
  public Optional<Delivery> lock(UUID id) {
    return Optional.ofNullable(entities.find(Delivery.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  public Optional<Delivery> find(UUID id) {
    return Optional.ofNullable(entities.find(Delivery.class, id));
  }

  /** Newest first; null status means any. */
  public List<Delivery> list(Status status, int limit) {
    var query =
        status == null
            ? entities.createQuery(
                "select d from Delivery d order by d.createdAt desc, d.id", Delivery.class)
            : entities
                .createQuery(
                    "select d from Delivery d where d.status = :status order by d.createdAt desc,"
                        + " d.id",
                    Delivery.class)
                .setParameter("status", status);
    return query.setMaxResults(limit).getResultList();
  }

  /** Whether any is on its way. */
  public boolean anyWaiting() {
    return !entities
        .createQuery("select d.id from Delivery d where d.status in :waiting", UUID.class)
        .setParameter("waiting", List.of(Status.PENDING, Status.RETRYING))
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Whether a result of a study has not reached its peer, those given up included. */
  public boolean anyUnsent(StudyInstanceUid study) {
    return !entities
        .createQuery(
            "select d.id from Delivery d where d.studyUid = :study and d.status <> :delivered",
            UUID.class)
        .setParameter("study", study.value())
        .setParameter("delivered", Status.DELIVERED)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  public Map<Kind, Map<Status, Long>> counts() {
    Map<Kind, Map<Status, Long>> counts = new EnumMap<>(Kind.class);
    for (Object[] row :
        entities
            .createQuery(
                "select d.kind, d.status, count(d) from Delivery d group by d.kind, d.status",
                Object[].class)
            .getResultList()) {
      counts
          .computeIfAbsent((Kind) row[0], kind -> new EnumMap<>(Status.class))
          .put((Status) row[1], (Long) row[2]);
    }
    return counts;
  }

  /**
   * Rows that wait for a message that should have come, and marks them as asked for now. Rows that
   * another server looks after at this moment are left out.
   *
   * @param dueBefore their next attempt lies before this
   */
  public List<Delivery> overdue(Instant dueBefore, Instant now, int limit) {
    List<?> ids =
        entities
            .createNativeQuery(
                "select id from delivery where status in ('PENDING', 'RETRYING') and"
                    + " next_attempt_at < :due and (claimed_until is null or claimed_until < :now)"
                    + " order by next_attempt_at limit :limit for update skip locked",
                UUID.class)
            .setParameter("due", dueBefore.atOffset(ZoneOffset.UTC))
            .setParameter("now", now.atOffset(ZoneOffset.UTC))
            .setParameter("limit", limit)
            .getResultList();
    List<Delivery> found = ids.stream().map(id -> entities.find(Delivery.class, id)).toList();
    if (!ids.isEmpty()) {
      entities
          .createQuery("update Delivery d set d.nextAttemptAt = :now where d.id in :ids")
          .setParameter("now", now)
          .setParameter("ids", ids)
          .executeUpdate();
    }
    return found;
  }

  // Hibernate binds an untyped null as bytea, which PostgreSQL does not make a uuid.
  private static String text(UUID id) {
    return id == null ? "" : id.toString();
  }
}
