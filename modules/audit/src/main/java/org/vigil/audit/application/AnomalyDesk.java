package org.vigil.audit.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.vigil.audit.api.Anomalies;
import org.vigil.audit.persistence.AuditEventRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** What the privacy officer sees of unusual access, and says about it. */
@ApplicationScoped
@Transactional
public class AnomalyDesk implements Anomalies {
  private static final TypeReference<Map<String, String>> EVIDENCE = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject private Event<AuditEvent> audit;

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  private volatile Function<StudyInstanceUid, Optional<String>> familyNames =
      study -> Optional.empty();

  @Override
  @SuppressWarnings("unchecked")
  public List<Anomaly> list(boolean openOnly) {
    List<Object[]> rows =
        entities
            .createNativeQuery(
                "select id, rule, actor_name, patient_id, event_id, event_at, evidence::text,"
                    + " raised_at, reviewed_by, reviewed_at, review_comment from "
                    + table("audit_alert")
                    + (openOnly ? " where reviewed_at is null" : "")
                    + " order by raised_at desc limit 500",
                Object[].class)
            .getResultList();
    return rows.stream()
        .map(
            row ->
                new Anomaly(
                    (UUID) row[0],
                    (String) row[1],
                    (String) row[2],
                    (String) row[3],
                    ((Number) row[4]).longValue(),
                    (Instant) row[5],
                    evidence((String) row[6]),
                    (Instant) row[7],
                    (String) row[8],
                    (Instant) row[9],
                    (String) row[10]))
        .toList();
  }

  @Override
  public void review(UUID id, String comment, Actor actor) {
    require(comment);
    int reviewed =
        entities
            .createNativeQuery(
                "update "
                    + table("audit_alert")
                    + " set reviewed_by = :by, reviewed_at = clock_timestamp(),"
                    + " review_comment = :comment where id = :id and reviewed_at is null")
            .setParameter("by", actor.name())
            .setParameter("comment", comment)
            .setParameter("id", id)
            .executeUpdate();
    if (reviewed == 0) {
      throw new VigilException(ErrorCode.AUDIT_0007, Map.of("id", id));
    }
    audit.fire(
        AuditEvent.of(Action.ANOMALY_REVIEWED, actor)
            .on(id.toString())
            .with(Map.of("comment", comment)));
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<Watched> watched() {
    List<Object[]> rows =
        entities
            .createNativeQuery(
                "select patient_id, user_name, note, set_by, set_at from "
                    + table("watched_patient")
                    + " order by set_at desc",
                Object[].class)
            .getResultList();
    return rows.stream()
        .map(
            row ->
                new Watched(
                    (String) row[0],
                    ((String) row[1]).isEmpty() ? null : (String) row[1],
                    (String) row[2],
                    (String) row[3],
                    (Instant) row[4]))
        .toList();
  }

  @Override
  public void watch(String patientId, String userName, String note, Actor actor) {
    require(note);
    entities
        .createNativeQuery(
            "insert into "
                + table("watched_patient")
                + " (patient_id, user_name, note, set_by) values (:patient, :user, :note, :by)"
                + " on conflict do nothing")
        .setParameter("patient", patientId)
        .setParameter("user", userName == null ? "" : userName)
        .setParameter("note", note)
        .setParameter("by", actor.name())
        .executeUpdate();
    audit.fire(AuditEvent.of(Action.WATCH_SET, actor).about(null, patientId));
  }

  @Override
  public void unwatch(String patientId, String userName, Actor actor) {
    entities
        .createNativeQuery(
            "delete from "
                + table("watched_patient")
                + " where patient_id = :patient and user_name = :user")
        .setParameter("patient", patientId)
        .setParameter("user", userName == null ? "" : userName)
        .executeUpdate();
    audit.fire(AuditEvent.of(Action.WATCH_LIFTED, actor).about(null, patientId));
  }

  @Override
  public void recogniseFamilyNames(Function<StudyInstanceUid, Optional<String>> familyNameOf) {
    familyNames = familyNameOf;
  }

  /** The family name of a study's patient, if anybody knows it. */
  Optional<String> familyName(StudyInstanceUid study) {
    return familyNames.apply(study);
  }

  private static void require(String reason) {
    if (reason == null || reason.isBlank()) {
      throw new VigilException(ErrorCode.ANALYSIS_0006);
    }
  }

  private static String table(String name) {
    return AuditEventRepository.schema() + "." + name;
  }

  private static Map<String, String> evidence(String json) {
    try {
      return JSON.readValue(json, EVIDENCE);
    } catch (JsonProcessingException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "anomaly"), e);
    }
  }
}
