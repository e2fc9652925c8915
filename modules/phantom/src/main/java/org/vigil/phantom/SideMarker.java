package org.vigil.phantom;

/** The lead letter that the radiographer lays on the film, in a corner beside the neck. */
final class SideMarker {
  private SideMarker() {}

  /** Adds the letter of one side as something very dense, in pixels of the picture. */
  static void draw(Plane dense, long seed) {
    Dice dice = new Dice(seed, 43);
    Side side = dice.chance(0.6) ? Side.LEFT : Side.RIGHT;
    double x = 512 + side.sign() * dice.between(395, 440) - 14;
    double y = dice.between(40, 80);
    double tilt = dice.about(0, 0.06);
    double[][] letter =
        side == Side.LEFT
            ? new double[][] {{0, 0, 0, 38}, {0, 38, 24, 38}}
            : new double[][] {
              {0, 0, 0, 38},
              {0, 0, 20, 0},
              {20, 0, 24, 10},
              {24, 10, 20, 19},
              {0, 19, 20, 19},
              {10, 19, 25, 38}
            };
    Stroke stroke = new Stroke(dense);
    for (double[] bar : letter) {
      Curve c =
          new Curve(
              new double[] {x + bar[0] - tilt * bar[1], x + bar[2] - tilt * bar[3]},
              new double[] {y + bar[1] + tilt * bar[0], y + bar[3] + tilt * bar[2]});
      stroke.add(c, Stroke.Section.BAND, 3.4, 3.4, 5, 5);
    }
  }
}
