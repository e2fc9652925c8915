package org.vigil.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws the pathologies into the soft tissue and remembers the truth about each. */
final class Disease {
  private static final int N = Anatomy.HALF;
  private static final double CM_PER_CELL = 2 * Anatomy.MM_PER_UNIT / 10;

  /** A pleural line to be drawn at full resolution. */
  record PleuralLine(Curve curve, double half, double thickness) {}

  private final Anatomy anatomy;
  private final SoftTissue soft;
  private final long seed;
  private final List<GroundTruth> truths = new ArrayList<>();
  private final List<PleuralLine> lines = new ArrayList<>();
  private final Collapse[] collapses = new Collapse[2];

  Disease(Anatomy anatomy, SoftTissue soft, PhantomSpec spec) {
    this.anatomy = anatomy;
    this.soft = soft;
    this.seed = spec.seed();
    for (Finding f : Finding.values()) {
      for (Pathology p : spec.pathologies()) {
        if (p.finding() == f) {
          draw(p);
        }
      }
    }
  }

  List<GroundTruth> truths() {
    return truths;
  }

  List<PleuralLine> lines() {
    return lines;
  }

  /** How the side's lung has drawn back, or null. */
  Collapse collapse(Side side) {
    return collapses[side.ordinal()];
  }

  private void draw(Pathology p) {
    Dice dice = new Dice(seed, 20 + 2 * p.finding().ordinal() + p.side().ordinal());
    switch (p.finding()) {
      case PNEUMOTHORAX -> pneumothorax(p, dice);
      case CONSOLIDATION -> consolidation(p, dice);
      case NODULE -> nodule(p, dice);
      case EFFUSION -> effusion(p, dice);
    }
  }

  private void pneumothorax(Pathology p, Dice dice) {
    Collapse collapse = new Collapse(anatomy, p, dice);
    collapses[p.side().ordinal()] = collapse;
    Curve wall = anatomy.hemithorax(p.side());
    Curve pleura = wall.moved(collapse);
    Plane inside = soft.region(pleura);
    float[] edge = inside.copy().values();
    float[] in = inside.values();
    float[] left = SoftTissue.rounded(inside.copy(), 60, 16).values();
    float[] lung = soft.lung.values();
    float[] tissue = soft.tissue.values();
    float[] vis = soft.vesselShare.values();
    float[] half = soft.region(wall).values();
    double large = Math.min(1, p.sizeMm() / 70);
    float clear = (float) (0.45 + 0.5 * p.contrast());
    float denser = (float) (1 + 0.9 * large * large);
    Plane gap = new Plane(N);
    float[] g = gap.values();
    double volume = 0;
    for (int i = 0; i < lung.length; i++) {
      if (half[i] <= 0 || lung[i] <= 0) {
        continue;
      }
      float share = lung[i] <= 0 ? 0 : tissue[i] / lung[i];
      float kept = Math.min(1, left[i] / lung[i]);
      float collapsed = edge[i] * (0.35f + 0.65f * kept) * lung[i] * Math.min(0.9f, share * denser);
      float before = tissue[i];
      tissue[i] = before + (collapsed - before) * clear;
      if (in[i] < 0.999f) {
        vis[i] *= in[i];
      }
      float outside = 1 - edge[i];
      if (lung[i] > 0.5f) {
        g[i] = outside;
        volume += outside * lung[i] * 0.8;
      }
    }
    volume *= CM_PER_CELL * CM_PER_CELL;
    lines.add(
        new PleuralLine(
            visible(wall, pleura),
            dice.between(0.8, 1.35),
            (0.10 + 0.22 * dice.between(0, 1)) * (0.55 + 0.45 * p.contrast())));
    dropHairlines(g);
    remember(p, gap, 0.5f, volume);
  }

  /** Forgets rows in which the gap is narrower than 3.4 mm: nobody could see or mark it there. */
  private static void dropHairlines(float[] gap) {
    for (int y = 0; y < N; y++) {
      int wide = 0;
      for (int x = 0; x < N; x++) {
        if (gap[y * N + x] > 0.5f) {
          wide++;
        }
      }
      if (wide < 4) {
        Arrays.fill(gap, y * N, y * N + N, 0f);
      }
    }
  }

