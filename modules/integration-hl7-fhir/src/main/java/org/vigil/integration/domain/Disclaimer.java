package org.vigil.integration.domain;

/** The sentence without which no result leaves. */
public final class Disclaimer {
  public static final String TEXT =
      "AI assistance is not diagnostic. Preliminary result of a model, not reviewed by a"
          + " radiologist.";

  /** Added where the model's manifest says so. */
  public static final String NOT_FOR_CLINICAL_USE = "This model is not for clinical use.";

  private Disclaimer() {}

  /** Both sentences, or the first alone. */
  public static String of(boolean notForClinicalUse) {
    return notForClinicalUse ? TEXT + " " + NOT_FOR_CLINICAL_USE : TEXT;
  }
}
