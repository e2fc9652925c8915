package org.vigil.tenancy.api;

/** What a person or service is in a hospital; a JWT's {@code groups} hold these names. */
public enum Role {
  /** Runs the installation; belongs to no hospital and sees no patient. */
  PLATFORM_ADMIN,
  TENANT_ADMIN,
  RADIOLOGIST,
  REFERRING_CLINICIAN,
  TECHNOLOGIST,
  AUDITOR,
  /** A peer system: RIS, PACS, EHR. */
  SERVICE
}
