package org.vigil.phantom;

/**
 * Draws a thick line along a curve with a given cross section and adds it to a field.
 *
 * <p>Where the pieces of one line overlap the larger value counts, so that joints do not show;
 * different lines add up, as shadows do.
 */
final class Stroke {

  /**
   * Thickness passed by a ray at the relative distance {@code u} (0 centre, 1 edge) of the axis.
   */
  enum Section {
    /** A full round rod: vessels. */
    ROD {
      @Override
      double at(double u) {
        return Math.sqrt(Math.max(0, 1 - u * u));
      }
    },
    /** A tube with a dense wall and a loose inside: ribs, clavicles, long bones. */
    TUBE {
      @Override
      double at(double u) {
        double outer = Math.sqrt(Math.max(0, 1 - u * u));
        double inner = u < 0.8 ? Math.sqrt(0.64 - u * u) : 0;
        return outer - 0.62 * inner;
      }
    },
    /** A flat band whose edges are rounded off. */
    BAND {
      @Override
      double at(double u) {
        double e = Math.max(0, u - 0.6) / 0.4;
        return 1 - e * e * (3 - 2 * e);
      }
    };

    abstract double at(double u);

    private float[] table() {
      float[] t = new float[130];
      for (int i = 0; i < t.length; i++) {
        t[i] = (float) at(Math.min(1, i / 128.0));
      }
      return t;
    }
  }

  private static final float[][] TABLES = new float[Section.values().length][];

  static {
    for (Section s : Section.values()) {
      TABLES[s.ordinal()] = s.table();
    }
  }

  private final int size;
  private final float[] target;
  private final float[] scratch;
  private int left;
  private int right;
  private int top;
  private int bottom;

  /**
   * @param target the field that strokes are added to
   */
  Stroke(Plane target) {
    this.size = target.size();
    this.target = target.values();
    this.scratch = new float[size * size];
  }

  /**
   * Adds one line.
   *
   * @param curve the axis, in this field's cells
   * @param section the cross section
   * @param startHalf half the width in cells at the start
   * @param endHalf half the width at the end
   * @param startValue the greatest value at the start
   * @param endValue the greatest value at the end
   */
  void add(
      Curve curve,
      Section section,
      double startHalf,
      double endHalf,
      double startValue,
      double endValue) {
    int n = curve.length();
    double[] half = new double[n];
    double[] value = new double[n];
    for (int i = 0; i < n; i++) {
      double t = i / (double) (n - 1);
      half[i] = startHalf + (endHalf - startHalf) * t;
      value[i] = startValue + (endValue - startValue) * t;
    }
    add(curve, section, half, value);
  }

  /**
   * Adds one line whose width and thickness vary from point to point.
   *
   * @param curve the axis, in this field's cells
   * @param section the cross section
   * @param half half the width in cells at each point of the curve
   * @param value the greatest value at each point of the curve
   */
  void add(Curve curve, Section section, double[] half, double[] value) {
    left = size;
    right = -1;
    top = size;
    bottom = -1;
    float[] table = TABLES[section.ordinal()];
    for (int i = 0; i + 1 < curve.length(); i++) {
      piece(curve, i, table, half[i], half[i + 1], value[i], value[i + 1]);
    }
    flush();
  }

  private void piece(Curve c, int i, float[] table, double h0, double h1, double v0, double v1) {
    double x0 = c.x(i);
    double y0 = c.y(i);
    double dx = c.x(i + 1) - x0;
    double dy = c.y(i + 1) - y0;
    double len2 = dx * dx + dy * dy;
    if (len2 < 1e-9) {
      return;
    }
    double reach = Math.max(h0, h1) + 1;
    int xa = Math.max(0, (int) Math.floor(Math.min(x0, x0 + dx) - reach));
    int xb = Math.min(size - 1, (int) Math.ceil(Math.max(x0, x0 + dx) + reach));
    int ya = Math.max(0, (int) Math.floor(Math.min(y0, y0 + dy) - reach));
    int yb = Math.min(size - 1, (int) Math.ceil(Math.max(y0, y0 + dy) + reach));
    if (xa > xb || ya > yb) {
      return;
    }
    left = Math.min(left, xa);
    right = Math.max(right, xb);
    top = Math.min(top, ya);
    bottom = Math.max(bottom, yb);
    float ux = (float) (dx / len2);
    float uy = (float) (dy / len2);
    float len = (float) Math.sqrt(len2);
    float nx = (float) (-dy / len);
    float ny = (float) (dx / len);
    float half0 = (float) h0;
    float halfSlope = (float) (h1 - h0);
    float value0 = (float) v0;
    float valueSlope = (float) (v1 - v0);
    float slack = 0.7f / len;
    for (int y = ya; y <= yb; y++) {
      float py = (float) (y + 0.5 - y0);
      float px = (float) (xa + 0.5 - x0);
      int at = y * size;
      for (int x = xa; x <= xb; x++, px += 1f) {
        float t = px * ux + py * uy;
        if (t < -slack || t > 1f + slack) {
          continue;
        }
        float half = half0 + halfSlope * t;
        float d = Math.abs(px * nx + py * ny);
        if (d >= half + 0.5f) {
          continue;
        }
        // Lines thinner than a cell keep their mass: they get wider and fainter.
        float wide = Math.max(half, 0.7f);
        float u = d / (wide + 0.35f);
        if (u >= 1f) {
          continue;
        }
        float k = u * 128f;
        int j = (int) k;
        float f = k - j;
        float v = (table[j] * (1f - f) + table[j + 1] * f) * (value0 + valueSlope * t);
        v *= half / wide;
        if (v > scratch[at + x]) {
          scratch[at + x] = v;
        }
      }
    }
  }

  private void flush() {
    for (int y = top; y <= bottom; y++) {
      int at = y * size;
      for (int x = left; x <= right; x++) {
        float v = scratch[at + x];
        if (v != 0f) {
          target[at + x] += v;
          scratch[at + x] = 0f;
        }
      }
    }
  }
}
