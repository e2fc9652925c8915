package org.vigil.analysis.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Severity;
import org.vigil.kernel.VigilException;

/**
 * What a hospital calls critical: for each label steps of severity and the confidence from which
 * they hold. A label without steps has the severity its model's manifest gives it. A negative
 * finding never raises.
 */
public final class SeverityPolicy {
  private static final SeverityPolicy MANIFEST = new SeverityPolicy(Map.of());

  private final Map<String, List<Step>> steps;

  private SeverityPolicy(Map<String, List<Step>> steps) {
    this.steps = steps;
  }

  /** Holds from this confidence, 0 to 1. */
  private record Step(Severity severity, double fromConfidence) {}

  /** Every label as its manifest says. */
  public static SeverityPolicy ofManifest() {
    return MANIFEST;
  }

  /**
   * Reads a hospital's rules.
   *
   * @param rules by label, e.g. {@code pneumothorax → critical:0.8,urgent:0.5} (below 0.5 routine)
   *     or {@code nodule → routine}; a severity without a confidence holds from 0
   * @throws VigilException KERNEL-0003 naming the label whose rule cannot be read
   */
  public static SeverityPolicy of(Map<String, String> rules) {
    Map<String, List<Step>> steps = new java.util.HashMap<>();
    rules.forEach((label, rule) -> steps.put(key(label), parse(label, rule)));
    return new SeverityPolicy(Map.copyOf(steps));
  }

  /**
   * The severity of a finding.
   *
   * @param positive whether the model's operating point was reached
   * @param confidence 0 to 1
   * @param byManifest what a positive means by the manifest; null counts as routine
   */
  public Severity severity(String label, boolean positive, double confidence, Severity byManifest) {
    if (!positive) {
      return Severity.ROUTINE;
    }
    List<Step> own = steps.get(key(label));
    if (own == null) {
      return byManifest == null ? Severity.ROUTINE : byManifest;
    }
    return own.stream()
        .filter(s -> confidence >= s.fromConfidence())
        .map(Step::severity)
        .min(Comparator.naturalOrder())
        .orElse(Severity.ROUTINE);
  }

  /** How a label is named in configuration: lower case, words joined by hyphens. */
  public static String key(String label) {
    return label
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "-")
        .replaceAll("^-|-$", "");
  }

  private static List<Step> parse(String label, String rule) {
    List<Step> parsed = new ArrayList<>();
    for (String part : rule.split(",", -1)) {
      String[] pair = part.strip().split(":", -1);
      try {
        Severity severity = Severity.ofTerm(pair[0].strip());
        double from = pair.length > 1 ? Double.parseDouble(pair[1].strip()) : 0;
        if (pair.length > 2 || !(from >= 0 && from <= 1)) {
          throw new IllegalArgumentException("confidence outside 0 to 1");
        }
        parsed.add(new Step(severity, from));
      } catch (IllegalArgumentException e) {
        throw new VigilException(
            ErrorCode.KERNEL_0003,
            Map.of(
                "label", label, "rule", rule, "expected", "critical:0.8,urgent:0.5 or a severity"),
            e);
      }
    }
    return List.copyOf(parsed);
  }
}
