package org.vigil.phantom;

/**
 * Draws the lungs' vessels: trees that leave the hilum, taper and fork, as thickness of soft tissue
 * in centimetres. They are drawn over the whole half chest; whoever adds them to the picture keeps
 * only what lies in aerated lung.
 */
final class Vessels {
  private final Anatomy anatomy;
  private final Plane field = new Plane(Anatomy.SIZE);
  private final Stroke stroke = new Stroke(field);
  private final double strength;
  private final Dice dice;

  Vessels(Anatomy anatomy, long seed) {
    this.anatomy = anatomy;
    this.dice = new Dice(seed, 4);
    this.strength = dice.between(0.75, 1.25);
  }

  /**
   * Adds one lung's trees.
   *
   * @param side which lung
   * @param warp where the points of a collapsed lung go, or null
   */
  void draw(Side side, Curve.Warp warp) {
    Dice d = new Dice(dice.bits(), side.ordinal());
    double[] h = anatomy.hilum(side);
    int s = side.sign();
    // Directions as angles from straight down, towards the side wall positive.
    double[] main = {0.25, 0.55, 0.85, 1.15, 1.5, 1.9, 2.3, 2.65, 2.95, 0.02};
    for (double angle : main) {
      for (int twin = 0; twin < 2; twin++) {
        double a = angle + d.about(0, 0.16);
        double start = d.between(0, 26);
        double x = h[0] + s * StrictMath.sin(a) * start + d.about(0, 5);
        double y = h[1] + StrictMath.cos(a) * start + d.about(0, 18);
        double half = (a < 1 ? d.between(5.5, 8.5) : d.between(3.6, 5.6)) * (twin == 0 ? 1 : 0.8);
        branch(d, warp, s, x, y, a, half, 0);
      }
    }
    // The hilar shadow itself: the pulmonary artery going down, and its upper branch.
    line(
        warp,
        Curve.open(
            h[0] - s * 22,
            h[1] - 20,
            h[0],
            h[1],
            h[0] + s * 10,
            h[1] + 40,
            h[0] + s * 12,
            h[1] + 92),
        15,
        8,
        1.15,
        0.7);
    line(
        warp,
        Curve.open(h[0] - s * 14, h[1] + 4, h[0] + s * 6, h[1] - 24, h[0] + s * 20, h[1] - 62),
        12,
        6,
        0.85,
        0.45);
  }

  private void line(Curve.Warp warp, Curve c, double h0, double h1, double v0, double v1) {
    Curve moved = warp == null ? c : c.moved(warp);
    double s = anatomy.scale();
    stroke.add(
        anatomy.placed(moved), Stroke.Section.ROD, h0 * s, h1 * s, v0 * strength, v1 * strength);
  }

  private void branch(
      Dice d, Curve.Warp warp, int s, double x, double y, double angle, double half, int depth) {
    double length = d.between(26, 60) + half * 4;
    double bend = d.about(0, 0.16);
    double xm = x + s * StrictMath.sin(angle + bend * 0.3) * length * 0.5;
    double ym = y + StrictMath.cos(angle + bend * 0.3) * length * 0.5;
    double xe = xm + s * StrictMath.sin(angle + bend) * length * 0.5;
    double ye = ym + StrictMath.cos(angle + bend) * length * 0.5;
    double end = half * 0.84;
    line(warp, Curve.open(x, y, xm, ym, xe, ye), half, end, thick(half), thick(end));
    if (depth >= 7 || end < 0.75 || Math.abs(xe) > 365 || ye < 130 || ye > 960) {
      return;
    }
    double spread = d.between(0.22, 0.55);
    double share = d.between(0.35, 0.65);
    double turn = angle + bend;
    branch(d, warp, s, xe, ye, turn - spread * share, end * d.between(0.74, 0.9), depth + 1);
    branch(d, warp, s, xe, ye, turn + spread * (1 - share), end * d.between(0.6, 0.82), depth + 1);
  }

  /** A vessel is as thick as it is wide: half its width in units to centimetres of blood. */
  private static double thick(double half) {
    return 2 * half * Anatomy.MM_PER_UNIT / 10 * 1.25;
  }

  Plane field() {
    return field;
  }
}
