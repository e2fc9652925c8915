package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vigil.imaging.domain.WorkitemState;

/** Workitems of the current tenant; every method runs in the caller's transaction. */
@ApplicationScoped
public class WorkitemRepository {
  private static final int FETCHED_AT_ONCE = 200;

  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  public Optional<WorkitemEntity> find(String uid) {
    return Optional.ofNullable(em.find(WorkitemEntity.class, uid));
  }

  public Optional<WorkitemEntity> lock(String uid) {
    return Optional.ofNullable(em.find(WorkitemEntity.class, uid, LockModeType.PESSIMISTIC_WRITE));
  }

  /**
   * Adds a workitem unless one of its UID is there. Waits for a concurrent creator to commit or
   * roll back.
   *
   * @return whether it was added
   */
  public boolean add(WorkitemEntity workitem) {
    return em.createQuery(
                "insert into Workitem (sopInstanceUid, state, patientId, starts, dataset,"
                    + " createdBy, createdAt, changedAt) values (:uid, :state, :patient, :starts,"
                    + " :dataset, :by, :at, :at) on conflict do nothing")
            .setParameter("uid", workitem.sopInstanceUid())
            .setParameter("state", workitem.state())
            .setParameter("patient", workitem.patientId())
            .setParameter("starts", workitem.starts())
            .setParameter("dataset", workitem.dataset())
            .setParameter("by", workitem.createdBy())
            .setParameter("at", workitem.createdAt())
            .executeUpdate()
        == 1;
  }

  /**
   * Workitems by their start; to be read in the transaction, and closed.
   *
   * @param state or null for any; likewise the patient
   */
  public Stream<WorkitemEntity> all(WorkitemState state, String patientId) {
    return em.createQuery(
            "select w from Workitem w where (:state is null or w.state = :state) and"
                + " (:patient is null or w.patientId = :patient) order by w.starts,"
                + " w.sopInstanceUid",
            WorkitemEntity.class)
        .setParameter("state", state)
        .setParameter("patient", patientId)
        .setHint("org.hibernate.fetchSize", FETCHED_AT_ONCE)
        .setHint("org.hibernate.readOnly", true)
        .getResultStream();
  }

  /**
   * Workitems that an AE title is subscribed to, by their start; to be read in the transaction.
   *
   * @param limit of them at most
   */
  @SuppressWarnings("unchecked")
  public List<WorkitemEntity> subscribedTo(String aeTitle, int limit) {
    return em.createNativeQuery(
            "select w.* from workitem w join workitem_subscription s on s.sop_instance_uid ="
                + " w.sop_instance_uid where s.ae_title = :ae order by w.starts,"
                + " w.sop_instance_uid limit :limit",
            WorkitemEntity.class)
        .setParameter("ae", aeTitle)
        .setParameter("limit", limit)
        .getResultList();
  }

  /**
   * Some that have ended and are kept no longer.
   *
   * @param unlocked before when those without a deletion lock have ended
   * @param locked likewise for those with one
   */
  @SuppressWarnings("unchecked")
  public List<WorkitemEntity> outlived(Instant unlocked, Instant locked, int limit) {
    return em.createNativeQuery(
            "select w.* from workitem w where w.state in ('COMPLETED', 'CANCELED') and"
                + " w.changed_at < :unlocked and (w.changed_at < :locked or not exists (select 1"
                + " from workitem_subscription s where s.sop_instance_uid = w.sop_instance_uid and"
                + " s.deletion_lock)) order by w.changed_at limit :limit"
                + " for update of w skip locked",
            WorkitemEntity.class)
        .setParameter("unlocked", unlocked)
        .setParameter("locked", locked)
        .setParameter("limit", limit)
        .getResultList();
  }

  public void remove(WorkitemEntity workitem) {
    em.remove(workitem);
  }
}
