package org.vigil.web.rest;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.vigil.imaging.api.ResultContent.HeatMap;

/** A heat map as colours over nothing: from clear through yellow to red, opacity with the value. */
final class HeatMapImage {
  private static final double MAX_ALPHA = 200;

  private HeatMapImage() {}

  static byte[] png(HeatMap map) {
    BufferedImage image = new BufferedImage(map.columns(), map.rows(), BufferedImage.TYPE_INT_ARGB);
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        double value = (map.values()[row * map.columns() + column] & 0xFF) / 255.0;
        int alpha = (int) Math.round(MAX_ALPHA * value);
        int green = (int) Math.round(220 * (1 - value));
        image.setRGB(column, row, alpha << 24 | 0xFF0000 | green << 8);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
