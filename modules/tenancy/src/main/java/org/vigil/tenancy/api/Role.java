package org.vigil.tenancy.api;

/**
 * What a person or service is in a hospital; a JWT's {@code groups} hold these names. What each may
 * do is in {@link RoleTable}.
 */
public enum Role {
  /** Runs the installation; belongs to no hospital and sees no patient. */
  PLATFORM_ADMIN(Kind.PLATFORM),
  /** Runs the hospital's side: accounts, settings, exceptions; sees no image and no finding. */
  TENANT_ADMIN(Kind.PERSON),
  /** A radiologist who also answers for how AI is used in the department. */
  CHIEF_RADIOLOGIST(Kind.PERSON),
  RADIOLOGIST(Kind.PERSON),
  /** Reads under supervision; often limited to some modalities. */
  RESIDENT(Kind.PERSON),
  TECHNOLOGIST(Kind.PERSON),
  REFERRING_CLINICIAN(Kind.PERSON),
  /** On the ward: alerts, and the studies they are about. */
  NURSE(Kind.PERSON),
  /** Keeps images and results flowing; sees no finding. */
  PACS_ADMIN(Kind.PERSON),
  /** Answers for models: cards, deployment, feedback. */
  MODEL_STEWARD(Kind.PERSON),
  /** Consent, emergency access, unusual access. */
  PRIVACY_OFFICER(Kind.PERSON),
  /** Reports, retention, access reviews. */
  COMPLIANCE_OFFICER(Kind.PERSON),
  /** Reads and verifies the audit trail. */
  AUDITOR(Kind.PERSON),
  RIS_SERVICE(Kind.SERVICE),
  PACS_SERVICE(Kind.SERVICE),
  EHR_SERVICE(Kind.SERVICE),
  /** A peer system that is RIS, PACS and EHR in one. */
  SERVICE(Kind.SERVICE);

  private final Kind kind;

  Role(Kind kind) {
    this.kind = kind;
  }

  /** Whether it is for peer systems rather than people. */
  public boolean isService() {
    return kind == Kind.SERVICE;
  }

  /** Whether it belongs to the installation and to no hospital. */
  public boolean isOfThePlatform() {
    return kind == Kind.PLATFORM;
  }

  private enum Kind {
    PLATFORM,
    PERSON,
    SERVICE
  }
}
