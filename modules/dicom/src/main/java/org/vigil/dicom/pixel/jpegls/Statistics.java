package org.vigil.dicom.pixel.jpegls;

import java.util.Arrays;

/**
 * What a scan has learnt about each context (T.87 §A.2.1): arrays A, B, C, N for the 365 regular
 * contexts, A, N and Nn for the two of run interruption. Coder and decoder learn alike.
 */
final class Statistics {
  /** Regular contexts; the two of run interruption follow. */
  static final int REGULAR = 365;

  private static final int MIN_BIAS = -128;
  private static final int MAX_BIAS = 127;

  /** Order of run lengths (T.87 table in §A.7.1.1): J. */
  private static final int[] RUN_ORDER = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };

  private final Coding coding;
  private final int[] magnitude = new int[REGULAR + 2];
  private final int[] bias = new int[REGULAR];
  private final int[] correction = new int[REGULAR];
  private final int[] count = new int[REGULAR + 2];
  private final int[] negative = new int[2];

  Statistics(Coding coding) {
    this.coding = coding;
    reset();
  }

  /** As at the beginning of a scan and after each restart marker. */
  void reset() {
    Arrays.fill(magnitude, Math.max(2, (coding.range() + 32) / 64));
    Arrays.fill(bias, 0);
    Arrays.fill(correction, 0);
    Arrays.fill(count, 1);
    Arrays.fill(negative, 0);
  }

  static int runOrder(int runIndex) {
    return RUN_ORDER[runIndex];
  }

  static int longerRun(int runIndex) {
    return Math.min(runIndex + 1, RUN_ORDER.length - 1);
  }

  static int shorterRun(int runIndex) {
    return Math.max(0, runIndex - 1);
  }

  /** The prediction corrected by what the context's errors were so far (T.87 §A.4.2). */
  int corrected(int context, int sign, int predicted) {
    int value = predicted + sign * correction[context];
    return Math.max(0, Math.min(coding.maxValue(), value));
  }

  /** Golomb parameter k of a regular context (T.87 §A.5.1). */
  int order(int context) {
    return order(count[context], magnitude[context]);
  }

  private static int order(int n, int a) {
    int k = 0;
    while (n << k < a) {
      k++;
    }
    return k;
  }

  /** Whether small negative errors get the shorter codes (T.87 §A.5.2). */
  private boolean isInverted(int context, int order) {
    return coding.near() == 0 && order == 0 && 2 * bias[context] <= -count[context];
  }

  /** From an error to what is written, 0 and up. */
  int mapped(int context, int order, int error) {
    if (isInverted(context, order)) {
      return error >= 0 ? 2 * error + 1 : -2 * (error + 1);
    }
    return error >= 0 ? 2 * error : -2 * error - 1;
  }

  /** From what was written to the error. */
  int unmapped(int context, int order, int mapped) {
    int half = mapped >> 1;
    if (isInverted(context, order)) {
      return (mapped & 1) == 1 ? half : -half - 1;
    }
    return (mapped & 1) == 0 ? half : -half - 1;
  }

  /** Learns from an error (T.87 §A.6). */
  void learn(int context, int error) {
    int b = bias[context] + error * coding.step();
    int a = magnitude[context] + Math.abs(error);
    int n = count[context];
    if (n == coding.reset()) {
      a >>= 1;
      b >>= 1;
      n >>= 1;
    }
    n++;
    if (b <= -n) {
      b = Math.max(b + n, -n + 1);
      if (correction[context] > MIN_BIAS) {
        correction[context]--;
      }
    } else if (b > 0) {
      b = Math.min(b - n, 0);
      if (correction[context] < MAX_BIAS) {
        correction[context]++;
      }
    }
    bias[context] = b;
    magnitude[context] = a;
    count[context] = n;
  }

  /**
   * Golomb parameter of the sample that ends a run (T.87 §A.7.2.1).
   *
   * @param type RItype, 1 where the neighbours left and above are alike
   */
  int interruptionOrder(int type) {
    int n = count[REGULAR + type];
    return order(n, magnitude[REGULAR + type] + (type == 1 ? n >> 1 : 0));
  }

  private boolean isMostlyNegative(int type) {
    return 2 * negative[type] >= count[REGULAR + type];
  }

  int mappedInterruption(int type, int order, int error) {
    boolean map =
        error > 0
            ? order == 0 && !isMostlyNegative(type)
            : error < 0 && (order != 0 || isMostlyNegative(type));
    return 2 * Math.abs(error) - type - (map ? 1 : 0);
  }

  int unmappedInterruption(int type, int order, int mapped) {
    int doubled = mapped + type;
    boolean map = (doubled & 1) == 1;
    int size = doubled + 1 >> 1;
    return (order != 0 || isMostlyNegative(type)) == map ? -size : size;
  }

  void learnInterruption(int type, int error, int mapped) {
    int context = REGULAR + type;
    if (error < 0) {
      negative[type]++;
    }
    magnitude[context] += mapped + 1 - type >> 1;
    if (count[context] == coding.reset()) {
      magnitude[context] >>= 1;
      count[context] >>= 1;
      negative[type] >>= 1;
    }
    count[context]++;
  }
}
