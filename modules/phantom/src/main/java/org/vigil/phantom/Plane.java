package org.vigil.phantom;

import java.util.Arrays;

/**
 * A square field of floats, row by row from the top left, with the few raster operations needed.
 */
final class Plane {
  private final int size;
  private final float[] values;

  Plane(int size) {
    this(size, new float[size * size]);
  }

  Plane(int size, float[] values) {
    this.size = size;
    this.values = values;
  }

  int size() {
    return size;
  }

  float[] values() {
    return values;
  }

  Plane copy() {
    return new Plane(size, values.clone());
  }

  /**
   * Fills a polygon with its area coverage (0 to 1), taking the larger value where something lies
   * already.
   *
   * @param xs corner columns in this field's cells
   * @param ys corner rows
   */
  void fill(double[] xs, double[] ys) {
    final int sub = 4;
    int n = xs.length;
    double min = Double.MAX_VALUE;
    double max = -Double.MAX_VALUE;
    for (double y : ys) {
      min = Math.min(min, y);
      max = Math.max(max, y);
    }
    int top = Math.max(0, (int) Math.floor(min));
    int bottom = Math.min(size - 1, (int) Math.ceil(max));
    double[] cross = new double[n];
    float[] line = new float[size];
    for (int row = top; row <= bottom; row++) {
      Arrays.fill(line, 0f);
      for (int s = 0; s < sub; s++) {
        double y = row + (s + 0.5) / sub;
        int count = 0;
        for (int i = 0, j = n - 1; i < n; j = i++) {
          if ((ys[i] > y) != (ys[j] > y)) {
            cross[count++] = xs[i] + (y - ys[i]) / (ys[j] - ys[i]) * (xs[j] - xs[i]);
          }
        }
        Arrays.sort(cross, 0, count);
        for (int c = 0; c + 1 < count; c += 2) {
          span(line, cross[c], cross[c + 1], 1f / sub);
        }
      }
      int at = row * size;
      for (int x = 0; x < size; x++) {
        if (line[x] > values[at + x]) {
          values[at + x] = line[x];
        }
      }
    }
  }

  private void span(float[] line, double from, double to, float weight) {
    double a = Math.max(0, from);
    double b = Math.min(size, to);
    if (b <= a) {
      return;
    }
    int first = (int) a;
    int last = Math.min(size - 1, (int) b);
    if (first == last) {
      line[first] += (float) (b - a) * weight;
      return;
    }
    line[first] += (float) (first + 1 - a) * weight;
    for (int x = first + 1; x < last; x++) {
      line[x] += weight;
    }
    line[last] += (float) (b - last) * weight;
  }

  /** Distance in cells to the nearest cell that is not inside (two-pass chamfer, 1 and √2). */
  Plane distanceInside() {
    final float straight = 1f;
    final float diagonal = 1.4142135f;
    float[] d = new float[values.length];
    int n = size;
    for (int i = 0; i < d.length; i++) {
      // An edge cell is partly covered: its distance begins there, so that contours do not step.
      d[i] = values[i] >= 0.999f ? 1e6f : values[i];
    }
    for (int y = 1; y < n; y++) {
      for (int x = 1; x < n - 1; x++) {
        int i = y * n + x;
        float m = Math.min(d[i], d[i - 1] + straight);
        m = Math.min(m, d[i - n] + straight);
        m = Math.min(m, Math.min(d[i - n - 1], d[i - n + 1]) + diagonal);
        d[i] = m;
      }
    }
    for (int y = n - 2; y >= 0; y--) {
      for (int x = n - 2; x >= 1; x--) {
        int i = y * n + x;
        float m = Math.min(d[i], d[i + 1] + straight);
        m = Math.min(m, d[i + n] + straight);
        m = Math.min(m, Math.min(d[i + n - 1], d[i + n + 1]) + diagonal);
        d[i] = m;
      }
    }
    for (int y = 0; y < n; y++) {
      d[y * n] = d[y * n + 1];
      d[y * n + n - 1] = d[y * n + n - 2];
    }
    return new Plane(n, d);
  }

  /** Smooths with a box of the given radius, {@code passes} times in both directions, in place. */
  Plane blur(int radius, int passes) {
    float[] other = new float[values.length];
    for (int p = 0; p < passes; p++) {
      blurRows(values, other, radius);
      blurColumns(other, values, radius);
    }
    return this;
  }

  private void blurRows(float[] from, float[] to, int r) {
    int n = size;
    float scale = 1f / (2 * r + 1);
    for (int y = 0; y < n; y++) {
      int at = y * n;
      float sum = from[at] * (r + 1);
      for (int k = 1; k <= r; k++) {
        sum += from[at + Math.min(k, n - 1)];
      }
      for (int x = 0; x < n; x++) {
        to[at + x] = sum * scale;
        sum += from[at + Math.min(x + r + 1, n - 1)] - from[at + Math.max(x - r, 0)];
      }
    }
  }

  private void blurColumns(float[] from, float[] to, int r) {
    int n = size;
    float scale = 1f / (2 * r + 1);
    float[] sum = new float[n];
    for (int x = 0; x < n; x++) {
      sum[x] = from[x] * (r + 1);
    }
    for (int k = 1; k <= r; k++) {
      int at = Math.min(k, n - 1) * n;
      for (int x = 0; x < n; x++) {
        sum[x] += from[at + x];
      }
    }
    for (int y = 0; y < n; y++) {
      int add = Math.min(y + r + 1, n - 1) * n;
      int drop = Math.max(y - r, 0) * n;
      int at = y * n;
      for (int x = 0; x < n; x++) {
        to[at + x] = sum[x] * scale;
        sum[x] += from[add + x] - from[drop + x];
      }
    }
  }

  /** This field with twice as many cells a side, interpolated bilinearly. */
  Plane doubled() {
    int n = size;
    int m = n * 2;
    float[] out = new float[m * m];
    float[] left = new float[m];
    for (int y = 0; y < m; y++) {
      int near = y / 2;
      int far = Math.min(n - 1, Math.max(0, (y & 1) == 0 ? near - 1 : near + 1));
      for (int x = 0; x < n; x++) {
        left[x] = 0.75f * values[near * n + x] + 0.25f * values[far * n + x];
      }
      int at = y * m;
      for (int x = 0; x < n; x++) {
        float here = 0.75f * left[x];
        out[at + 2 * x] = here + 0.25f * left[Math.max(0, x - 1)];
        out[at + 2 * x + 1] = here + 0.25f * left[Math.min(n - 1, x + 1)];
      }
    }
    return new Plane(m, out);
  }

  /** This field with half as many cells a side: the mean of 2 × 2. */
  Plane halved() {
    int m = size / 2;
    float[] out = new float[m * m];
    for (int y = 0; y < m; y++) {
      int a = 2 * y * size;
      int b = a + size;
      for (int x = 0; x < m; x++) {
        int c = 2 * x;
        out[y * m + x] =
            0.25f * (values[a + c] + values[a + c + 1] + values[b + c] + values[b + c + 1]);
      }
    }
    return new Plane(m, out);
  }
}
