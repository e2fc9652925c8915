package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.audit.api.LegalHolds;
import org.vigil.audit.persistence.AuditEventRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** Legal holds of the current tenant; each is set and lifted with a reason, and audited. */
@ApplicationScoped
@Transactional
public class LegalHoldRegister implements LegalHolds {
  private static final String COLUMNS =
      "id, patient_id, study_uid, period_from, period_to, reason, set_by, set_at, lifted_by,"
          + " lifted_at, lift_reason";

  @Inject private Event<AuditEvent> audit;

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Override
  @SuppressWarnings("unchecked")
  public List<Hold> list() {
    List<Object[]> rows =
        entities
            .createNativeQuery(
                "select " + COLUMNS + " from " + table() + " order by set_at desc", Object[].class)
            .getResultList();
    return rows.stream().map(LegalHoldRegister::hold).toList();
  }

  @Override
  public Hold set(NewHold hold, Actor actor) {
    if (hold.reason() == null || hold.reason().isBlank()) {
      throw new VigilException(ErrorCode.ANALYSIS_0006);
    }
    StudyInstanceUid study =
        hold.studyInstanceUid() == null ? null : StudyInstanceUid.of(hold.studyInstanceUid());
    UUID id = UUID.randomUUID();
    Object[] row =
        (Object[])
            entities
                .createNativeQuery(
                    "insert into "
                        + table()
                        + " (id, patient_id, study_uid, period_from, period_to, reason, set_by)"
                        + " values (:id, :patient, :study, cast(:from as timestamptz),"
                        + " cast(:to as timestamptz), :reason, :by) returning "
                        + COLUMNS,
                    Object[].class)
                .setParameter("id", id)
                .setParameter("patient", hold.patientId())
                .setParameter("study", hold.studyInstanceUid())
                .setParameter("from", text(hold.from()))
                .setParameter("to", text(hold.to()))
                .setParameter("reason", hold.reason())
                .setParameter("by", actor.name())
                .getSingleResult();
    audit.fire(
        AuditEvent.of(Action.LEGAL_HOLD_SET, actor)
            .about(study, hold.patientId())
            .on(id.toString())
            .with(Map.of("reason", hold.reason())));
    return hold(row);
  }

  @Override
  public void lift(UUID id, String reason, Actor actor) {
    if (reason == null || reason.isBlank()) {
      throw new VigilException(ErrorCode.ANALYSIS_0006);
    }
    int lifted =
        entities
            .createNativeQuery(
                "update "
                    + table()
                    + " set lifted_by = :by, lifted_at = clock_timestamp(), lift_reason = :reason"
                    + " where id = :id and lifted_at is null")
            .setParameter("by", actor.name())
            .setParameter("reason", reason)
            .setParameter("id", id)
            .executeUpdate();
    if (lifted == 0) {
      throw new VigilException(ErrorCode.AUDIT_0006, Map.of("id", id));
    }
    audit.fire(
        AuditEvent.of(Action.LEGAL_HOLD_LIFTED, actor)
            .on(id.toString())
            .with(Map.of("reason", reason)));
  }

  private static String table() {
    return AuditEventRepository.schema() + ".legal_hold";
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static Hold hold(Object[] row) {
    return new Hold(
        (UUID) row[0],
        (String) row[1],
        (String) row[2],
        (Instant) row[3],
        (Instant) row[4],
        (String) row[5],
        (String) row[6],
        (Instant) row[7],
        (String) row[8],
        (Instant) row[9],
        (String) row[10]);
  }
}
