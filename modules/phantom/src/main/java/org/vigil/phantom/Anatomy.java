package org.vigil.phantom;

/**
 * The build of one chest: outlines in the reference frame and their place in the picture.
 *
 * <p>The reference frame has its origin in the patient's midline at the upper edge of the film, x
 * to the right of the picture (the patient's left), y downwards; its unit is one pixel of a
 * 1024-pixel film, {@value #MM_PER_UNIT} mm.
 */
final class Anatomy {
  /** Pixels a side of the finished picture. */
  static final int SIZE = 1024;

  /** Cells a side of the soft-tissue fields. */
  static final int HALF = SIZE / 2;

  /** Width of a pixel in the detector plane: a 17-inch (431.8 mm) square film, rounded. */
  static final double MM_PER_UNIT = 0.42;

  /** Height of the hila in the reference frame. */
  static final double HILUM_Y = 415;

  final Sex sex;
  final double width;
  final double inspiration;
  final double heart;
  final double turn;
  final double[] domeY = new double[2];
  final double[] lungWidth = new double[2];
  final double[] mediastinalShift = new double[1];
  final double knob;
  final double fat;
  final double spineBend;
  final double spinePhase;
  final double scapulaIn;

  private final double scale;
  private final double cos;
  private final double sin;
  private final double shiftX;
  private final double shiftY;

  Anatomy(PhantomSpec spec) {
    Dice d = new Dice(spec.seed(), 1);
    sex = spec.sex();
    boolean male = sex == Sex.MALE;
    width = d.about(male ? 1.02 : 0.96, 0.035);
    inspiration = d.about(male ? 1.0 : 0.96, 0.04);
    heart = d.about(1.02, 0.10);
    turn = d.about(0, 7);
    double domes = d.about(0, 8);
    domeY[Side.RIGHT.ordinal()] = domes - 6 + d.about(0, 5);
    domeY[Side.LEFT.ordinal()] = domes + 20 + d.about(0, 8);
    lungWidth[0] = d.about(1, 0.02);
    lungWidth[1] = d.about(0.99, 0.02);
    knob = d.about(30, 5);
    fat = Math.max(0, d.about(0.35, 0.35));
    spineBend = d.about(0, 8);
    spinePhase = d.between(0, 6.28);
    // Well turned-out shoulder blades clear the lungs; one film in three shows them over the lung.
    scapulaIn = d.chance(0.33) ? d.between(20, 60) : d.between(-15, 15);
    scale = d.about(0.985, 0.03);
    double angle = d.about(0, 0.022);
    cos = StrictMath.cos(angle) * scale;
    sin = StrictMath.sin(angle) * scale;
    shiftX = d.about(0, 13);
    shiftY = d.about(4, 14);
    for (Pathology p : spec.pathologies()) {
      if (p.finding() == Finding.PNEUMOTHORAX && p.sizeMm() > 45) {
        double tension = (p.sizeMm() - 45) / 40;
        mediastinalShift[0] -= p.side().sign() * tension * 42;
        domeY[p.side().ordinal()] += tension * 34;
      }
      if (p.finding() == Finding.EFFUSION && p.sizeMm() > 80) {
        mediastinalShift[0] -= p.side().sign() * (p.sizeMm() - 80) * 0.5;
      }
    }
  }

  /** From the reference frame to pixels of the picture. */
  void place(double x, double y, double[] out) {
    double v = y - 512;
    out[0] = 512 + shiftX + x * cos - v * sin;
    out[1] = 512 + shiftY + x * sin + v * cos;
  }

  /** A curve of the reference frame in pixels of the picture. */
  Curve placed(Curve curve) {
    return curve.moved(this::place);
  }

  /** Pixels of the picture a unit of the reference frame. */
  double scale() {
    return scale;
  }

  /** Height of a point given for a chest in full inspiration. */
  double lungY(double y) {
    return y <= 150 ? y : 150 + (y - 150) * inspiration;
  }

  /** Half the inner width of the rib cage at the given height (before {@link #lungY}). */
  double cage(double y) {
    double[] at = {100, 145, 165, 215, 290, 370, 450, 540, 640, 730, 810, 900};
    double[] half = {95, 140, 182, 232, 276, 306, 326, 341, 351, 356, 357, 354};
    if (y <= at[0]) {
      return half[0] * width;
    }
    for (int i = 1; i < at.length; i++) {
      if (y <= at[i]) {
        double t = (y - at[i - 1]) / (at[i] - at[i - 1]);
        return (half[i - 1] + t * (half[i] - half[i - 1])) * width;
      }
    }
    return half[half.length - 1] * width;
  }

  /** The whole half of the chest, far enough down to hold the recess behind the dome. */
  Curve hemithorax(Side side) {
    double w = width * lungWidth[side.ordinal()];
    double s = side.sign() * w;
    double low = lungY(820) + domeY[side.ordinal()];
    return Curve.closed(
        s * 30,
        240,
        s * 46,
        188,
        s * 78,
        155,
        s * 124,
        143,
        s * 178,
        163,
        s * 231,
        lungY(214),
        s * 275,
        lungY(290),
        s * 305,
        lungY(370),
        s * 325,
        lungY(450),
        s * 340,
        lungY(540),
        s * 350,
        lungY(640),
        s * 355,
        lungY(730),
        s * 353,
        low,
        s * 330,
        low + 42,
        s * 230,
        low + 60,
        s * 110,
        low + 45,
        s * 26,
        low - 10,
        s * 22,
        600,
        s * 22,
        400);
  }

