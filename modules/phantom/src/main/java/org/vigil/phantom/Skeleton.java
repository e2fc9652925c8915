package org.vigil.phantom;

/** Draws the bones as thickness of bone in centimetres. */
final class Skeleton {
  private final Anatomy anatomy;
  private final Plane bone = new Plane(Anatomy.SIZE);
  private final Stroke stroke = new Stroke(bone);
  private final Dice dice;
  private final double density;

  Skeleton(Anatomy anatomy, long seed) {
    this.anatomy = anatomy;
    this.dice = new Dice(seed, 2);
    this.density = dice.about(1, 0.13);
  }

  Plane draw() {
    spine();
    for (Side side : Side.values()) {
      ribs(side);
      clavicle(side);
      scapula(side);
      humerus(side);
    }
    return bone;
  }

  private void line(
      Curve curve, Stroke.Section section, double half0, double half1, double v0, double v1) {
    double s = anatomy.scale();
    stroke.add(anatomy.placed(curve), section, half0 * s, half1 * s, v0 * density, v1 * density);
  }

  /** Height at which the rib of the given number (1 to 12) leaves the spine. */
  private static double ribRoot(int rib) {
    return 112 + (rib - 1) * 50.5 + (rib - 1) * (rib - 1) * 0.55;
  }

  private void ribs(Side side) {
    Dice d = new Dice(dice.bits(), 3);
    double tilt = d.about(1, 0.09);
    double rise = d.about(9, 3);
    for (int rib = 1; rib <= 11; rib++) {
      double root = anatomy.lungY(ribRoot(rib)) + d.about(0, 2);
      double behind = (rib == 1 ? 34 : rib == 2 ? 52 : 64 + rib * 3.0) * tilt;
      double ahead = (rib == 1 ? 62 : rib == 2 ? 92 : 96 + rib * 6) * tilt;
      double reach = anatomy.cage(ribRoot(rib) + behind) + 5 + d.about(0, 1.5);
      double end = rib <= 6 ? 2.62 : rib == 7 ? 2.42 : rib == 8 ? 2.2 : rib == 9 ? 2.0 : 1.78;
      end += d.about(0, 0.05);
      double x0 = 36 + Math.min(rib, 5);
      int n = 46;
      double[] px = new double[n];
      double[] py = new double[n];
      double[] halves = new double[n];
      double[] values = new double[n];
      double half = 11.5 + d.about(0, 0.7) + (rib > 3 && rib < 9 ? 1.5 : 0);
      double dense = rib > 9 ? 0.50 : 0.62;
      for (int i = 0; i < n; i++) {
        double a = end * i / (n - 1);
        double c = StrictMath.cos(a);
        double s = StrictMath.sin(a);
        double x = x0 + (reach - x0) * s;
        double y =
            a < Math.PI / 2
                ? root + behind * (1 - c) - rise * StrictMath.sin(2 * a)
                : root + behind - ahead * c;
        double past = Math.max(0, (a - Math.PI / 2) / (end - Math.PI / 2));
        halves[i] = (half * (0.92 + 0.08 * s) + half * 0.22 * past) * anatomy.scale();
        values[i] = dense * density * (1 - (rib > 8 ? 0.7 : 0.5) * Math.min(1, past * 1.2));
        px[i] = side.sign() * x + anatomy.spineX(y) * Math.max(0, 1 - s);
        py[i] = y;
      }
      stroke.add(anatomy.placed(new Curve(px, py)), Stroke.Section.TUBE, halves, values);
    }
  }

  private void clavicle(Side side) {
    double s = side.sign();
    double up = dice.about(0, 12);
    double inner = 30 + side.sign() * anatomy.turn * 0.9;
    Curve c =
        Curve.open(
            s * inner,
            218 + up * 0.2,
            s * (inner + 50),
            205 + up * 0.3,
            s * 150,
            188 + up * 0.6,
            s * 250,
            158 + up,
            s * 350,
            138 + up,
            s * 430,
            140 + up,
            s * 478,
            152 + up);
    line(c, Stroke.Section.TUBE, 14, 12.5, 1.02, 0.8);
    // Edge of the manubrium beside the joint.
    line(
        Curve.open(s * inner, 222, s * (inner - 2), 260, s * (inner - 9), 300),
        Stroke.Section.ROD,
        2.2,
        2.2,
        0.10,
        0.02);
  }

