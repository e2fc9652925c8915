package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.vigil.imaging.domain.StepProgress;
import org.vigil.kernel.StudyInstanceUid;

/** Procedure steps, scheduled and performed, of the current tenant, in the caller's transaction. */
@ApplicationScoped
public class PerformedStepRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  public Optional<PerformedStepEntity> lock(String uid) {
    return Optional.ofNullable(
        em.find(PerformedStepEntity.class, uid, LockModeType.PESSIMISTIC_WRITE));
  }

  public void add(PerformedStepEntity step) {
    em.persist(step);
  }

  /** Notes what a step has made; what was noted before stays. */
  public void expect(PerformedStepEntity step, Collection<String> instances) {
    em.flush();
    for (String instance : instances) {
      em.createNativeQuery(
              "insert into expected_instance (sop_instance_uid, study_instance_uid,"
                  + " performed_step) values (:instance, :study, :step) on conflict do nothing")
          .setParameter("instance", instance)
          .setParameter("study", step.studyInstanceUid())
          .setParameter("step", step.sopInstanceUid())
          .executeUpdate();
    }
  }

  /** What the steps of a study say of its completeness. */
  public StepProgress progress(StudyInstanceUid study) {
    List<?> counts =
        em.createNativeQuery(
                "select (select count(*) from performed_step where study_instance_uid = :study and"
                    + " status = 'IN_PROGRESS'), count(*), count(*) filter (where not exists"
                    + " (select 1 from instance i where i.sop_instance_uid = e.sop_instance_uid))"
                    + " from expected_instance e where e.study_instance_uid = :study",
                Object[].class)
            .setParameter("study", study.value())
            .getResultList();
    Object[] row = (Object[]) counts.get(0);
    return new StepProgress(number(row[0]), number(row[1]), number(row[2]));
  }

  private static int number(Object value) {
    return ((Number) value).intValue();
  }

  /** The scheduled procedures that a step belongs to, by its id or its accession number, locked. */
  public List<ScheduledProcedureEntity> scheduled(String stepId, String accession) {
    return em.createQuery(
            "select p from ScheduledProcedure p where p.procedureStepId = :step or"
                + " p.accessionNumber = :accession",
            ScheduledProcedureEntity.class)
        .setParameter("step", stepId == null ? "" : stepId)
        .setParameter("accession", accession == null ? "" : accession)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** What modalities are still to do, the earliest first. */
  public List<ScheduledProcedureEntity> worklist(Instant from, Instant to, int limit) {
    return em.createQuery(
            "select p from ScheduledProcedure p where p.status in :open and p.scheduledAt >= :from"
                + " and p.scheduledAt < :to order by p.scheduledAt",
            ScheduledProcedureEntity.class)
        .setParameter(
            "open",
            List.of(
                ScheduledProcedureEntity.Status.SCHEDULED, ScheduledProcedureEntity.Status.STARTED))
        .setParameter("from", from)
        .setParameter("to", to)
        .setMaxResults(limit)
        .getResultList();
  }
}
