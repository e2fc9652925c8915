package org.vigil.phantom;

/**
 * Draws what is not disease but looks a little like it: skin folds, leads and lines on the skin,
 * nipple shadows. Their dice do not know the pathologies.
 */
final class Decoys {
  private static final int N = Anatomy.HALF;

  private Decoys() {}

  /** Adds folds of skin: an edge that runs down over the lung, with vessels on both sides of it. */
  static void skinFolds(Anatomy anatomy, Plane attenuation, long seed) {
    Dice dice = new Dice(seed, 40);
    for (Side side : Side.values()) {
      if (!dice.chance(0.24)) {
        continue;
      }
      double x = side.sign() * dice.between(150, 300);
      double top = dice.between(140, 420);
      double length = dice.between(220, 480);
      double lean = side.sign() * dice.between(-0.15, 0.32);
      double bow = dice.between(-40, 40);
      double wide = dice.between(12, 34);
      double inwards = dice.chance(0.7) ? -side.sign() : side.sign();
      float strength = (float) dice.between(0.05, 0.16);
      float[] v = attenuation.values();
      double[] p = new double[2];
      for (int y = 0; y < N; y++) {
        double t = (2 * y - top) / length;
        if (t <= 0 || t >= 1) {
          continue;
        }
        double fade = Math.min(1, Math.min(t, 1 - t) * 5);
        anatomy.place(x + lean * t * length + bow * 4 * t * (1 - t), 2.0 * y, p);
        double edge = p[0] / 2;
        for (int k = 0; k <= wide; k++) {
          int column = (int) Math.round(edge + inwards * k);
          if (column >= 0 && column < N) {
            v[y * N + column] += (float) (strength * fade * (1 - k / wide));
          }
        }
      }
    }
  }

  /** Adds faint round nipple shadows, both sides. */
  static void nipples(Anatomy anatomy, SoftTissue soft, long seed) {
    Dice dice = new Dice(seed, 41);
    if (!dice.chance(0.10)) {
      return;
    }
    float[] b = soft.body.values();
    double low = dice.between(650, 740);
    for (Side side : Side.values()) {
      double[] p = new double[2];
      anatomy.place(side.sign() * dice.between(215, 255), low + dice.about(0, 6), p);
      double radius = dice.between(5, 7);
      for (int y = (int) (p[1] / 2 - 10); y < p[1] / 2 + 10; y++) {
        for (int x = (int) (p[0] / 2 - 10); x < p[0] / 2 + 10; x++) {
          double dx = x - p[0] / 2;
          double dy = y - p[1] / 2;
          double r2 = (dx * dx + dy * dy) / (radius * radius);
          if (r2 < 1 && x >= 0 && y >= 0 && x < N && y < N) {
            b[y * N + x] += (float) (0.45 * Math.sqrt(1 - r2));
          }
        }
      }
    }
  }

  /** Adds electrode leads or a central line, as thickness of something dense. */
  static void leads(Anatomy anatomy, Plane dense, long seed) {
    Dice dice = new Dice(seed, 42);
    Stroke stroke = new Stroke(dense);
    if (dice.chance(0.12)) {
      int count = 2 + dice.below(2);
      for (int i = 0; i < count; i++) {
        double s = dice.chance(0.5) ? -1 : 1;
        double x = s * dice.between(140, 300);
        double y = dice.between(240, 660);
        Curve wire =
            Curve.open(
                x,
                y,
                x + dice.about(0, 40),
                y + 90,
                x * 0.5 + dice.about(0, 30),
                y + 230,
                dice.about(0, 150),
                1060);
        stroke.add(anatomy.placed(wire), Stroke.Section.ROD, 1.5, 1.5, 0.7, 0.7);
        Curve pad = Curve.open(x - 6, y, x, y, x + 6, y);
        stroke.add(anatomy.placed(pad), Stroke.Section.BAND, 6, 6, 1.4, 1.4);
      }
    }
    if (dice.chance(0.08)) {
      double m = anatomy.mediastinalShift[0];
      double s = dice.chance(0.75) ? -1 : 1;
      Curve line =
          Curve.open(
              s * 95,
              -10,
              s * 84,
              90,
              s * 60,
              190,
              m - 40,
              270,
              m - 50,
              350,
              m - 54,
              dice.between(400, 470));
      stroke.add(anatomy.placed(line), Stroke.Section.ROD, 2, 2, 0.5, 0.5);
    }
  }
}
