package org.vigil.phantom;

/**
 * A rectangle of whole pixels, origin at the top left of the image.
 *
 * @param x first column
 * @param y first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record PixelBox(int x, int y, int width, int height) {

  /** Checks that the rectangle is not empty. */
  public PixelBox {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "A pixel box is at least 1 × 1, not " + width + " × " + height);
    }
  }

  /** Whether the pixel at the given column and row lies inside. */
  public boolean contains(int column, int row) {
    return column >= x && column < x + width && row >= y && row < y + height;
  }

  /** Intersection over union with another box, from 0 to 1. */
  public double overlap(PixelBox other) {
    double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double both = w * h;
    return both / ((double) width * height + (double) other.width * other.height - both);
  }
}
