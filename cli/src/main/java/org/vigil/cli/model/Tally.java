package org.vigil.cli.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts of one label at its operating point, with Wilson 95% intervals, and its area under the
 * ROC.
 */
final class Tally {
  private static final double Z = 1.959963984540054;

  private final List<Double> diseased = new ArrayList<>();
  private final List<Double> healthy = new ArrayList<>();
  private int truePositives;
  private int falsePositives;

  void add(boolean there, boolean positive, double probability) {
    (there ? diseased : healthy).add(probability);
    if (positive && there) {
      truePositives++;
    } else if (positive) {
      falsePositives++;
    }
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("positives", diseased.size());
    figures.put("negatives", healthy.size());
    figures.put("sensitivity", round(proportion(truePositives, diseased.size())));
    figures.put("sensitivityInterval", interval(truePositives, diseased.size()));
    figures.put("specificity", round(specificity()));
    figures.put("specificityInterval", interval(healthy.size() - falsePositives, healthy.size()));
    figures.put("auc", round(auc()));
    return figures;
  }

  String line(String label) {
    double[] sensitivity = interval(truePositives, diseased.size());
    double[] specificity = interval(healthy.size() - falsePositives, healthy.size());
    return String.format(
        Locale.ROOT,
        "  %-14s sensitivity %.3f (%.3f–%.3f)  specificity %.3f (%.3f–%.3f)  AUC %.4f  n=%d+%d",
        label,
        proportion(truePositives, diseased.size()),
        sensitivity[0],
        sensitivity[1],
        specificity(),
        specificity[0],
        specificity[1],
        auc(),
        diseased.size(),
        healthy.size());
  }

  private double specificity() {
    return proportion(healthy.size() - falsePositives, healthy.size());
  }

  /** The share of pairs in which the diseased film has the higher probability (Mann-Whitney). */
  private double auc() {
    double wins = 0;
    for (double ill : diseased) {
      for (double well : healthy) {
        wins += ill > well ? 1 : ill == well ? 0.5 : 0;
      }
    }
    return wins / ((double) diseased.size() * healthy.size());
  }

  private static double proportion(int part, int whole) {
    return (double) part / whole;
  }

  /** Wilson's score interval, 95%. */
  static double[] interval(int part, int whole) {
    double p = proportion(part, whole);
    double centre = p + Z * Z / (2 * whole);
    double half = Z * Math.sqrt(p * (1 - p) / whole + Z * Z / (4.0 * whole * whole));
    double scale = 1 + Z * Z / whole;
    return new double[] {round((centre - half) / scale), round((centre + half) / scale)};
  }

  private static double round(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
