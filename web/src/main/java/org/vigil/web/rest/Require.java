package org.vigil.web.rest;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Reads request values, refusing with the name of what is missing or malformed (KERNEL-0003). */
final class Require {
  private Require() {}

  static <T> T present(T value, String field) {
    if (value == null || (value instanceof String text && text.isBlank())) {
      throw malformed(field, "is required");
    }
    return value;
  }

  static String matching(String pattern, String value, String field) {
    if (!present(value, field).matches(pattern)) {
      throw malformed(field, "has characters or a length that are not allowed");
    }
    return value;
  }

  static UUID uuid(String value, String field) {
    try {
      return UUID.fromString(present(value, field));
    } catch (IllegalArgumentException e) {
      throw malformed(field, "is not a UUID");
    }
  }

  /** A lower-case term of an enumeration; null stays null. */
  static <E extends Enum<E>> E term(Class<E> type, String value, String field) {
    if (value == null || value.isBlank()) {
      return null;
    }
    try {
      return Enum.valueOf(type, value.trim().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw malformed(field, "is not one of the terms allowed");
    }
  }

  static java.time.Instant instant(String value, String field) {
    if (value == null || value.isBlank()) {
      return null;
    }
    try {
      return java.time.Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw malformed(field, "is not a time such as 2026-11-22T02:17:00Z");
    }
  }

  static LocalDate date(String value, String field) {
    try {
      return LocalDate.parse(present(value, field));
    } catch (DateTimeParseException e) {
      throw malformed(field, "is not a day such as 2026-11-22");
    }
  }

  private static VigilException malformed(String field, String problem) {
    return new VigilException(ErrorCode.KERNEL_0003, Map.of("field", field, "problem", problem));
  }
}
