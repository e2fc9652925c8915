package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.kernel.StudyInstanceUid;

/** Scheduled procedures and priors of the current tenant, in the caller's transaction. */
@ApplicationScoped
public class PriorRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  public Optional<ScheduledProcedureEntity> procedure(UUID order) {
    return Optional.ofNullable(em.find(ScheduledProcedureEntity.class, order));
  }

  public Optional<ScheduledProcedureEntity> lockProcedure(UUID order) {
    return Optional.ofNullable(
        em.find(ScheduledProcedureEntity.class, order, LockModeType.PESSIMISTIC_WRITE));
  }

  public void add(ScheduledProcedureEntity procedure) {
    em.persist(procedure);
  }

  public Optional<PriorStudyEntity> prior(StudyInstanceUid study) {
    return Optional.ofNullable(em.find(PriorStudyEntity.class, study.value()));
  }

  public void add(PriorStudyEntity prior) {
    em.persist(prior);
  }

  /** The priors of a patient that were ever wanted; an issuer that one side leaves out fits. */
  public List<PriorStudyEntity> ofPatient(String patientId, String issuer) {
    return em.createQuery(
            "select p from PriorStudy p where p.patientId = :id and (:issuer is null or"
                + " p.issuerOfPatientId is null or p.issuerOfPatientId = :issuer)",
            PriorStudyEntity.class)
        .setParameter("id", patientId)
        .setParameter("issuer", issuer)
        .getResultList();
  }

  /** Objects of a study that are here, those made by Vigil not counted. */
  public int instancesOf(StudyInstanceUid study) {
    return em.createQuery(
            "select count(i) from Instance i where i.studyInstanceUid = :study and i.origin ="
                + " org.vigil.imaging.api.InstanceView.Origin.ACQUIRED",
            Long.class)
        .setParameter("study", study.value())
        .getSingleResult()
        .intValue();
  }

  /** Other studies of a patient that are here, the newest first. */
  public List<StudyEntity> studiesOf(String patientId, String issuer, StudyInstanceUid not) {
    return em.createQuery(
            "select s from Study s where s.patientId = :id and s.studyInstanceUid <> :not and"
                + " (:issuer is null or s.issuerOfPatientId is null or s.issuerOfPatientId ="
                + " :issuer) order by s.studyDate desc nulls last",
            StudyEntity.class)
        .setParameter("id", patientId)
        .setParameter("issuer", issuer)
        .setParameter("not", not.value())
        .setMaxResults(100)
        .getResultList();
  }
}
