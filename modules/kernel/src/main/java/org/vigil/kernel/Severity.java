package org.vigil.kernel;

import java.util.Locale;

/** How soon a finding must be acted upon; the order of the constants is the order of reading. */
public enum Severity {
  /** Minutes (ACR category 1). */
  CRITICAL,
  /** Hours (ACR category 2). */
  URGENT,
  /** Days, or nothing to act upon (ACR category 3). */
  ROUTINE;

  /** The word used on every interface: {@code critical}, {@code urgent}, {@code routine}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Severity ofTerm(String term) {
    return valueOf(term.toUpperCase(Locale.ROOT));
  }

  public boolean isMoreUrgentThan(Severity other) {
    return compareTo(other) < 0;
  }
}
