package org.vigil.integration.domain;

import org.vigil.kernel.Code;

/** The coded concepts of outgoing messages, each in this one place. */
public final class Codes {
  public static final Code DETECTED = Code.of(Code.SCT, "260373001", "Detected");
  public static final Code NOT_DETECTED = Code.of(Code.SCT, "260415000", "Not detected");
  public static final Code STUDY_INSTANCE_UID = Code.of(Code.DCM, "110180", "Study Instance UID");
  public static final Code ALGORITHM_NAME = Code.of(Code.DCM, "111001", "Algorithm Name");
  public static final Code ALGORITHM_VERSION = Code.of(Code.DCM, "111003", "Algorithm Version");
  public static final Code IMAGING_STUDY_REPORT =
      Code.of(Code.LN, "18748-4", "Diagnostic imaging study");
  public static final Code RADIOLOGY = Code.of(Code.LN, "LP29684-5", "Radiology");

  /** Vigil's own; no public code says "probability given by an algorithm". */
  public static final Code PROBABILITY =
      Code.of("99VIGIL", "probability", "Probability given by the model");

  /** Vigil's own: the probability from which the model says "detected". */
  public static final Code OPERATING_POINT =
      Code.of("99VIGIL", "operating-point", "Operating point of the model");

  private Codes() {}
}
