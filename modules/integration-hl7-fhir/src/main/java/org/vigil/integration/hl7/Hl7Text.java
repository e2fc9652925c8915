package org.vigil.integration.hl7;

/** Escaping of delimiters in text (HL7 v2.5.1 §2.7) for messages that Vigil writes by hand. */
final class Hl7Text {
  private Hl7Text() {}

  /** The text with delimiters escaped and control characters made spaces. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '|' -> escaped.append("\\F\\");
        case '^' -> escaped.append("\\S\\");
        case '~' -> escaped.append("\\R\\");
        case '\\' -> escaped.append("\\E\\");
        case '&' -> escaped.append("\\T\\");
        default -> escaped.append(c < ' ' ? ' ' : c);
      }
    }
    return escaped.toString();
  }
}
