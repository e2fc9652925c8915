package org.vigil.phantom;

/**
 * How a lung draws back from the chest wall when air enters the pleural space: most at the apex and
 * the upper side wall, less towards the base, not at all at the mediastinum, always towards the
 * hilum. Moves points of the reference frame.
 */
final class Collapse implements Curve.Warp {
  private final double hilumX;
  private final double hilumY;
  private final double gap;
  private final double base;
  private final int sign;

  /**
   * @param anatomy the chest
   * @param pathology the pneumothorax
   */
  Collapse(Anatomy anatomy, Pathology pathology, Dice dice) {
    double[] h = anatomy.hilum(pathology.side());
    this.hilumX = h[0];
    this.hilumY = h[1] + 30;
    this.sign = pathology.side().sign();
    this.gap = pathology.sizeMm() / (Anatomy.MM_PER_UNIT * anatomy.scale());
    double large = Math.min(1, pathology.sizeMm() / 60);
    // Small ones lie at the apex; large ones reach down to the diaphragm.
    this.base = Math.min(1, dice.between(0.05, 0.45) + 0.55 * large * large);
  }

  @Override
  public void move(double x, double y, double[] out) {
    double dx = hilumX - x;
    double dy = hilumY - y;
    double r = Math.sqrt(dx * dx + dy * dy);
    if (r < 1) {
      out[0] = x;
      out[1] = y;
      return;
    }
    double side = smooth((x * sign - 30) / 75);
    double down = smooth((y - 230) / 420);
    double strength = side * (1 + (base - 1) * down);
    // Points well inside move in proportion, so that the vessels crowd.
    double inside = Math.min(1, r / 240);
    double move = Math.min(0.72 * r, gap * strength * inside);
    out[0] = x + dx / r * move;
    out[1] = y + dy / r * move;
  }

  private static double smooth(double t) {
    double c = Math.max(0, Math.min(1, t));
    return c * c * (3 - 2 * c);
  }
}
