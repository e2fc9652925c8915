package org.vigil.web.rest;

import java.util.Locale;

/** Enumerations as the interface writes them. */
final class Terms {
  private Terms() {}

  static String of(Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }
}
