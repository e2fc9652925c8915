package org.vigil.phantom;

import java.util.Objects;

/**
 * A grey picture, white as the largest value.
 *
 * @param rows 1 to 65535
 * @param columns 1 to 65535
 * @param bits bits stored, 6 to 16 (PS3.3 C.8.11.3); values are unsigned
 * @param pixels stored values row by row
 * @param spacingMm distance between pixel centres in the detector plane, above 0
 */
public record GreyImage(int rows, int columns, int bits, short[] pixels, double spacingMm) {

  /** Checks the ranges. */
  public GreyImage {
    Objects.requireNonNull(pixels, "pixels");
    if (rows < 1 || columns < 1 || rows > 65535 || columns > 65535) {
      throw new IllegalArgumentException("An image has 1 to 65535 rows and columns");
    }
    if (pixels.length != rows * columns) {
      throw new IllegalArgumentException(
          "An image of %d × %d has %d pixels, not %d"
              .formatted(rows, columns, rows * columns, pixels.length));
    }
    if (bits < 6 || bits > 16) {
      throw new IllegalArgumentException("A DX image stores 6 to 16 bits, not " + bits);
    }
    if (!(spacingMm > 0)) {
      throw new IllegalArgumentException("The pixel spacing must be above 0, but is " + spacingMm);
    }
  }

  /** A drawn film. */
  public static GreyImage of(PhantomImage film) {
    return new GreyImage(film.size(), film.size(), 12, film.pixels(), film.pixelSpacingMm());
  }
}
