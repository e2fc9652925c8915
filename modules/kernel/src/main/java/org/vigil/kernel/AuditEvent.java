package org.vigil.kernel;

import java.util.Map;
import java.util.Objects;

/**
 * Something that must be provable in seven years. A module fires it as a CDI event inside the
 * transaction that does the thing; {@code audit} observes it and writes it in that same
 * transaction, so neither exists without the other.
 *
 * @param action what happened, e.g. {@link Action#STUDY_RECEIVED}
 * @param outcome whether it succeeded
 * @param actor who did it
 * @param study the study concerned, or null
 * @param patientId the patient concerned as the hospital numbers him, or null
 * @param entity the row or object concerned (an analysis, order, alert, user …), or null
 * @param details further facts by name (model version, reason, destination …); values are short
 */
public record AuditEvent(
    Action action,
    Outcome outcome,
    Actor actor,
    StudyInstanceUid study,
    String patientId,
    String entity,
    Map<String, String> details) {

  public AuditEvent {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(actor, "actor");
    details = Map.copyOf(details);
  }

  public static AuditEvent of(Action action, Actor actor) {
    return new AuditEvent(action, Outcome.SUCCESS, actor, null, null, null, Map.of());
  }

  public AuditEvent outcome(Outcome changed) {
    return new AuditEvent(action, changed, actor, study, patientId, entity, details);
  }

  public AuditEvent about(StudyInstanceUid uid, String patient) {
    return new AuditEvent(action, outcome, actor, uid, patient, entity, details);
  }

  public AuditEvent on(String id) {
    return new AuditEvent(action, outcome, actor, study, patientId, id, details);
  }

  public AuditEvent with(Map<String, String> facts) {
    return new AuditEvent(action, outcome, actor, study, patientId, entity, facts);
  }

  /** What can happen. */
  public enum Action {
    LOGIN,
    LOGOUT,
    ACCESS_REFUSED,
    TOKEN_REFUSED,
    SESSION_ENDED,
    ROLE_CHANGED,
    ACCOUNT_CHANGED,
    PASSWORD_CHANGED,
    SECOND_FACTOR_CHANGED,
    SERVICE_ACCOUNT_CHANGED,
    KEY_ROTATED,
    BREAK_GLASS_BEGUN,
    BREAK_GLASS_USED,
    BREAK_GLASS_ENDED,
    BREAK_GLASS_REVIEWED,
    ACCESS_REVIEWED,
    ORDER_RECEIVED,
    MESSAGE_REFUSED,
    ASSOCIATION_REFUSED,
    STUDY_RECEIVED,
    OBJECT_REFUSED,
    STUDY_COMPLETED,
    PRIORS_QUERIED,
    PRIOR_RETRIEVED,
    STORAGE_COMMITMENT_RECEIVED,
    STORAGE_COMMITMENT_GIVEN,
    MODALITY_WORKLIST_QUERIED,
    PROCEDURE_STEP_REPORTED,
    WORKITEM_CREATED,
    WORKITEM_CHANGED,
    WORKITEMS_VIEWED,
    WORKITEM_SUBSCRIBED,
    WORKITEM_UNSUBSCRIBED,
    WORKITEMS_FOLLOWED,
    WORKITEM_CANCELLATION_REQUESTED,
    WORKITEM_DELETED,
    STUDY_MATCHED,
    STUDY_QUARANTINED,
    STUDY_RELEASED,
    STUDY_REJECTED,
    IMAGE_ACCESSED,
    STUDIES_SEARCHED,
    STUDY_DEIDENTIFIED,
    STUDY_VIEWED,
    WORKLIST_VIEWED,
    WORKLIST_FOLLOWED,
    ORDERS_VIEWED,
    QUARANTINE_VIEWED,
    DELIVERIES_VIEWED,
    ALERTS_VIEWED,
    ANALYSES_LISTED,
    ANALYSIS_VIEWED,
    ANALYSIS_REQUESTED,
    ANALYSIS_STARTED,
    ANALYSIS_COMPLETED,
    ANALYSIS_FAILED,
    ANALYSIS_NOT_RUN,
    ANALYSIS_CANCELLED,
    AI_REVEALED,
    FEEDBACK_GIVEN,
    READING_STATUS_CHANGED,
    RESULT_DELIVERED,
    RESULT_DELIVERY_FAILED,
    RESULT_DELIVERY_RETRIED,
    ALERT_RAISED,
    ALERT_SENT,
    ALERT_ESCALATED,
    ALERT_ACKNOWLEDGED,
    TENANT_CREATED,
    TENANT_SUSPENDED,
    TENANT_RESUMED,
    TENANT_MIGRATED,
    TENANT_EXPORTED,
    TENANT_RESTORED,
    TENANT_ERASED,
    FEATURE_CHANGED,
    FEATURE_REFUSED,
    CONSENT_CHANGED,
    CONSENT_QUERIED,
    CONSENT_REFUSED,
    CONFIGURATION_CHANGED,
    MODEL_DEPLOYED,
    STORAGE_VERIFIED,
    IMAGES_MOVED,
    IMAGES_RELEASED,
    ADMINISTRATION_QUERIED,
    AUDIT_QUERIED,
    AUDIT_EXPORTED,
    AUDIT_VERIFIED,
    AUDIT_PROVED,
    AUDIT_DELETED,
    LEGAL_HOLD_SET,
    LEGAL_HOLD_LIFTED,
    WATCH_SET,
    WATCH_LIFTED,
    ANOMALY_FOUND,
    ANOMALY_REVIEWED
  }

  /** How it ended. */
  public enum Outcome {
    SUCCESS,
    REFUSED,
    FAILURE
  }
}
