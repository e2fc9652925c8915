package org.vigil.inference.domain;

import java.util.Arrays;

/**
 * Percentiles by linear interpolation between order statistics (Hyndman and Fan's type 7, which is
 * numpy's default).
 */
final class Quantiles {
  private static final int MAX_BINS = 1 << 17;

  private final float[] values;
  private final float lowest;
  private final float highest;
  private final int[] counts;
  private float[] sorted;

  Quantiles(float[] values) {
    this.values = values;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    boolean whole = true;
    for (float v : values) {
      min = Math.min(min, v);
      max = Math.max(max, v);
      whole &= v == (float) Math.rint(v);
    }
    lowest = min;
    highest = max;
    // Stored values are whole numbers of at most 16 bits as a rule: counting beats sorting tenfold.
    counts = whole && (double) max - min < MAX_BINS ? count() : null;
  }

  private int[] count() {
    int[] bins = new int[(int) (highest - lowest) + 1];
    for (float v : values) {
      bins[(int) (v - lowest)]++;
    }
    return bins;
  }

  float lowest() {
    return lowest;
  }

  float highest() {
    return highest;
  }

  /**
   * @param percent 0 to 100
   */
  double percentile(double percent) {
    double rank = percent / 100 * (values.length - 1);
    int below = (int) Math.floor(rank);
    double lower = ordered(below);
    double upper = ordered(Math.min(below + 1, values.length - 1));
    return lower + (upper - lower) * (rank - below);
  }

  private double ordered(int index) {
    if (counts == null) {
      if (sorted == null) {
        sorted = values.clone();
        Arrays.sort(sorted);
      }
      return sorted[index];
    }
    long seen = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      seen += counts[bin];
      if (seen > index) {
        return (double) lowest + bin;
      }
    }
    return highest;
  }
}