  private void scapula(Side side) {
    double s = side.sign();
    double in = anatomy.scapulaIn + dice.about(0, 6);
    double w = anatomy.width;
    double x = 392 * w - in;
    // Medial and lateral borders of the blade down to its lower angle, then spine and glenoid.
    Curve medial =
        Curve.open(
            s * (x - 22),
            178,
            s * (x - 34),
            232,
            s * (x - 30),
            310,
            s * (x - 10),
            400,
            s * (x + 14),
            470,
            s * (x + 32),
            492);
    Curve lateral =
        Curve.open(
            s * (x + 62),
            268,
            s * (x + 58),
            330,
            s * (x + 54),
            400,
            s * (x + 48),
            470,
            s * (x + 32),
            492);
    Plane blade = new Plane(Anatomy.HALF);
    double[] bx = new double[medial.length() + lateral.length()];
    double[] by = new double[bx.length];
    for (int i = 0; i < medial.length(); i++) {
      bx[i] = medial.x(i);
      by[i] = medial.y(i);
    }
    for (int i = 0; i < lateral.length(); i++) {
      int j = bx.length - 1 - i;
      bx[j] = lateral.x(i);
      by[j] = lateral.y(i);
    }
    Curve edge = anatomy.placed(new Curve(bx, by));
    blade.fill(edge.scaledXs(0.5), edge.scaledYs(0.5));
    float[] b = blade.values();
    float[] v = bone.values();
    float flat = (float) (0.13 * density);
    for (int y = 0; y < Anatomy.HALF; y++) {
      for (int i = 0; i < Anatomy.HALF; i++) {
        float a = b[y * Anatomy.HALF + i];
        if (a > 0) {
          int at = 2 * y * Anatomy.SIZE + 2 * i;
          v[at] += a * flat;
          v[at + 1] += a * flat;
          v[at + Anatomy.SIZE] += a * flat;
          v[at + Anatomy.SIZE + 1] += a * flat;
        }
      }
    }
    line(medial, Stroke.Section.ROD, 4, 4.5, 0.14, 0.22);
    line(lateral, Stroke.Section.ROD, 9, 6, 0.42, 0.3);
    line(
        Curve.open(s * (x - 20), 232, s * (x + 30), 196, s * (x + 84), 164, s * (x + 112), 158),
        Stroke.Section.TUBE,
        7,
        12,
        0.3,
        0.5);
    line(
        Curve.open(s * (x + 62), 200, s * (x + 72), 232, s * (x + 66), 272),
        Stroke.Section.TUBE,
        12,
        12,
        0.5,
        0.45);
  }

  private void humerus(Side side) {
    double s = side.sign();
    double x = 488 * anatomy.width;
    double[] at = {
      x, 176, x + 1, 182, x + 2, 192, x + 4, 212, x + 6, 234, x + 9, 256, x + 14, 276, x + 40, 360,
      x + 76, 480, x + 120, 620
    };
    double[] half = {6, 20, 31, 38, 39, 36, 29, 26, 23, 22};
    double[] value = {0.3, 0.6, 0.8, 0.9, 0.9, 0.9, 0.95, 1.1, 1.2, 1.2};
    double[] xs = new double[half.length];
    double[] ys = new double[half.length];
    for (int i = 0; i < half.length; i++) {
      xs[i] = s * at[2 * i];
      ys[i] = at[2 * i + 1];
      half[i] *= anatomy.scale();
      value[i] *= density;
    }
    stroke.add(anatomy.placed(new Curve(xs, ys)), Stroke.Section.TUBE, half, value);
  }

  private void spine() {
    double y = -40 + dice.between(0, 20);
    int index = 0;
    while (y < 1060) {
      double height = 37 + Math.min(26, Math.max(0, y * 0.030));
      double half = 31 + Math.min(20, Math.max(0, y * 0.021));
      double next = y + height;
      double a = anatomy.spineX(y);
      double b = anatomy.spineX(next);
      // The body: dense rim, plates above and below, a gap for the disc.
      double deep = 1 - 0.55 * Math.max(0, Math.min(1, (y - 260) / 160));
      double top = y + 4;
      double low = next - 4;
      line(straight(a, top, b, low), Stroke.Section.BAND, half, half, 0.34 * deep, 0.34 * deep);
      line(
          straight(a - half + 3, top, b - half + 3, low),
          Stroke.Section.ROD,
          3,
          3,
          0.12 * deep,
          0.12 * deep);
      line(
          straight(a + half - 3, top, b + half - 3, low),
          Stroke.Section.ROD,
          3,
          3,
          0.12 * deep,
          0.12 * deep);
      line(
          straight(a - half + 4, top, a + half - 4, top),
          Stroke.Section.ROD,
          2.4,
          2.4,
          0.2 * deep,
          0.2 * deep);
      line(
          straight(b - half + 4, low, b + half - 4, low),
          Stroke.Section.ROD,
          2.4,
          2.4,
          0.2 * deep,
          0.2 * deep);
      double mid = y + height * 0.42;
      double px = half * 0.62;
      for (int s = -1; s <= 1; s += 2) {
        double cx = a + s * px;
        line(ring(cx, mid, 6.5, 9), Stroke.Section.ROD, 2.6, 2.6, 0.2, 0.2);
        line(
            straight(cx + s * 6, mid, cx + s * 34, mid - 6), Stroke.Section.TUBE, 8, 7, 0.22, 0.18);
      }
      // The spinous process, seen end on below its body.
      double sx = a + dice.about(0, 1.5);
      line(
          Curve.open(sx, y + height * 0.55, sx, y + height * 0.8, sx, y + height * 1.05),
          Stroke.Section.TUBE,
          4.5,
          7,
          0.22,
          0.3);
      y = next;
      index++;
      if (index > 40) {
        break;
      }
    }
  }

  private static Curve straight(double x0, double y0, double x1, double y1) {
    return new Curve(new double[] {x0, x1}, new double[] {y0, y1});
  }

  private static Curve ring(double x, double y, double rx, double ry) {
    int n = 13;
    double[] xs = new double[n];
    double[] ys = new double[n];
    for (int i = 0; i < n; i++) {
      double a = 2 * Math.PI * i / (n - 1);
      xs[i] = x + rx * StrictMath.cos(a);
      ys[i] = y + ry * StrictMath.sin(a);
    }
    return new Curve(xs, ys);
  }
}
