package org.vigil.inference.domain;

import java.util.Comparator;

/**
 * Order of versions (semver.org §11, without comparing the identifiers of two pre-releases one by
 * one: those are ordered as texts).
 */
public final class SemanticVersion {
  /** Oldest first; a pre-release comes before its release. */
  public static final Comparator<String> ORDER =
      Comparator.comparingLong((String v) -> number(v, 0))
          .thenComparingLong(v -> number(v, 1))
          .thenComparingLong(v -> number(v, 2))
          .thenComparing(v -> !v.contains("-"))
          .thenComparing(Comparator.naturalOrder());

  private SemanticVersion() {}

  private static long number(String version, int place) {
    return Long.parseLong(version.split("-", 2)[0].split("\\.", -1)[place]);
  }
}
