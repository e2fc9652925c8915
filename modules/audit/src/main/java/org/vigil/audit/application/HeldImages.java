package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.tenancy.api.DeletionVeto;

/**
 * Images are not deleted while a legal hold names their patient, their study, or everything. A
 * hold's span of time counts by what lies in it: a study's record begins with its first image and
 * has not ended.
 */
@ApplicationScoped
public class HeldImages implements DeletionVeto {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Override
  @Transactional
  public Optional<String> reasonToKeep(String patientId, StudyInstanceUid study, Instant since) {
    Number holds =
        (Number)
            entities
                .createNativeQuery(
                    "select count(*) from legal_hold where lifted_at is null"
                        + " and coalesce(period_to, 'infinity') >= cast(:since as timestamptz)"
                        + " and ((patient_id is null and study_uid is null)"
                        + " or study_uid = :study or patient_id = :patient)")
                .setParameter("since", since.toString())
                .setParameter("study", study.value())
                .setParameter("patient", patientId == null ? "" : patientId)
                .getSingleResult();
    return holds.longValue() == 0
        ? Optional.empty()
        : Optional.of("legal holds in force: " + holds);
  }
}
