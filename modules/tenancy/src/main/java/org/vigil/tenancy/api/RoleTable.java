package org.vigil.tenancy.api;

import static org.vigil.tenancy.api.Permission.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which role has which permission: the one table. docs/security.md shows it; a test compares the
 * two.
 */
public final class RoleTable {
  private static final Map<Role, Set<Permission>> TABLE = new EnumMap<>(Role.class);

  static {
    grant(Role.PLATFORM_ADMIN, TENANT_VIEW, TENANT_ADMINISTER, KEY_ADMINISTER);
    grant(
        Role.TENANT_ADMIN,
        WORKLIST_VIEW,
        NIGHT_SUMMARY_VIEW,
        MODEL_VIEW,
        AI_FEATURE_VIEW,
        AI_FEATURE_CHANGE,
        ORDER_VIEW,
        QUARANTINE_VIEW,
        QUARANTINE_DECIDE,
        DELIVERY_VIEW,
        DELIVERY_RETRY,
        BREAK_GLASS_REVIEW,
        ACCESS_REVIEW,
        ACCOUNT_VIEW,
        ACCOUNT_ADMINISTER,
        SERVICE_ACCOUNT_ADMINISTER,
        IDENTITY_PROVIDER_ADMINISTER,
        PACS_VIEW,
        PACS_ADMINISTER,
        WORKITEM_VIEW);
    grant(
        Role.RADIOLOGIST,
        WORKLIST_VIEW,
        READING_STATUS_CHANGE,
        NIGHT_SUMMARY_VIEW,
        STUDY_VIEW,
        IMAGE_VIEW,
        ANALYSIS_VIEW,
        ANALYSIS_REQUEST,
        ANALYSIS_CANCEL,
        AI_REVEAL,
        FINDING_FEEDBACK,
        MODEL_VIEW,
        AI_FEATURE_VIEW,
        ALERT_VIEW,
        ALERT_ACKNOWLEDGE,
        ORDER_VIEW,
        QUARANTINE_VIEW,
        QUARANTINE_DECIDE,
        DELIVERY_VIEW,
        CONSENT_VIEW,
        BREAK_GLASS_REQUEST,
        WORKITEM_VIEW);
    grant(Role.CHIEF_RADIOLOGIST, of(Role.RADIOLOGIST));
    grant(Role.CHIEF_RADIOLOGIST, IMAGE_DEIDENTIFY, AI_FEATURE_CHANGE, ACCESS_REVIEW);
    grant(
        Role.RESIDENT,
        WORKLIST_VIEW,
        READING_STATUS_CHANGE,
        STUDY_VIEW,
        IMAGE_VIEW,
        ANALYSIS_VIEW,
        AI_REVEAL,
        FINDING_FEEDBACK,
        MODEL_VIEW,
        AI_FEATURE_VIEW,
        ALERT_VIEW,
        ORDER_VIEW,
        BREAK_GLASS_REQUEST,
        WORKITEM_VIEW);
    grant(
        Role.TECHNOLOGIST,
        WORKLIST_VIEW,
        NIGHT_SUMMARY_VIEW,
        STUDY_VIEW,
        IMAGE_VIEW,
        IMAGE_STORE,
        MODEL_VIEW,
        ORDER_VIEW,
        QUARANTINE_VIEW,
        QUARANTINE_DECIDE,
        DELIVERY_VIEW,
        DELIVERY_RETRY,
        PACS_VIEW,
        WORKITEM_VIEW,
        WORKITEM_CHANGE);
    grant(
        Role.REFERRING_CLINICIAN,
        STUDY_VIEW,
        IMAGE_VIEW,
        ANALYSIS_VIEW,
        MODEL_VIEW,
        ALERT_VIEW,
        ALERT_ACKNOWLEDGE,
        BREAK_GLASS_REQUEST);
    grant(Role.NURSE, STUDY_VIEW, MODEL_VIEW, ALERT_VIEW, ALERT_ACKNOWLEDGE);
    grant(
        Role.PACS_ADMIN,
        WORKLIST_VIEW,
        NIGHT_SUMMARY_VIEW,
        STUDY_VIEW,
        IMAGE_VIEW,
        IMAGE_STORE,
        IMAGE_DEIDENTIFY,
        MODEL_VIEW,
        ORDER_VIEW,
        QUARANTINE_VIEW,
        QUARANTINE_DECIDE,
        DELIVERY_VIEW,
        DELIVERY_RETRY,
        PACS_VIEW,
        PACS_ADMINISTER,
        WORKITEM_VIEW,
        WORKITEM_CHANGE);
    grant(
        Role.MODEL_STEWARD,
        NIGHT_SUMMARY_VIEW,
        ANALYSIS_VIEW,
        MODEL_VIEW,
        MODEL_DEPLOY,
        AI_FEATURE_VIEW,
        AI_FEATURE_CHANGE);
    grant(
        Role.PRIVACY_OFFICER,
        MODEL_VIEW,
        AI_FEATURE_VIEW,
        CONSENT_VIEW,
        CONSENT_CHANGE,
        BREAK_GLASS_REVIEW,
        AUDIT_VIEW,
        ANOMALY_VIEW,
        ACCESS_REVIEW,
        ACCOUNT_VIEW);
    grant(
        Role.COMPLIANCE_OFFICER,
        NIGHT_SUMMARY_VIEW,
        MODEL_VIEW,
        AI_FEATURE_VIEW,
        AUDIT_VIEW,
        AUDIT_EXPORT,
        AUDIT_VERIFY,
        ANOMALY_VIEW,
        RETENTION_ADMINISTER,
        ACCESS_REVIEW,
        ACCOUNT_VIEW);
    grant(
        Role.AUDITOR,
        NIGHT_SUMMARY_VIEW,
        MODEL_VIEW,
        AUDIT_VIEW,
        AUDIT_EXPORT,
        AUDIT_VERIFY,
        ANOMALY_VIEW,
        ACCESS_REVIEW);
    grant(
        Role.RIS_SERVICE,
        WORKLIST_VIEW,
        MODEL_VIEW,
        ORDER_VIEW,
        DELIVERY_VIEW,
        WORKITEM_VIEW,
        WORKITEM_CHANGE);
    grant(
        Role.PACS_SERVICE,
        STUDY_VIEW,
        IMAGE_VIEW,
        IMAGE_STORE,
        ANALYSIS_VIEW,
        ANALYSIS_REQUEST,
        MODEL_VIEW,
        DELIVERY_VIEW,
        DELIVERY_RETRY,
        WORKITEM_VIEW,
        WORKITEM_CHANGE);
    grant(
        Role.EHR_SERVICE,
        STUDY_VIEW,
        ANALYSIS_VIEW,
        MODEL_VIEW,
        ALERT_VIEW,
        ALERT_ACKNOWLEDGE,
        CONSENT_VIEW,
        CONSENT_CHANGE);
    grant(
        Role.SERVICE,
        WORKLIST_VIEW,
        NIGHT_SUMMARY_VIEW,
        STUDY_VIEW,
        IMAGE_VIEW,
        ANALYSIS_VIEW,
        ANALYSIS_REQUEST,
        ANALYSIS_CANCEL,
        MODEL_VIEW,
        AI_FEATURE_VIEW,
        ALERT_VIEW,
        ALERT_ACKNOWLEDGE,
        ORDER_VIEW,
        DELIVERY_VIEW,
        DELIVERY_RETRY,
        CONSENT_VIEW,
        CONSENT_CHANGE,
        WORKITEM_VIEW,
        WORKITEM_CHANGE);
  }

  private RoleTable() {}

  /** What a role may do; a copy. */
  public static Set<Permission> of(Role role) {
    return EnumSet.copyOf(TABLE.get(role));
  }

  private static void grant(Role role, Permission... permissions) {
    grant(role, Set.of(permissions));
  }

  private static void grant(Role role, Set<Permission> permissions) {
    TABLE.computeIfAbsent(role, r -> EnumSet.noneOf(Permission.class)).addAll(permissions);
  }
}
