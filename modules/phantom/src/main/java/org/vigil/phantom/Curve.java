package org.vigil.phantom;

/** A chain of points in the reference frame (see {@link Anatomy}), open or closed. */
final class Curve {
  private final double[] xs;
  private final double[] ys;

  Curve(double[] xs, double[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  int length() {
    return xs.length;
  }

  double x(int i) {
    return xs[i];
  }

  double y(int i) {
    return ys[i];
  }

  /** Something that moves a point. */
  @FunctionalInterface
  interface Warp {
    /** Writes the moved point into {@code out[0]} and {@code out[1]}. */
    void move(double x, double y, double[] out);
  }

  /** Every point moved. */
  Curve moved(Warp warp) {
    double[] mx = new double[xs.length];
    double[] my = new double[xs.length];
    double[] p = new double[2];
    for (int i = 0; i < xs.length; i++) {
      warp.move(xs[i], ys[i], p);
      mx[i] = p[0];
      my[i] = p[1];
    }
    return new Curve(mx, my);
  }

  /** Columns times a factor plus nothing else: reference frame to cells of a coarser field. */
  double[] scaledXs(double factor) {
    return scaled(xs, factor);
  }

  /** Rows times a factor. */
  double[] scaledYs(double factor) {
    return scaled(ys, factor);
  }

  private static double[] scaled(double[] from, double factor) {
    double[] to = new double[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i] * factor;
    }
    return to;
  }

  /** A closed smooth curve (Catmull-Rom) through the given corners, x then y, alternating. */
  static Curve closed(double... corners) {
    return spline(corners, true);
  }

  /** An open smooth curve (Catmull-Rom) through the given corners, x then y, alternating. */
  static Curve open(double... corners) {
    return spline(corners, false);
  }

  private static Curve spline(double[] c, boolean closed) {
    final int steps = 10;
    int n = c.length / 2;
    int pieces = closed ? n : n - 1;
    int total = pieces * steps + (closed ? 0 : 1);
    double[] xs = new double[total];
    double[] ys = new double[total];
    int k = 0;
    for (int i = 0; i < pieces; i++) {
      int a = closed ? (i + n - 1) % n : Math.max(0, i - 1);
      int b = i;
      int d = (i + 1) % n;
      int e = closed ? (i + 2) % n : Math.min(n - 1, i + 2);
      for (int s = 0; s < steps; s++) {
        double t = s / (double) steps;
        xs[k] = between(c[2 * a], c[2 * b], c[2 * d], c[2 * e], t);
        ys[k] = between(c[2 * a + 1], c[2 * b + 1], c[2 * d + 1], c[2 * e + 1], t);
        k++;
      }
    }
    if (!closed) {
      xs[k] = c[2 * n - 2];
      ys[k] = c[2 * n - 1];
    }
    return new Curve(xs, ys);
  }

  private static double between(double p0, double p1, double p2, double p3, double t) {
    return 0.5
        * (2 * p1
            + (p2 - p0) * t
            + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t
            + (3 * p1 - p0 - 3 * p2 + p3) * t * t * t);
  }
}
