package org.vigil.phantom;

import java.util.Objects;

/**
 * One abnormality to draw.
 *
 * @param finding what
 * @param side where
 * @param sizeMm how large, in millimetres in the detector plane (see {@link Finding}); more than 0
 * @param contrast how plain it is to see, from 0.3 (faint) to 1 (plain)
 */
public record Pathology(Finding finding, Side side, double sizeMm, double contrast) {

  /** Checks the ranges. */
  public Pathology {
    Objects.requireNonNull(finding, "finding");
    Objects.requireNonNull(side, "side");
    if (!(sizeMm > 0 && sizeMm <= 200)) {
      throw new IllegalArgumentException(
          "The size of a pathology must be above 0 and at most 200 mm, but is " + sizeMm);
    }
    if (!(contrast >= 0.3 && contrast <= 1)) {
      throw new IllegalArgumentException(
          "The contrast of a pathology must lie between 0.3 and 1, but is " + contrast);
    }
  }
}
