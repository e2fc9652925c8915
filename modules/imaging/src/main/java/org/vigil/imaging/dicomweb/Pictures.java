package org.vigil.imaging.dicomweb;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Turns pictures into files. */
final class Pictures {
  private Pictures() {}

  /**
   * The bytes of a picture.
   *
   * @param mediaType {@code image/png} or {@code image/jpeg}
   * @param longestSide scale down to this many pixels, 0 for no scaling
   */
  static byte[] encode(BufferedImage picture, String mediaType, int longestSide) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String format = mediaType.equals("image/jpeg") ? "jpeg" : "png";
    try {
      if (!ImageIO.write(scaled(picture, longestSide), format, out)) {
        throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "writing " + format));
      }
    } catch (IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "writing " + format), e);
    }
    return out.toByteArray();
  }

  private static BufferedImage scaled(BufferedImage picture, int longestSide) {
    int longest = Math.max(picture.getWidth(), picture.getHeight());
    if (longestSide <= 0 || longest <= longestSide) {
      return picture;
    }
    double scale = (double) longestSide / longest;
    int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, picture.getType());
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
