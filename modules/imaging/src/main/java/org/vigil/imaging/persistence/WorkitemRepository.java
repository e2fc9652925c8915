package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
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
}
