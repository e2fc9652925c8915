package org.vigil.phantom;

import java.util.List;

/**
 * Draws a frontal (PA) chest radiograph: {@value Anatomy#SIZE} × {@value Anatomy#SIZE} pixels, 12
 * bits, MONOCHROME2.
 *
 * <p>The picture is made the way a film is: thickness of soft tissue, air and bone along each ray
 * gives attenuation; scatter, quantum noise and a tone curve make stored values of it. The
 * patient's right is on the picture's left. The same {@link PhantomSpec} always gives the same
 * pixels: every part throws its own dice, only exact arithmetic and {@link StrictMath} decide
 * values.
 */
public final class ChestPhantom {
  private static final double SOFT = 0.205;
  private static final double BONE = 0.62;

  private ChestPhantom() {}

  /** Draws one film. */
  public static PhantomImage draw(PhantomSpec spec) {
    long seed = spec.seed();
    Anatomy anatomy = new Anatomy(spec);
    SoftTissue soft = new SoftTissue(anatomy, seed);
    Decoys.nipples(anatomy, soft, seed);
    Disease disease = new Disease(anatomy, soft, spec);

    Plane half = soft.attenuation(SOFT);
    Decoys.skinFolds(anatomy, half, seed);
    Plane film = half.blur(1, 1).doubled();

    Vessels vessels = new Vessels(anatomy, seed);
    for (Side side : Side.values()) {
      vessels.draw(side, disease.collapse(side));
    }
    addVessels(film, vessels.field(), soft.vesselShare);

    Plane bone = new Skeleton(anatomy, seed).draw();
    add(film, bone, (float) BONE);
    addPleura(film, anatomy, disease.lines(), soft.lung);
    Plane dense = new Plane(Anatomy.SIZE);
    Decoys.leads(anatomy, dense, seed);
    SideMarker.draw(dense, seed);
    add(film, dense, 1f);

    short[] pixels = new Exposure(seed).expose(film);
    return new PhantomImage(spec, Anatomy.SIZE, pixels, Anatomy.MM_PER_UNIT, disease.truths());
  }

  private static void addVessels(Plane film, Plane vessels, Plane share) {
    float[] f = film.values();
    float[] v = vessels.values();
    float[] s = share.doubled().values();
    for (int i = 0; i < f.length; i++) {
      f[i] += v[i] * s[i] * (float) (SOFT * 1.15);
    }
  }

  private static void addPleura(
      Plane film, Anatomy anatomy, List<Disease.PleuralLine> lines, Plane lung) {
    if (lines.isEmpty()) {
      return;
    }
    Plane field = new Plane(Anatomy.SIZE);
    Stroke stroke = new Stroke(field);
    for (Disease.PleuralLine line : lines) {
      stroke.add(
          anatomy.placed(line.curve()),
          Stroke.Section.ROD,
          line.half(),
          line.half(),
          line.thickness(),
          line.thickness());
    }
    // The line shows only where there is air beside it, not through the liver.
    float[] f = film.values();
    float[] v = field.values();
    float[] l = lung.doubled().values();
    for (int i = 0; i < f.length; i++) {
      f[i] += v[i] * Math.max(0, Math.min(1, (l[i] - 1) * 0.3f)) * (float) (SOFT * 2);
    }
  }

  private static void add(Plane film, Plane layer, float factor) {
    float[] f = film.values();
    float[] v = layer.values();
    for (int i = 0; i < f.length; i++) {
      f[i] += v[i] * factor;
    }
  }
}
