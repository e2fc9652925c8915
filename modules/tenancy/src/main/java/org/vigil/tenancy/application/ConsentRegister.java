package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Consents;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.persistence.ConsentEntity;

/** What patients said, in their hospital's schema. */
@ApplicationScoped
@Transactional
public class ConsentRegister implements Consents {
  /** VR LO and PID-3.1 as used: PS3.5 §6.2. */
  private static final int LONGEST_ID = 64;

  private static final int LONGEST_LIST = 1000;

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Inject private Event<AuditEvent> audit;

  @Override
  public boolean hasOptedOut(Scope scope, String patientId, String issuer) {
    TenantContext.current();
    if (patientId == null || patientId.isBlank()) {
      return false;
    }
    return !entities
        .createQuery(
            "select c.key.patientId from ConsentEntity c where c.key.patientId = :patient"
                + " and c.key.scope = :scope and c.optedOut = true"
                + " and (:issuer = '' or c.key.issuer = '' or lower(c.key.issuer) = lower(:issuer))",
            String.class)
        .setParameter("patient", patientId.strip())
        .setParameter("scope", scope)
        .setParameter("issuer", text(issuer))
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  @Override
  public void record(Wish wish, Actor actor) {
    TenantContext.current();
    String why = Reasons.required(wish.reason());
    String patient = text(wish.patientId());
    if (patient.isEmpty() || patient.length() > LONGEST_ID || text(wish.issuer()).length() > 64) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of(
              "field", "patientId, issuer", "problem", "1 to 64 characters; the issuer may miss"));
    }
    ConsentEntity row =
        new ConsentEntity(new ConsentEntity.Key(patient, text(wish.issuer()), wish.scope()));
    row.record(wish.optOut(), why, actor.name(), Instant.now().truncatedTo(ChronoUnit.MICROS));
    entities.merge(row);
    audit.fire(
        AuditEvent.of(Action.CONSENT_CHANGED, actor)
            .about(null, patient)
            .with(
                Map.of(
                    "scope", wish.scope().name(),
                    "optedOut", Boolean.toString(wish.optOut()),
                    "reason", why)));
  }

  @Override
  public List<Note> query(String patientId, int limit, Actor actor) {
    TenantContext.current();
    String patient = text(patientId);
    List<Note> found =
        entities
            .createQuery(
                "select c from ConsentEntity c where (:patient = '' or c.key.patientId = :patient)"
                    + " order by c.changedAt desc, c.key.patientId, c.key.scope",
                ConsentEntity.class)
            .setParameter("patient", patient)
            .setMaxResults(Math.max(1, Math.min(limit, LONGEST_LIST)))
            .getResultStream()
            .map(ConsentEntity::toView)
            .toList();
    audit.fire(
        AuditEvent.of(Action.CONSENT_QUERIED, actor)
            .about(null, patient.isEmpty() ? null : patient)
            .with(Map.of("found", Integer.toString(found.size()))));
    return found;
  }

  private static String text(String value) {
    return value == null ? "" : value.strip();
  }
}
