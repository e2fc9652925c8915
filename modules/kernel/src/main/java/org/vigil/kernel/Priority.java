package org.vigil.kernel;

import java.util.Locale;

/** The priority of an order or job, before anyone (or any model) has seen the images. */
public enum Priority {
  /** HL7 S; DICOM (0040,1003) STAT. */
  STAT(9),
  /** HL7 A, P, T; DICOM HIGH. */
  URGENT(6),
  /** HL7 R; DICOM ROUTINE, MEDIUM, LOW. */
  ROUTINE(3);

  private final int jmsPriority;

  Priority(int jmsPriority) {
    this.jmsPriority = jmsPriority;
  }

  /** JMSPriority of the job's message, 0 (lowest) to 9. */
  public int jmsPriority() {
    return jmsPriority;
  }

  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Priority ofTerm(String term) {
    return valueOf(term.toUpperCase(Locale.ROOT));
  }

  /** HL7 table 0485 (TQ1-9, ORC-7.6, OBR-27.6); anything unknown or absent is routine. */
  public static Priority ofHl7(String code) {
    if (code == null) {
      return ROUTINE;
    }
    return switch (code.trim().toUpperCase(Locale.ROOT)) {
      case "S", "STAT" -> STAT;
      case "A", "ASAP", "P", "T", "C" -> URGENT;
      default -> ROUTINE;
    };
  }
}
