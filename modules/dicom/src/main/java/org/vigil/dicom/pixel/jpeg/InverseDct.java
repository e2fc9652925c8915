package org.vigil.dicom.pixel.jpeg;

/** The inverse transform of a block (T.81 §A.3.3) in double precision. */
final class InverseDct {
  private static final int N = 8;

  /** Where the coefficients of zig-zag order belong (T.81 figure A.6). */
  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private static final double[] COSINE = cosines();

  private final double[] block = new double[N * N];
  private final double[] rows = new double[N * N];

  private static double[] cosines() {
    double[] cosines = new double[N * N];
    for (int x = 0; x < N; x++) {
      for (int u = 0; u < N; u++) {
        double scale = u == 0 ? Math.sqrt(0.5) : 1;
        cosines[x * N + u] = scale / 2 * Math.cos((2 * x + 1) * u * Math.PI / 16);
      }
    }
    return cosines;
  }

  /**
   * @param coefficients in zig-zag order from {@code at}
   * @param quantization in zig-zag order
   * @param levels receives 64 samples, level shift not yet undone, row by row
   */
  void transform(short[] coefficients, int at, int[] quantization, double[] levels) {
    for (int k = 0; k < N * N; k++) {
      block[ZIGZAG[k]] = coefficients[at + k] * quantization[k];
    }
    for (int y = 0; y < N; y++) {
      for (int x = 0; x < N; x++) {
        double sum = 0;
        for (int u = 0; u < N; u++) {
          sum += block[y * N + u] * COSINE[x * N + u];
        }
        rows[y * N + x] = sum;
      }
    }
    for (int x = 0; x < N; x++) {
      for (int y = 0; y < N; y++) {
        double sum = 0;
        for (int v = 0; v < N; v++) {
          sum += rows[v * N + x] * COSINE[y * N + v];
        }
        levels[y * N + x] = sum;
      }
    }
  }
}
