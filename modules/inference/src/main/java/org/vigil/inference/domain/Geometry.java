package org.vigil.inference.domain;

import org.vigil.imaging.api.ResultContent;

/**
 * Where a place of the model's input lies in the image. Coordinates are continuous with the origin
 * at the top left corner of the top left pixel, so pixel {@code i} covers {@code [i, i + 1)}.
 *
 * @param imageColumns width of the image in pixels
 * @param imageRows height of the image in pixels
 * @param inputColumns width of the model's input
 * @param inputRows height of the model's input
 * @param scaleX image pixels per input pixel
 * @param scaleY image pixels per input pixel
 * @param offsetX input column at which the image's left edge lies; negative when cropped
 * @param offsetY input row at which the image's top edge lies
 */
public record Geometry(
    int imageColumns,
    int imageRows,
    int inputColumns,
    int inputRows,
    double scaleX,
    double scaleY,
    double offsetX,
    double offsetY) {

  static Geometry identity(int columns, int rows) {
    return new Geometry(columns, rows, columns, rows, 1, 1, 0, 0);
  }

  /**
   * This geometry followed by another scaling.
   *
   * @param scaleXBefore old input pixels per new input pixel
   * @param offsetXNow new input column at which the old input's left edge lies
   */
  Geometry then(
      int columns,
      int rows,
      double scaleXBefore,
      double scaleYBefore,
      double offsetXNow,
      double offsetYNow) {
    return new Geometry(
        imageColumns,
        imageRows,
        columns,
        rows,
        scaleX * scaleXBefore,
        scaleY * scaleYBefore,
        offsetXNow + offsetX / scaleXBefore,
        offsetYNow + offsetY / scaleYBefore);
  }

  double imageX(double inputX) {
    return (inputX - offsetX) * scaleX;
  }

  double imageY(double inputY) {
    return (inputY - offsetY) * scaleY;
  }

  double inputX(double imageX) {
    return imageX / scaleX + offsetX;
  }

  double inputY(double imageY) {
    return imageY / scaleY + offsetY;
  }

  /**
   * A rectangle of the input in the image, cut at the image's edges; null when nothing of it lies
   * in the image.
   */
  ResultContent.Box imageBox(double left, double top, double right, double bottom) {
    double x0 = Math.max(0, imageX(left));
    double y0 = Math.max(0, imageY(top));
    double x1 = Math.min(imageColumns, imageX(right));
    double y1 = Math.min(imageRows, imageY(bottom));
    return x1 <= x0 || y1 <= y0 ? null : new ResultContent.Box(x0, y0, x1 - x0, y1 - y0);
  }
}
