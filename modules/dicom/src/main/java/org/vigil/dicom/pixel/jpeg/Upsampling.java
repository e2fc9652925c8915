package org.vigil.dicom.pixel.jpeg;

/**
 * Gives every pixel a sample of a component that has fewer. T.81 leaves open how; where a component
 * has half the samples of a line, this weighs the nearest ones 3 to 1, in both directions if it has
 * half the lines too, and repeats samples otherwise. The Independent JPEG Group's library does the
 * same, and with it nearly every decoder.
 */
final class Upsampling {
  private final int[] plane;
  private final int stride;
  private final int width;
  private final int height;
  private final int horizontal;
  private final int vertical;
  private final int wholeHorizontal;
  private final int wholeVertical;

  /**
   * @param plane the component's samples, lines of {@code stride}
   * @param c tells its sampling factors
   * @param columns of the image
   * @param rows of the image
   * @param maxHorizontal largest horizontal sampling factor of the image
   * @param maxVertical largest vertical one
   */
  Upsampling(
      int[] plane,
      int stride,
      Component c,
      int columns,
      int rows,
      int maxHorizontal,
      int maxVertical) {
    this.plane = plane;
    this.stride = stride;
    this.horizontal = c.horizontal;
    this.vertical = c.vertical;
    this.wholeHorizontal = maxHorizontal;
    this.wholeVertical = maxVertical;
    this.width = (columns * horizontal + maxHorizontal - 1) / maxHorizontal;
    this.height = (rows * vertical + maxVertical - 1) / maxVertical;
  }

  /** Puts the line's samples at every {@code step}th place of {@code to}, from {@code at} on. */
  void line(int y, int columns, int[] to, int at, int step) {
    boolean halfWide = horizontal * 2 == wholeHorizontal && width > 2;
    if (halfWide && (vertical == wholeVertical || vertical * 2 == wholeVertical)) {
      for (int x = 0; x < columns; x++) {
        to[at + x * step] = vertical == wholeVertical ? between(x, y) : amid(x, y);
      }
      return;
    }
    int from = y * vertical / wholeVertical * stride;
    for (int x = 0; x < columns; x++) {
      to[at + x * step] = plane[from + x * horizontal / wholeHorizontal];
    }
  }

  private int between(int x, int y) {
    int column = x >> 1;
    int at = y * stride + column;
    boolean left = (x & 1) == 0;
    if (column == (left ? 0 : width - 1)) {
      return plane[at];
    }
    return left ? 3 * plane[at] + plane[at - 1] + 1 >> 2 : 3 * plane[at] + plane[at + 1] + 2 >> 2;
  }

  private int amid(int x, int y) {
    int column = x >> 1;
    boolean left = (x & 1) == 0;
    int other = column == (left ? 0 : width - 1) ? column : left ? column - 1 : column + 1;
    return 3 * column(column, y) + column(other, y) + (left ? 8 : 7) >> 4;
  }

  /** Four times the sample of a column at a line of the image. */
  private int column(int column, int y) {
    int row = y >> 1;
    int other = (y & 1) == 0 ? Math.max(row - 1, 0) : Math.min(row + 1, height - 1);
    return 3 * plane[row * stride + column] + plane[other * stride + column];
  }
}
