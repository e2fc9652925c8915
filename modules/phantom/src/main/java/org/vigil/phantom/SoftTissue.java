package org.vigil.phantom;

/**
 * Draws everything soft and everything filled with air, at half the picture's resolution, in
 * centimetres along the ray: how much body, how much of it lung, how much tissue in that lung.
 */
final class SoftTissue {
  static final int N = Anatomy.HALF;

  /** Thickness of the whole body. */
  final Plane body;

  /** Thickness of lung and pleural air, both sides. */
  final Plane lung;

  /** Thickness of tissue inside {@link #lung}, if all of it were condensed. */
  final Plane tissue;

  /** How visible vessels are: 1 in aerated lung, 0 elsewhere. */
  final Plane vesselShare;

  /** Other air: windpipe, bronchi, stomach. */
  final Plane air;

  private final Anatomy anatomy;
  private final double[] point = new double[2];

  SoftTissue(Anatomy anatomy, long seed) {
    this.anatomy = anatomy;
    this.body = new Plane(N);
    this.lung = new Plane(N);
    this.tissue = new Plane(N);
    this.vesselShare = new Plane(N);
    this.air = new Plane(N);
    Dice dice = new Dice(seed, 5);
    drawBody(dice);
    if (anatomy.sex == Sex.FEMALE) {
      drawBreasts(dice);
    }
    drawLungs(dice);
    drawAir(dice);
  }

  /** Coverage of a closed curve of the reference frame. */
  Plane region(Curve curve) {
    Plane p = new Plane(N);
    Curve placed = anatomy.placed(curve);
    p.fill(placed.scaledXs(0.5), placed.scaledYs(0.5));
    return p;
  }

  /**
   * A rounded body: thickness rises from 0 at the edge like a circle's chord.
   *
   * @param coverage where it is; changed
   * @param radius distance from the edge, in cells, at which it is thickest
   * @param thickness the greatest thickness in centimetres
   */
  static Plane rounded(Plane coverage, double radius, double thickness) {
    float[] d = coverage.distanceInside().values();
    float[] c = coverage.values();
    float inverse = (float) (1 / radius);
    float t = (float) thickness;
    for (int i = 0; i < d.length; i++) {
      if (c[i] > 0) {
        float k = 1 - Math.min(1, d[i] * inverse);
        c[i] = t * (float) Math.sqrt(1 - k * k);
      }
    }
    return coverage;
  }

  private void drawBody(Dice dice) {
    double thick = (anatomy.sex == Sex.MALE ? 21.5 : 19.5) + 3.5 * anatomy.fat + dice.about(0, 0.6);
    float[] b = rounded(region(anatomy.body()), 44, thick).values();
    float[] out = body.values();
    for (int y = 0; y < N; y++) {
      double down = Math.max(0, Math.min(1, (y - 20) / 130.0));
      double high = 0.62 + 0.38 * down * down * (3 - 2 * down);
      double belly = 1 + 0.10 * Math.max(0, Math.min(1, (y - 330) / 120.0));
      for (int x = 0; x < N; x++) {
        double arm = Math.max(0, Math.abs(x - N / 2) - 205) / 50.0;
        double flat = 1 - 0.35 * Math.min(1, arm);
        out[y * N + x] = (float) (b[y * N + x] * high * belly * flat);
      }
    }
  }

  private void drawBreasts(Dice dice) {
    double size = dice.between(0.75, 1.25);
    double low = dice.between(-25, 55);
    double thick = dice.between(1.6, 4.2) * size;
    float[] out = body.values();
    for (Side side : Side.values()) {
      double cx = side.sign() * (215 + dice.about(0, 8)) * anatomy.width;
      double cy = 610 + low + dice.about(0, 7);
      double rx = 150 * size;
      double ry = 138 * size;
      anatomy.place(cx, cy, point);
      double px = point[0] / 2;
      double py = point[1] / 2;
      int reach = (int) (Math.max(rx, ry) / 2 + 2);
      for (int y = Math.max(0, (int) py - 2 * reach); y < Math.min(N, py + reach); y++) {
        for (int x = Math.max(0, (int) px - reach); x < Math.min(N, px + reach); x++) {
          double u = (x - px) * 2 / rx;
          double v = (y - py) * 2 / ry;
          // The upper half fades into the chest wall, the lower ends in a fold.
          double w = v < 0 ? v * 0.55 : v;
          double r2 = u * u + w * w;
          if (r2 < 1) {
            double fade = v < 0 ? 1 - 0.30 * v * v : 1;
            double k = 1 - r2;
            double add = v < 0 ? k * fade : Math.sqrt(k) * 0.55 + 0.45 * k;
            out[y * N + x] += (float) (thick * Math.max(0, add));
          }
        }
      }
    }
  }

