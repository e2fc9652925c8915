package org.vigil.imaging.domain;

/** The value representation AE (PS3.5 §6.2). */
public final class AeTitles {
  /** Printable ASCII without backslash, not only spaces. */
  private static final String AE_TITLE = "(?!\\s*$)[ -\\[\\]-~]{1,16}";

  private AeTitles() {}

  /** Without the spaces around it, which have no meaning; null stays null. */
  public static String significant(String aeTitle) {
    return aeTitle == null ? null : aeTitle.strip();
  }

  /** Whether it may be one. */
  public static boolean isValid(String aeTitle) {
    return aeTitle != null && aeTitle.matches(AE_TITLE);
  }
}
