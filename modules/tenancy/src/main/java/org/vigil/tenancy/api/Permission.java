package org.vigil.tenancy.api;

import java.util.Optional;

/**
 * One thing a person or service may do. A resource names the permission it needs; {@link RoleTable}
 * says which roles have it. A permission that concerns an AI feature is not given by a grant that
 * is limited to other features.
 */
public enum Permission {
  WORKLIST_VIEW(Area.READING, "see the reading order and hear of its changes"),
  READING_STATUS_CHANGE(Area.READING, "mark a study as being read, read or unread"),
  NIGHT_SUMMARY_VIEW(Area.READING, "see the figures of the night"),
  WORKITEM_VIEW(Area.READING, "search and see workitems of the unified worklist"),
  WORKITEM_CHANGE(Area.READING, "create, claim, change, complete and cancel workitems"),

  STUDY_VIEW(Area.IMAGES, "search studies and see their series"),
  IMAGE_VIEW(Area.IMAGES, "see images and their attributes"),
  IMAGE_STORE(Area.IMAGES, "send images to be stored and analysed"),
  IMAGE_DEIDENTIFY(Area.IMAGES, "take copies away that identify nobody"),

  ANALYSIS_VIEW(Area.AI, "see what a model said of an image", AiFeature.DETECTION),
  ANALYSIS_REQUEST(Area.AI, "ask for models to run on a study", AiFeature.DETECTION),
  ANALYSIS_CANCEL(Area.AI, "cancel a job that waits", AiFeature.DETECTION),
  AI_REVEAL(Area.AI, "reveal the AI while reading, which is recorded", AiFeature.DETECTION),
  FINDING_FEEDBACK(Area.AI, "say whether a finding is right", AiFeature.QUALITY),
  MODEL_VIEW(Area.AI, "see the models and their cards"),
  MODEL_DEPLOY(Area.AI, "enable, disable and replace models"),
  AI_FEATURE_VIEW(Area.AI, "see which AI features are on"),
  AI_FEATURE_CHANGE(Area.AI, "turn AI features on and off"),

  ALERT_VIEW(Area.ALERTS, "see alerts of critical findings", AiFeature.FLAGGING),
  ALERT_ACKNOWLEDGE(Area.ALERTS, "acknowledge an alert", AiFeature.FLAGGING),

  ORDER_VIEW(Area.EXCEPTIONS, "see orders, above all those without a study"),
  QUARANTINE_VIEW(Area.EXCEPTIONS, "see studies held back for another patient's order"),
  QUARANTINE_DECIDE(Area.EXCEPTIONS, "release or reject such a study"),
  DELIVERY_VIEW(Area.EXCEPTIONS, "see results on their way to PACS, RIS and EHR"),
  DELIVERY_RETRY(Area.EXCEPTIONS, "send a result again"),

  CONSENT_VIEW(Area.PRIVACY, "see patients' consent and opt-out"),
  CONSENT_CHANGE(Area.PRIVACY, "record patients' consent and opt-out"),
  BREAK_GLASS_REQUEST(Area.PRIVACY, "take wider access in an emergency, for a reason and a time"),
  BREAK_GLASS_REVIEW(Area.PRIVACY, "see and judge emergency access"),

  AUDIT_VIEW(Area.AUDIT, "search the audit trail"),
  AUDIT_EXPORT(Area.AUDIT, "take the audit trail and its reports away as a file"),
  AUDIT_VERIFY(Area.AUDIT, "verify the chain and its anchors"),
  ANOMALY_VIEW(Area.AUDIT, "see and settle unusual access"),
  RETENTION_ADMINISTER(Area.AUDIT, "set retention and legal holds"),
  ACCESS_REVIEW(Area.AUDIT, "see who holds which role and who has not used it"),

  ACCOUNT_VIEW(Area.HOSPITAL, "see accounts and their grants"),
  ACCOUNT_ADMINISTER(Area.HOSPITAL, "create, change, lock and unlock accounts; end sessions"),
  SERVICE_ACCOUNT_ADMINISTER(Area.HOSPITAL, "create, rotate and revoke service accounts"),
  IDENTITY_PROVIDER_ADMINISTER(
      Area.HOSPITAL, "set the hospital's OpenID provider, directory and log-in rules"),
  PACS_VIEW(
      Area.HOSPITAL,
      "see PACS nodes, whether they answer, what they are asked for, and who may call"),
  PACS_ADMINISTER(Area.HOSPITAL, "add, change, echo and remove PACS nodes and allowed callers"),

  TENANT_VIEW(Area.PLATFORM, "list hospitals"),
  TENANT_ADMINISTER(Area.PLATFORM, "create, suspend, export, restore and erase hospitals"),
  KEY_ADMINISTER(Area.PLATFORM, "rotate keys and see when they expire");

  private final Area area;
  private final String text;
  private final AiFeature feature;

  Permission(Area area, String text) {
    this(area, text, null);
  }

  Permission(Area area, String text, AiFeature feature) {
    this.area = area;
    this.text = text;
    this.feature = feature;
  }

  public Area area() {
    return area;
  }

  /** In words that go on after "may". */
  public String text() {
    return text;
  }

  /** The AI feature it concerns, if it concerns one. */
  public Optional<AiFeature> feature() {
    return Optional.ofNullable(feature);
  }

  /** Permissions that belong together; access reviews count by these. */
  public enum Area {
    READING,
    IMAGES,
    AI,
    ALERTS,
    EXCEPTIONS,
    PRIVACY,
    AUDIT,
    HOSPITAL,
    /** The installation, of which no hospital's role has any. */
    PLATFORM
  }
}
