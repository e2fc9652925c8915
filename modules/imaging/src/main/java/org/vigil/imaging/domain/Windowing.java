package org.vigil.imaging.domain;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.vigil.imaging.api.ImageFrame;

/**
 * How a frame looks on a screen: modality LUT, then a linear window (PS3.3 §C.11.2.1.2), then
 * MONOCHROME1 turned round.
 *
 * @param center in units after rescale
 * @param width at least 1
 */
public record Windowing(double center, double width) {

  /** The frame's own window or, where it has none, one that spans all but the extremes. */
  public static Windowing of(ImageFrame frame) {
    if (frame.windowWidth() >= 1 && !Double.isNaN(frame.windowCenter())) {
      return new Windowing(frame.windowCenter(), frame.windowWidth());
    }
    int[] sorted = frame.samples().clone();
    Arrays.sort(sorted);
    double low = rescaled(frame, sorted[(int) (sorted.length * 0.005)]);
    double high = rescaled(frame, sorted[(int) (sorted.length * 0.995)]);
    double width = Math.max(1, Math.abs(high - low) + 1);
    return new Windowing((low + high + 1) / 2, width);
  }

  /**
   * The picture, in RGB.
   *
   * @param frame one or three samples a pixel; colours are taken as they are, scaled to 8 bits
   */
  public BufferedImage render(ImageFrame frame) {
    BufferedImage picture =
        new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[frame.columns()];
    boolean inverted = frame.photometricInterpretation().equals("MONOCHROME1");
    for (int y = 0; y < frame.rows(); y++) {
      int start = y * frame.columns() * frame.samplesPerPixel();
      for (int x = 0; x < row.length; x++) {
        row[x] =
            frame.samplesPerPixel() == 1
                ? grey(frame, frame.samples()[start + x], inverted)
                : colour(frame, start + x * frame.samplesPerPixel());
      }
      picture.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return picture;
  }

  private int grey(ImageFrame frame, int stored, boolean inverted) {
    double x = rescaled(frame, stored);
    double y;
    if (width <= 1) {
      y = x < center ? 0 : 255;
    } else {
      y = ((x - (center - 0.5)) / (width - 1) + 0.5) * 255;
    }
    int value = (int) Math.round(Math.max(0, Math.min(255, y)));
    int shown = inverted ? 255 - value : value;
    return shown << 16 | shown << 8 | shown;
  }

  private static int colour(ImageFrame frame, int start) {
    int shift = Math.max(0, frame.bitsStored() - 8);
    int red = frame.samples()[start] >> shift & 0xFF;
    int green = frame.samples()[start + 1] >> shift & 0xFF;
    int blue = frame.samples()[start + 2] >> shift & 0xFF;
    return red << 16 | green << 8 | blue;
  }

  private static double rescaled(ImageFrame frame, int stored) {
    return stored * frame.rescaleSlope() + frame.rescaleIntercept();
  }
}
