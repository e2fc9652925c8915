package org.vigil.tenancy.api;

/** What AI does for a hospital; permissions can be limited to some of these. */
public enum AiFeature {
  /** Findings of a model on an image. */
  DETECTION,
  /** Findings that change the reading order and raise alerts. */
  FLAGGING,
  /** Sizes and volumes. */
  MEASUREMENT,
  /** What changed since an earlier study. */
  COMPARISON,
  /** Results as reports: SR, ORU, FHIR. */
  REPORTING,
  /** Quality of images and of the AI itself: feedback, monitoring. */
  QUALITY
}
