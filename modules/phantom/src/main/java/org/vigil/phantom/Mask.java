package org.vigil.phantom;

import java.util.BitSet;

/**
 * A set of cells of a square grid laid over the whole image, row by row from the top left.
 *
 * <p>Pathology masks have half the image's resolution: one cell covers 2 × 2 pixels.
 */
public final class Mask {
  private final int size;
  private final BitSet cells;

  Mask(int size, BitSet cells) {
    this.size = size;
    this.cells = cells;
  }

  /** The cells of a field that are above the threshold. */
  static Mask above(Plane field, float threshold) {
    BitSet cells = new BitSet(field.size() * field.size());
    float[] v = field.values();
    for (int i = 0; i < v.length; i++) {
      if (v[i] > threshold) {
        cells.set(i);
      }
    }
    return new Mask(field.size(), cells);
  }

  /** Cells a side. */
  public int size() {
    return size;
  }

  /** Whether the cell at the given column and row is in the set. */
  public boolean get(int column, int row) {
    return cells.get(row * size + column);
  }

  /** How many cells are in the set. */
  public int count() {
    return cells.cardinality();
  }

  /**
   * The part of each coarser cell that is covered, row by row.
   *
   * @param coarse cells a side of the result; must divide {@link #size()}
   * @return {@code coarse * coarse} fractions from 0 to 1
   */
  public float[] coverage(int coarse) {
    if (coarse < 1 || size % coarse != 0) {
      throw new IllegalArgumentException(
          "A mask of " + size + " cells a side cannot be divided into " + coarse);
    }
    int step = size / coarse;
    float[] out = new float[coarse * coarse];
    for (int i = cells.nextSetBit(0); i >= 0; i = cells.nextSetBit(i + 1)) {
      out[(i / size / step) * coarse + (i % size) / step] += 1f;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] /= step * step;
    }
    return out;
  }

  /** The smallest box of image pixels that holds every cell, or null where there is none. */
  PixelBox box(int imageSize) {
    int left = size;
    int right = -1;
    int top = size;
    int bottom = -1;
    for (int i = cells.nextSetBit(0); i >= 0; i = cells.nextSetBit(i + 1)) {
      int x = i % size;
      int y = i / size;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    if (right < 0) {
      return null;
    }
    int f = imageSize / size;
    return new PixelBox(left * f, top * f, (right - left + 1) * f, (bottom - top + 1) * f);
  }
}