  private void drawLungs(Dice dice) {
    double depth = (anatomy.sex == Sex.MALE ? 14.2 : 12.8) + dice.about(0, 0.7);
    Plane heart = rounded(region(anatomy.heartOutline()), 46, 9.5 + dice.about(0, 0.5));
    Plane column = rounded(region(anatomy.mediastinum()), 21, 12.5);
    double[] k = anatomy.knobCentre();
    double r = anatomy.knob;
    Plane knob =
        rounded(
            region(
                Curve.closed(
                    k[0] - r,
                    k[1],
                    k[0],
                    k[1] - r,
                    k[0] + r,
                    k[1],
                    k[0] + r * 0.6,
                    k[1] + r * 1.2,
                    k[0],
                    k[1] + r * 1.5)),
            12,
            6.5);
    float[] h = heart.values();
    float[] c = column.values();
    float[] kn = knob.values();
    float[] solid = new float[h.length];
    for (int i = 0; i < h.length; i++) {
      solid[i] = Math.max(h[i], Math.max(c[i], kn[i])) + 0.25f * Math.min(h[i], c[i]);
    }
    double density = dice.between(0.20, 0.29);
    Plane mottle = Texture.clouds(N, 22, 4, 0.85, dice);
    float[] m = mottle.values();
    float[] out = lung.values();
    float[] t = tissue.values();
    float[] vis = vesselShare.values();
    float[] whole = body.values();
    for (Side side : Side.values()) {
      float[] l = rounded(region(anatomy.hemithorax(side)), 72, depth).values();
      float[] a = rounded(region(anatomy.abdomen(side)), 42, depth - 1.2).values();
      for (int y = 0; y < N; y++) {
        double base = Math.max(0, (y - 180) / 240.0);
        float rho = (float) (density * (1 + 0.22 * base));
        for (int x = 0; x < N; x++) {
          int i = y * N + x;
          float air = l[i] - Math.max(solid[i], a[i]);
          air = Math.min(air, whole[i] - 3.2f);
          if (air > out[i]) {
            out[i] = air;
            t[i] = air * rho * (1 + 0.42f * m[i]);
            vis[i] = Math.min(1, air * 0.22f);
          }
        }
      }
    }
  }

  private void drawAir(Dice dice) {
    Stroke stroke = new Stroke(air);
    double s = anatomy.scale() * 0.5;
    double half = (anatomy.sex == Sex.MALE ? 20 : 17) * s;
    double deep = anatomy.sex == Sex.MALE ? 2.3 : 1.9;
    Curve windpipe = half(anatomy.trachea());
    stroke.add(windpipe, Stroke.Section.ROD, half, half, deep, deep);
    for (Side side : Side.values()) {
      Curve bronchus = half(anatomy.bronchus(side));
      stroke.add(bronchus, Stroke.Section.ROD, half * 0.8, half * 0.55, deep * 0.8, deep * 0.4);
    }
    if (dice.chance(0.8)) {
      double x = dice.between(110, 190);
      double y = anatomy.lungY(700) + anatomy.domeY[Side.LEFT.ordinal()] + dice.between(52, 70);
      double w = dice.between(45, 95);
      double h = dice.between(18, 36);
      Plane bubble =
          region(
              Curve.closed(
                  x - w,
                  y + h * 0.5,
                  x - w * 0.5,
                  y - h * 0.6,
                  x + w * 0.4,
                  y - h * 0.8,
                  x + w,
                  y + h * 0.2,
                  x + w * 0.5,
                  y + h * 1.3,
                  x - w * 0.4,
                  y + h * 1.5));
      float[] b = rounded(bubble, 22, dice.between(3, 6)).values();
      float[] out = air.values();
      for (int i = 0; i < b.length; i++) {
        out[i] += b[i];
      }
    }
  }

  private Curve half(Curve reference) {
    Curve placed = anatomy.placed(reference);
    return new Curve(placed.scaledXs(0.5), placed.scaledYs(0.5));
  }

  /**
   * What the rays meet, as attenuation by soft tissue.
   *
   * @param perCentimetre attenuation of a centimetre of water
   */
  Plane attenuation(double perCentimetre) {
    float mu = (float) perCentimetre;
    float[] out = new float[N * N];
    for (int i = 0; i < out.length; i++) {
      float b = body.values()[i];
      float solid = b - lung.values()[i] + tissue.values()[i] - air.values()[i];
      out[i] = mu * Math.max(solid, Math.min(b, 1.5f));
    }
    return new Plane(N, out);
  }
}
