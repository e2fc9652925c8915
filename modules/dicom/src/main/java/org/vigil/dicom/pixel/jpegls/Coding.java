package org.vigil.dicom.pixel.jpegls;

import java.io.IOException;

/**
 * The parameters of a scan and what follows from them (T.87 §A.2.1, §C.2.4.1.1).
 *
 * @param maxValue MAXVAL, largest sample value, 1 to 65535
 * @param near NEAR, largest difference of a decoded sample; 0 is lossless
 * @param t1 first gradient threshold
 * @param t2 second gradient threshold
 * @param t3 third gradient threshold
 * @param reset RESET, after how many samples of a context its statistics are halved
 * @param range RANGE, number of different prediction errors
 * @param errorBits qbpp, bits of a mapped error
 * @param limit LIMIT, longest code word in bits
 */
record Coding(
    int maxValue,
    int near,
    int t1,
    int t2,
    int t3,
    int reset,
    int range,
    int errorBits,
    int limit) {
  static final int DEFAULT_RESET = 64;

  /** Basic thresholds for 8 bits (T.87 table C.2). */
  private static final int BASIC_T1 = 3;

  private static final int BASIC_T2 = 7;
  private static final int BASIC_T3 = 21;

  /** The default parameters for a precision. */
  static Coding of(int precision, int near) throws IOException {
    return of((1 << precision) - 1, near, 0, 0, 0, 0);
  }

  /**
   * @param t1 as in the LSE marker segment, 0 for its default; t2, t3 and reset likewise
   */
  static Coding of(int maxValue, int near, int t1, int t2, int t3, int reset) throws IOException {
    require(maxValue >= 1 && maxValue <= 65535, "MAXVAL " + maxValue);
    require(near >= 0 && near <= Math.min(255, maxValue / 2), "NEAR " + near);
    int first = t1;
    int second = t2;
    int third = t3;
    if (maxValue >= 128) {
      int factor = (Math.min(maxValue, 4095) + 128) / 256;
      first = or(t1, factor * (BASIC_T1 - 2) + 2 + 3 * near, near + 1, maxValue);
      second = or(t2, factor * (BASIC_T2 - 3) + 3 + 5 * near, first, maxValue);
      third = or(t3, factor * (BASIC_T3 - 4) + 4 + 7 * near, second, maxValue);
    } else {
      int factor = 256 / (maxValue + 1);
      first = or(t1, Math.max(2, BASIC_T1 / factor + 3 * near), near + 1, maxValue);
      second = or(t2, Math.max(3, BASIC_T2 / factor + 5 * near), first, maxValue);
      third = or(t3, Math.max(4, BASIC_T3 / factor + 7 * near), second, maxValue);
    }
    require(first > near && first <= second && second <= third && third <= maxValue, "T1 to T3");
    int resetAt = reset == 0 ? DEFAULT_RESET : reset;
    require(resetAt >= 3 && resetAt <= Math.max(255, maxValue), "RESET " + reset);
    int range = (maxValue + 2 * near) / (2 * near + 1) + 1;
    int bits = Math.max(2, bitsFor(maxValue + 1));
    return new Coding(
        maxValue,
        near,
        first,
        second,
        third,
        resetAt,
        range,
        bitsFor(range),
        2 * (bits + Math.max(8, bits)));
  }

  private static int or(int given, int standard, int lowest, int highest) {
    if (given != 0) {
      return given;
    }
    return standard > highest || standard < lowest ? lowest : standard;
  }

  /** The smallest b with 2^b ≥ values. */
  private static int bitsFor(int values) {
    return 32 - Integer.numberOfLeadingZeros(values - 1);
  }

  /** How far apart decoded values of neighbouring errors are. */
  int step() {
    return 2 * near + 1;
  }

  /** Region of a gradient, -4 to 4 (T.87 §A.3.3). */
  int quantized(int gradient) {
    if (gradient <= -t3) {
      return -4;
    }
    if (gradient <= -t2) {
      return -3;
    }
    if (gradient <= -t1) {
      return -2;
    }
    if (gradient < -near) {
      return -1;
    }
    if (gradient <= near) {
      return 0;
    }
    if (gradient < t1) {
      return 1;
    }
    if (gradient < t2) {
      return 2;
    }
    return gradient < t3 ? 3 : 4;
  }

  /** The sample that a prediction and an error give (T.87 §A.4.4, §A.5.3). */
  int reconstructed(int predicted, int error) {
    int value = predicted + error * step();
    if (value < -near) {
      value += range * step();
    } else if (value > maxValue + near) {
      value -= range * step();
    }
    return Math.max(0, Math.min(maxValue, value));
  }

  /** The error to write for a difference: quantized (near-lossless) and reduced modulo RANGE. */
  int reducedError(int difference) {
    int error = difference;
    if (near > 0) {
      error = difference > 0 ? (difference + near) / step() : -((near - difference) / step());
    }
    if (error < 0) {
      error += range;
    }
    return error >= (range + 1) / 2 ? error - range : error;
  }

  private static void require(boolean condition, String what) throws IOException {
    if (!condition) {
      throw new IOException("JPEG-LS: " + what + " is out of its range");
    }
  }
}
