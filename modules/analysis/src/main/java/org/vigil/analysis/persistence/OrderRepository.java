package org.vigil.analysis.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.domain.ImagingOrder;
import org.vigil.analysis.domain.StudyIdentity;

/** Orders. */
@ApplicationScoped
public class OrderRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  protected OrderRepository() {}

  public OrderRepository(EntityManager em) {
    this.em = em;
  }

  public Optional<ImagingOrder> find(UUID id) {
    return id == null ? Optional.empty() : Optional.ofNullable(em.find(ImagingOrder.class, id));
  }

  /** Finds and locks, for whoever changes it. */
  public Optional<ImagingOrder> lock(UUID id) {
    return id == null
        ? Optional.empty()
        : Optional.ofNullable(em.find(ImagingOrder.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  public Optional<ImagingOrder> lockByPlacer(String placerOrderNumber, String sendingFacility) {
    return em.createQuery(
            "select o from ImagingOrder o"
                + " where o.placerOrderNumber = :number and o.sendingFacility = :facility",
            ImagingOrder.class)
        .setParameter("number", placerOrderNumber)
        .setParameter("facility", sendingFacility)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  public void add(ImagingOrder order) {
    em.persist(order);
  }

  /** Orders with the study's accession number or patient id, save cancelled ones. */
  public List<ImagingOrder> candidates(StudyIdentity study) {
    return em.createQuery(
            "select o from ImagingOrder o where o.status <> :cancelled"
                + " and (o.accessionNumber = :accession or o.patientId = :patient)"
                + " order by o.receivedAt",
            ImagingOrder.class)
        .setParameter("cancelled", OrderView.Status.CANCELLED)
        .setParameter("accession", study.accessionNumber())
        .setParameter("patient", study.patient().id())
        .getResultList();
  }

  /** Orders whose study has not come, oldest first. */
  public List<ImagingOrder> awaitingStudy() {
    return em.createQuery(
            "select o from ImagingOrder o where o.status = :awaiting order by o.receivedAt, o.id",
            ImagingOrder.class)
        .setParameter("awaiting", OrderView.Status.AWAITING_STUDY)
        .getResultList();
  }

  public List<ImagingOrder> recent(int limit) {
    return em.createQuery(
            "select o from ImagingOrder o order by o.receivedAt desc, o.id", ImagingOrder.class)
        .setMaxResults(limit)
        .getResultList();
  }
}