  /** What lies below one half of the diaphragm. */
  Curve abdomen(Side side) {
    double w = width * lungWidth[side.ordinal()];
    double s = side.sign() * w;
    double y = domeY[side.ordinal()];
    double flat = side == Side.LEFT ? 6 : 0;
    return Curve.closed(
        s * 400,
        lungY(905) + y,
        s * 362,
        lungY(838) + y,
        s * 338,
        lungY(795) + y,
        s * 300,
        lungY(748) + y + flat,
        s * 250,
        lungY(714) + y + flat,
        s * 195,
        lungY(700) + y + flat,
        s * 135,
        lungY(704) + y + flat,
        s * 75,
        lungY(724) + y,
        s * 20,
        lungY(752) + y,
        s * -10,
        lungY(790) + y,
        s * -10,
        1300,
        s * 400,
        1300);
  }

  /** The heart's outline. */
  Curve heartOutline() {
    double h = heart * width;
    double m = mediastinalShift[0] + turn * 0.6;
    double drop = (domeY[0] + domeY[1]) / 2;
    return Curve.closed(
        m - 22,
        325,
        m - 48 * h,
        lungY(400),
        m - 74 * h,
        lungY(480),
        m - 86 * h,
        lungY(560),
        m - 79 * h,
        lungY(640),
        m - 50 * h,
        lungY(712) + drop,
        m + 20,
        lungY(752) + drop,
        m + 110 * h,
        lungY(778) + drop,
        m + 185 * h,
        lungY(776) + drop,
        m + 214 * h,
        lungY(732) + drop,
        m + 203 * h,
        lungY(650) + drop * 0.5,
        m + 166 * h,
        lungY(556),
        m + 120 * h,
        lungY(476),
        m + 84 * h,
        lungY(412),
        m + 62,
        lungY(362),
        m + 34,
        330);
  }

  /** Great vessels, spine and gullet: the column between the lungs. */
  Curve mediastinum() {
    double m = mediastinalShift[0];
    double t = turn * 0.5;
    return Curve.closed(
        -42,
        -80,
        -42,
        90,
        m * 0.3 + t - 45,
        190,
        m * 0.7 + t - 54,
        290,
        m + t - 58,
        360,
        m * 0.7 + t - 46,
        440,
        -42,
        600,
        -46,
        800,
        -62,
        1200,
        62,
        1200,
        52,
        800,
        m * 0.3 + 52,
        600,
        m * 0.6 + t + 58,
        450,
        m * 0.8 + t + 64,
        370,
        m * 0.8 + t + 54,
        250,
        t + 44,
        190,
        42,
        90,
        42,
        -80);
  }

  /** Centre of the aortic knob. */
  double[] knobCentre() {
    return new double[] {mediastinalShift[0] * 0.9 + turn * 0.6 + 46, 290};
  }

  /** Neck, shoulders, arms and trunk. */
  Curve body() {
    double w = width * (1 + 0.10 * fat);
    double neck = sex == Sex.MALE ? 178 : 158;
    double arm = 500 + 26 * fat;
    return Curve.closed(
        -neck * 0.97,
        -120,
        -neck,
        -20,
        -neck - 12,
        55,
        -neck - 70,
        105,
        -350,
        140,
        -500,
        152,
        -680,
        210,
        -700,
        620,
        -540 * w,
        arm + 95,
        -474 * w,
        arm + 5,
        -452 * w,
        arm + 60,
        -438 * w,
        arm + 190,
        -428 * w,
        860,
        -424 * w,
        1250,
        424 * w,
        1250,
        428 * w,
        860,
        438 * w,
        arm + 190,
        452 * w,
        arm + 60,
        474 * w,
        arm + 5,
        540 * w,
        arm + 95,
        700,
        620,
        680,
        210,
        500,
        152,
        350,
        140,
        neck + 70,
        105,
        neck + 12,
        55,
        neck,
        -20,
        neck * 0.97,
        -120);
  }

  /** The windpipe down to its fork, on its axis. */
  Curve trachea() {
    double m = mediastinalShift[0];
    double t = turn * 0.4;
    return Curve.open(
        t, -80, t + m * 0.1, 60, t + m * 0.4, 170, t - 4 + m * 0.8, 250, t - 6 + m, 308);
  }

  /** A main bronchus on its axis. */
  Curve bronchus(Side side) {
    double m = mediastinalShift[0] + turn * 0.4 - 6;
    return side == Side.RIGHT
        ? Curve.open(m, 304, m - 26, 340, m - 56, 378, m - 74, 410)
        : Curve.open(m, 304, m + 34, 334, m + 72, 358, m + 92, 378);
  }

  /** Where the lung's vessels enter. */
  double[] hilum(Side side) {
    double m = mediastinalShift[0] + turn * 0.5;
    return side == Side.RIGHT ? new double[] {m - 76, 405} : new double[] {m + 84, 382};
  }

  /** Sideways place of the spine at a height. */
  double spineX(double y) {
    return spineBend * StrictMath.sin(y / 330.0 + spinePhase) + turn * 0.15;
  }
}
