package org.vigil.tests.system;

import java.util.Map;
import java.util.TreeMap;

/** Which permission each endpoint needs, said a second time and apart from the code. */
final class EndpointTable {
  static final String ANYBODY = "anybody";
  static final String LOGGED_IN = "logged in";

  /** By method and path; of several permissions, separated by bars, one is enough. */
  static final Map<String, String> EXPECTED = new TreeMap<>();

  static {
    EXPECTED.put("POST api/auth/login", ANYBODY);
    EXPECTED.put("POST api/auth/logout", LOGGED_IN);
    EXPECTED.put("GET api/auth/me", LOGGED_IN);
    EXPECTED.put("POST api/auth/token", ANYBODY);
    EXPECTED.put("GET api/auth/profile", LOGGED_IN);
    EXPECTED.put("POST api/auth/profile/password", LOGGED_IN);
    EXPECTED.put("POST api/auth/profile/second-factor", LOGGED_IN);
    EXPECTED.put("POST api/auth/profile/second-factor/confirm", LOGGED_IN);
    EXPECTED.put("DELETE api/auth/profile/second-factor", LOGGED_IN);

    EXPECTED.put("GET api/accounts", "ACCOUNT_VIEW");
    EXPECTED.put("PUT api/accounts/{user}", "ACCOUNT_ADMINISTER");
    EXPECTED.put("POST api/accounts/{user}/unlock", "ACCOUNT_ADMINISTER");
    EXPECTED.put("DELETE api/accounts/{user}/second-factor", "ACCOUNT_ADMINISTER");
    EXPECTED.put("DELETE api/accounts/{user}/sessions", "ACCOUNT_ADMINISTER");
    EXPECTED.put("GET api/accounts/sessions", "ACCOUNT_ADMINISTER");
    EXPECTED.put("GET api/service-accounts", "SERVICE_ACCOUNT_ADMINISTER");
    EXPECTED.put("POST api/service-accounts", "SERVICE_ACCOUNT_ADMINISTER");
    EXPECTED.put("POST api/service-accounts/{id}/rotate", "SERVICE_ACCOUNT_ADMINISTER");
    EXPECTED.put("DELETE api/service-accounts/{id}", "SERVICE_ACCOUNT_ADMINISTER");
    EXPECTED.put("GET api/login-policy", "IDENTITY_PROVIDER_ADMINISTER");
    EXPECTED.put("PUT api/login-policy", "IDENTITY_PROVIDER_ADMINISTER");
    EXPECTED.put("GET api/auth/openid", ANYBODY);
    EXPECTED.put("GET api/auth/openid/start", ANYBODY);
    EXPECTED.put("GET api/auth/openid/callback", ANYBODY);
    EXPECTED.put("GET api/identity-provider", "IDENTITY_PROVIDER_ADMINISTER");
    EXPECTED.put("PUT api/identity-provider", "IDENTITY_PROVIDER_ADMINISTER");
    EXPECTED.put("DELETE api/identity-provider", "IDENTITY_PROVIDER_ADMINISTER");
    EXPECTED.put("GET api/directory", "IDENTITY_PROVIDER_ADMINISTER");
    EXPECTED.put("PUT api/directory", "IDENTITY_PROVIDER_ADMINISTER");
    EXPECTED.put("DELETE api/directory", "IDENTITY_PROVIDER_ADMINISTER");
    EXPECTED.put("POST api/break-glass", "BREAK_GLASS_REQUEST");
    EXPECTED.put("GET api/break-glass/current", "BREAK_GLASS_REQUEST");
    EXPECTED.put("DELETE api/break-glass/current", "BREAK_GLASS_REQUEST");
    EXPECTED.put("GET api/break-glass", "BREAK_GLASS_REVIEW");
    EXPECTED.put("POST api/break-glass/{id}/review", "BREAK_GLASS_REVIEW");
    EXPECTED.put("GET api/access-review", "ACCESS_REVIEW");
    EXPECTED.put("GET api/access-review/csv", "ACCESS_REVIEW");
    EXPECTED.put("GET api/platform/keys/jwt", "KEY_ADMINISTER");
    EXPECTED.put("POST api/platform/keys/jwt/rotate", "KEY_ADMINISTER");

    EXPECTED.put("GET api/worklist", "WORKLIST_VIEW");
    EXPECTED.put("GET api/worklist/events", "WORKLIST_VIEW");
    EXPECTED.put("PUT api/worklist/{study}/reading-status", "READING_STATUS_CHANGE");
    EXPECTED.put("GET api/night-summary", "NIGHT_SUMMARY_VIEW");
    EXPECTED.put("GET api/studies/{study}", "STUDY_VIEW");
    EXPECTED.put("POST api/studies/{study}/deidentified-copy", "IMAGE_DEIDENTIFY");

    EXPECTED.put("GET api/image-analysis", "ANALYSIS_VIEW");
    EXPECTED.put("POST api/image-analysis", "ANALYSIS_REQUEST");
    EXPECTED.put("GET api/image-analysis/{id}", "ANALYSIS_VIEW");
    EXPECTED.put("DELETE api/image-analysis/{id}", "ANALYSIS_CANCEL");
    EXPECTED.put("GET api/image-analysis/{id}/heat-map", "ANALYSIS_VIEW");
    EXPECTED.put("POST api/image-analysis/{id}/reveal", "AI_REVEAL");
    EXPECTED.put("POST api/image-analysis/{id}/findings/{finding}/feedback", "FINDING_FEEDBACK");
    EXPECTED.put("GET api/models", "MODEL_VIEW");
    EXPECTED.put("PUT api/models/{id}/deployment", "MODEL_DEPLOY");

    EXPECTED.put("GET api/ai-features", "AI_FEATURE_VIEW");
    EXPECTED.put("PUT api/ai-features/{featureKey}", "AI_FEATURE_CHANGE");
    EXPECTED.put("GET api/ai-features/audit-log", "AI_FEATURE_CHANGE|AUDIT_VIEW");
    EXPECTED.put("POST api/consents/query", "CONSENT_VIEW");
    EXPECTED.put("PUT api/consents", "CONSENT_CHANGE");

    EXPECTED.put("GET api/alerts", "ALERT_VIEW");
    EXPECTED.put("POST api/alerts/{id}/acknowledge", "ALERT_ACKNOWLEDGE");
    EXPECTED.put("GET api/orders", "ORDER_VIEW");
    EXPECTED.put("GET api/quarantine", "QUARANTINE_VIEW");
    EXPECTED.put("POST api/quarantine/{study}/release", "QUARANTINE_DECIDE");
    EXPECTED.put("POST api/quarantine/{study}/reject", "QUARANTINE_DECIDE");
    EXPECTED.put("GET api/deliveries", "DELIVERY_VIEW");
    EXPECTED.put("POST api/deliveries/{id}/retry", "DELIVERY_RETRY");

    EXPECTED.put("GET api/storage-commitments", "PACS_VIEW");
    EXPECTED.put("GET api/pacs-nodes", "PACS_VIEW");
    EXPECTED.put("PUT api/pacs-nodes/{name}", "PACS_ADMINISTER");
    EXPECTED.put("DELETE api/pacs-nodes/{name}", "PACS_ADMINISTER");
    EXPECTED.put("POST api/pacs-nodes/{name}/echo", "PACS_ADMINISTER");

    EXPECTED.put("GET api/allowed-callers", "PACS_VIEW");
    EXPECTED.put("PUT api/allowed-callers/{aeTitle}", "PACS_ADMINISTER");
    EXPECTED.put("DELETE api/allowed-callers/{aeTitle}", "PACS_ADMINISTER");

    EXPECTED.put("GET api/audit", "AUDIT_VIEW");
    EXPECTED.put("POST api/audit/search", "AUDIT_VIEW");
    EXPECTED.put("POST api/audit-integrity/verify", "AUDIT_VERIFY");
    EXPECTED.put("GET api/audit-integrity/proofs/{event}", "AUDIT_VERIFY");
    EXPECTED.put("GET api/audit-integrity/anchors", "AUDIT_VERIFY");
    EXPECTED.put("GET api/audit-integrity/anchors/{day}", "AUDIT_VERIFY");
    EXPECTED.put("POST api/audit-export/csv", "AUDIT_EXPORT");
    EXPECTED.put("POST api/audit-export/fhir", "AUDIT_EXPORT");
    EXPECTED.put("POST api/audit-export/dicom", "AUDIT_EXPORT");
    EXPECTED.put("GET api/audit-export/AuditEvent", "AUDIT_EXPORT");
    EXPECTED.put("GET api/audit-export/report", "AUDIT_EXPORT");
    EXPECTED.put("GET api/legal-holds", "RETENTION_ADMINISTER");
    EXPECTED.put("POST api/legal-holds", "RETENTION_ADMINISTER");
    EXPECTED.put("POST api/legal-holds/{id}/lift", "RETENTION_ADMINISTER");
    EXPECTED.put("GET api/anomalies", "ANOMALY_VIEW");
    EXPECTED.put("POST api/anomalies/{id}/review", "ANOMALY_VIEW");
    EXPECTED.put("GET api/anomalies/watched", "ANOMALY_VIEW");
    EXPECTED.put("POST api/anomalies/watched", "ANOMALY_VIEW");
    EXPECTED.put("POST api/anomalies/watched/end", "ANOMALY_VIEW");
    EXPECTED.put("GET api/platform/audit-cost", "TENANT_VIEW");

    EXPECTED.put("GET api/platform/tenants", "TENANT_VIEW");
    EXPECTED.put("POST api/platform/tenants", "TENANT_ADMINISTER");
    EXPECTED.put("GET api/platform/tenants/{id}", "TENANT_VIEW");
    for (String act : new String[] {"suspend", "resume", "migrate", "export"}) {
      EXPECTED.put("POST api/platform/tenants/{id}/" + act, "TENANT_ADMINISTER");
    }
    EXPECTED.put("POST api/platform/tenants/restore", "TENANT_ADMINISTER");
    EXPECTED.put("DELETE api/platform/tenants/{id}", "TENANT_ADMINISTER");
    EXPECTED.put("GET api/platform/keys", "KEY_ADMINISTER");
    EXPECTED.put("GET api/rejected-objects", "QUARANTINE_VIEW");
    EXPECTED.put("GET api/rejected-objects/{name}", "QUARANTINE_VIEW");
    EXPECTED.put("GET api/platform/keys/tls", "KEY_ADMINISTER");
    EXPECTED.put("POST api/platform/keys/tls/reload", "KEY_ADMINISTER");
    EXPECTED.put("GET api/platform/peer-policies/{tenant}", "TENANT_ADMINISTER");
    EXPECTED.put("PUT api/platform/peer-policies/{tenant}", "TENANT_ADMINISTER");
    EXPECTED.put("POST api/platform/keys/master/rotation", "KEY_ADMINISTER");
    EXPECTED.put("POST api/platform/keys/tenants/{tenant}/rotation", "KEY_ADMINISTER");
    EXPECTED.put("POST api/platform/storage/{tenant}/verifications", "TENANT_ADMINISTER");
    EXPECTED.put("GET api/platform/storage/{tenant}/verifications/{id}", "TENANT_ADMINISTER");
    EXPECTED.put("GET api/platform/storage/{tenant}/tiers", "TENANT_ADMINISTER");
    EXPECTED.put("POST api/platform/storage/{tenant}/tiers/runs", "TENANT_ADMINISTER");
    String nodes = "api/platform/tenants/{tenant}/pacs-nodes";
    EXPECTED.put("GET " + nodes, "TENANT_ADMINISTER");
    EXPECTED.put("PUT " + nodes + "/{name}", "TENANT_ADMINISTER");
    EXPECTED.put("DELETE " + nodes + "/{name}", "TENANT_ADMINISTER");
    EXPECTED.put("POST " + nodes + "/{name}/echo", "TENANT_ADMINISTER");
    String callers = "api/platform/tenants/{tenant}/allowed-callers";
    EXPECTED.put("GET " + callers, "TENANT_ADMINISTER");
    EXPECTED.put("PUT " + callers + "/{aeTitle}", "TENANT_ADMINISTER");
    EXPECTED.put("DELETE " + callers + "/{aeTitle}", "TENANT_ADMINISTER");

    String study = "dicomweb/studies/{study}";
    String series = study + "/series/{series}";
    String instance = series + "/instances/{instance}";
    EXPECTED.put("GET dicomweb/studies", "STUDY_VIEW");
    EXPECTED.put("GET dicomweb/series", "IMAGE_VIEW");
    EXPECTED.put("GET dicomweb/instances", "IMAGE_VIEW");
    EXPECTED.put("POST dicomweb/studies", "IMAGE_STORE");
    EXPECTED.put("POST " + study, "IMAGE_STORE");
    String workitem = "dicomweb/workitems/{workitem}";
    EXPECTED.put("POST dicomweb/workitems", "WORKITEM_CHANGE");
    EXPECTED.put("GET dicomweb/workitems", "WORKITEM_VIEW");
    EXPECTED.put("GET " + workitem, "WORKITEM_VIEW");
    EXPECTED.put("POST " + workitem, "WORKITEM_CHANGE");
    EXPECTED.put("PUT " + workitem + "/state", "WORKITEM_CHANGE");
    EXPECTED.put("POST " + workitem + "/cancelrequest", "WORKITEM_CHANGE");
    String subscriber = workitem + "/subscribers/{aetitle}";
    EXPECTED.put("POST " + subscriber, "WORKITEM_VIEW");
    EXPECTED.put("DELETE " + subscriber, "WORKITEM_VIEW");
    EXPECTED.put("POST " + subscriber + "/suspend", "WORKITEM_VIEW");
    for (String path :
        new String[] {
          study,
          study + "/metadata",
          study + "/series",
          study + "/instances",
          series,
          series + "/metadata",
          series + "/instances",
          instance,
          instance + "/metadata",
          instance + "/rendered",
          instance + "/thumbnail",
          instance + "/frames/{frames}",
          instance + "/frames/{frame}/rendered",
          instance + "/bulkdata/{path:.+}"
        }) {
      EXPECTED.put("GET " + path, "IMAGE_VIEW");
    }
  }

  private EndpointTable() {}
}