  /** The part of the visceral pleura that has left the wall by more than a few units. */
  private static Curve visible(Curve wall, Curve pleura) {
    int n = wall.length();
    List<Integer> keep = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double dx = wall.x(i) - pleura.x(i);
      double dy = wall.y(i) - pleura.y(i);
      if (dx * dx + dy * dy > 9) {
        keep.add(i);
      }
    }
    double[] xs = new double[keep.size()];
    double[] ys = new double[keep.size()];
    for (int k = 0; k < xs.length; k++) {
      xs[k] = pleura.x(keep.get(k));
      ys[k] = pleura.y(keep.get(k));
    }
    return new Curve(xs, ys);
  }

  private void consolidation(Pathology p, Dice dice) {
    double radius = p.sizeMm() / (2 * Anatomy.MM_PER_UNIT * anatomy.scale()) / 2 * anatomy.scale();
    double squash = dice.between(0.6, 0.95);
    double lean = dice.between(-0.8, 0.8);
    double cos = StrictMath.cos(lean);
    double sin = StrictMath.sin(lean);
    int at = centre(p.side(), Math.min(22, radius * 0.5), 5, dice);
    Plane shape = Texture.clouds(N, Math.max(8, radius * 0.8), 3, 0.6, dice);
    Plane grain = Texture.clouds(N, 9, 3, 0.7, dice);
    float[] lung = soft.lung.values();
    float[] tissue = soft.tissue.values();
    float[] vis = soft.vesselShare.values();
    Plane field = new Plane(N);
    float[] f = field.values();
    int cx = at % N;
    int cy = at / N;
    int reach = (int) (radius * 1.1);
    double volume = 0;
    float strength = (float) (0.30 + 0.45 * p.contrast());
    for (int y = Math.max(0, cy - reach); y <= Math.min(N - 1, cy + reach); y++) {
      for (int x = Math.max(0, cx - reach); x <= Math.min(N - 1, cx + reach); x++) {
        int i = y * N + x;
        if (lung[i] <= 0.4f || (x < middle(y)) != (p.side() == Side.RIGHT)) {
          continue;
        }
        double u = (cos * (x - cx) + sin * (y - cy)) / radius;
        double v = (cos * (y - cy) - sin * (x - cx)) / (radius * squash);
        double r = Math.sqrt(u * u + v * v) + 0.42 * shape.values()[i] + 0.06;
        double k = Math.max(0, Math.min(1, (1.0 - r) / 0.38));
        float share = (float) (k * k * (3 - 2 * k));
        if (share <= 0) {
          continue;
        }
        float filled = share * strength * (1 + 0.38f * grain.values()[i]);
        float add = Math.max(0, filled) * (lung[i] - tissue[i]) * 0.62f;
        tissue[i] += add;
        vis[i] *= 1 - 0.7f * share;
        volume += add;
        f[i] = share;
      }
    }
    remember(p, field, 0.3f, volume * CM_PER_CELL * CM_PER_CELL);
  }

  private void nodule(Pathology p, Dice dice) {
    double radius = p.sizeMm() / 2 / (2 * Anatomy.MM_PER_UNIT);
    int at = centre(p.side(), radius + 4, 4.5, dice);
    double cx = at % N + dice.between(0, 1);
    double cy = at / N + dice.between(0, 1);
    double wave = dice.between(0, 0.09);
    int lobes = 3 + dice.below(4);
    double phase = dice.between(0, 6);
    float[] tissue = soft.tissue.values();
    Plane field = new Plane(N);
    float[] f = field.values();
    int reach = (int) Math.ceil(radius * 1.2) + 1;
    double volume = 0;
    double radiusCm = p.sizeMm() / 20;
    for (int y = (int) cy - reach; y <= cy + reach; y++) {
      for (int x = (int) cx - reach; x <= cx + reach; x++) {
        if (x < 0 || y < 0 || x >= N || y >= N) {
          continue;
        }
        double dx = x + 0.5 - cx;
        double dy = y + 0.5 - cy;
        double angle = StrictMath.atan2(dy, dx);
        double r =
            Math.sqrt(dx * dx + dy * dy)
                / (radius * (1 + wave * StrictMath.sin(lobes * angle + phase) - wave));
        if (r < 1) {
          double add = 2 * radiusCm * Math.sqrt(1 - r * r) * (0.55 + 0.45 * p.contrast());
          tissue[y * N + x] += (float) add;
          volume += add;
          f[y * N + x] = 1;
        }
      }
    }
    remember(p, field, 0.5f, volume * CM_PER_CELL * CM_PER_CELL);
  }

  private void effusion(Pathology p, Dice dice) {
    double height = p.sizeMm() / Anatomy.MM_PER_UNIT;
    Side side = p.side();
    double foot = anatomy.lungY(812) + anatomy.domeY[side.ordinal()];
    double wall = anatomy.cage(780);
    double dip = dice.between(0.38, 0.55);
    double steep = dice.between(2.4, 3.6);
    float[] lung = soft.lung.values();
    float[] tissue = soft.tissue.values();
    float[] vis = soft.vesselShare.values();
    float[] half = soft.region(anatomy.hemithorax(side)).values();
    Plane field = new Plane(N);
    float[] f = field.values();
    double volume = 0;
    float solid = (float) (0.80 + 0.2 * p.contrast());
    double[] origin = new double[2];
    anatomy.place(0, 0, origin);
    double[] axis = new double[2];
    anatomy.place(1, 0, axis);
    double ux = (axis[0] - origin[0]) / (anatomy.scale() * anatomy.scale());
    double uy = (axis[1] - origin[1]) / (anatomy.scale() * anatomy.scale());
    for (int y = 0; y < N; y++) {
      for (int x = 0; x < N; x++) {
        int i = y * N + x;
        if (half[i] <= 0 || lung[i] <= 0) {
          continue;
        }
        double dx = 2 * x + 1 - origin[0];
        double dy = 2 * y + 1 - origin[1];
        double rx = dx * ux + dy * uy;
        double ry = dy * ux - dx * uy;
        double out = Math.max(0, Math.min(1, rx * side.sign() / wall));
        // The surface climbs at the wall and dips towards the middle.
        double level = foot - height * (dip + (1 - dip) * power(out, steep));
        double k = Math.max(0, Math.min(1, (ry - level + 16) / 44));
        float share = (float) (k * k * (3 - 2 * k));
        if (share <= 0) {
          continue;
        }
        float add = share * solid * (lung[i] - tissue[i]);
        tissue[i] += add;
        vis[i] *= 1 - share;
        volume += add;
        f[i] = lung[i] > 0.6f ? share : 0;
      }
    }
    remember(p, field, 0.4f, volume * CM_PER_CELL * CM_PER_CELL);
  }

  private static double power(double base, double exponent) {
    return base <= 0 ? 0 : StrictMath.pow(base, exponent);
  }

  private int middle(int row) {
    double[] p = new double[2];
    anatomy.place(0, 2.0 * row, p);
    return (int) (p[0] / 2);
  }

  /** A cell in that side's lung with enough depth and, on all four sides, enough lung around it. */
  private int centre(Side side, double margin, double depth, Dice dice) {
    float[] lung = soft.lung.values();
    float[] vis = soft.vesselShare.values();
    int best = -1;
    float most = -1;
    for (int attempt = 0; attempt < 400; attempt++) {
      double[] p = new double[2];
      anatomy.place(side.sign() * dice.between(70, 320), dice.between(190, 760), p);
      int x = (int) (p[0] / 2);
      int y = (int) (p[1] / 2);
      int m = (int) Math.ceil(margin);
      if (x < m || y < m || x >= N - m || y >= N - m) {
        continue;
      }
      int i = y * N + x;
      float least = lung[i];
      for (int[] step : new int[][] {{m, 0}, {-m, 0}, {0, m}, {0, -m}}) {
        int j = i + step[1] * N + step[0];
        least = Math.min(least, Math.min(lung[j], vis[j] * 30));
      }
      if (least >= depth) {
        return i;
      }
      if (least > most) {
        most = least;
        best = i;
      }
    }
    return best;
  }

  private void remember(Pathology p, Plane field, float threshold, double volumeMl) {
    Mask mask = Mask.above(field, threshold);
    PixelBox box = mask.box(Anatomy.SIZE);
    if (box == null) {
      throw new IllegalStateException(
          "The "
              + p.finding()
              + " of "
              + p.sizeMm()
              + " mm lies outside the picture; seed "
              + seed);
    }
    truths.add(new GroundTruth(p.finding(), p.side(), box, p.sizeMm(), volumeMl, mask));
  }
}
