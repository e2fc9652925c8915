package org.vigil.imaging.result;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.vigil.imaging.api.ResultContent;
import org.vigil.imaging.api.ResultContent.Box;
import org.vigil.imaging.api.ResultContent.Finding;
import org.vigil.imaging.api.ResultContent.HeatMap;
import org.vigil.kernel.Severity;

/** Draws what a model says over the image it says it about. */
final class HeatMapOverlay {
  /** No side of the picture is longer. */
  static final int LONGEST_SIDE = 1024;

  /** How much of the image the strongest heat covers. */
  private static final double STRONGEST = 0.55;

  /** Less heat than this leaves the image as it is. */
  private static final double WEAKEST = 0.15;

  private final ResultContent content;

  HeatMapOverlay(ResultContent content) {
    this.content = content;
  }

  /**
   * The picture.
   *
   * @param image the windowed image, at its full size
   * @return RGB, no side longer than {@link #LONGEST_SIDE}
   */
  BufferedImage draw(BufferedImage image) {
    double scale =
        Math.min(1.0, (double) LONGEST_SIDE / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(toRgb(image), 0, 0, width, height, null);
      if (content.heatMap() != null) {
        blend(picture, content.heatMap());
      }
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      drawFindings(graphics, width, height, scale);
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  /** The same levels in RGB: Java's own conversion takes grey for linear light and brightens it. */
  private static BufferedImage toRgb(BufferedImage image) {
    if (image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      return image;
    }
    int width = image.getWidth();
    BufferedImage rgb = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        row[x] *= 0x010101;
      }
      rgb.setRGB(0, y, width, 1, row, 0, width);
    }
    return rgb;
  }

  private static void blend(BufferedImage picture, HeatMap map) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        double heat = sample(map, (x + 0.5) / width, (y + 0.5) / height);
        if (heat > WEAKEST) {
          row[x] = mix(row[x], colour(heat), STRONGEST * heat);
        }
      }
      picture.setRGB(0, y, width, 1, row, 0, width);
    }
  }

  /** Heat at a place given in parts of the map's width and height, interpolated, 0 to 1. */
  private static double sample(HeatMap map, double u, double v) {
    double x = Math.max(0, Math.min(map.columns() - 1.0, u * map.columns() - 0.5));
    double y = Math.max(0, Math.min(map.rows() - 1.0, v * map.rows() - 0.5));
    int x0 = (int) x;
    int y0 = (int) y;
    int x1 = Math.min(x0 + 1, map.columns() - 1);
    int y1 = Math.min(y0 + 1, map.rows() - 1);
    double top = value(map, x0, y0) * (x0 + 1 - x) + value(map, x1, y0) * (x - x0);
    double bottom = value(map, x0, y1) * (x0 + 1 - x) + value(map, x1, y1) * (x - x0);
    return (top * (y0 + 1 - y) + bottom * (y - y0)) / 255;
  }

  private static int value(HeatMap map, int x, int y) {
    return map.values()[y * map.columns() + x] & 0xFF;
  }

  /** From blue over green and yellow to red. */
  private static int colour(double heat) {
    return Color.HSBtoRGB((float) ((1 - heat) * 2 / 3), 1, 1);
  }

  private static int mix(int below, int above, double opacity) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double value = (below >> shift & 0xFF) * (1 - opacity) + (above >> shift & 0xFF) * opacity;
      mixed |= (int) Math.round(value) << shift;
    }
    return mixed;
  }

  private void drawFindings(Graphics2D graphics, int width, int height, double scale) {
    double letter = Math.max(8, Math.max(width, height) / 60.0);
    double line = letter * 1.8;
    double y = letter;
    y = write(graphics, "VIGIL AI - " + content.modelName(), y, letter, width, Color.WHITE);
    y = write(graphics, "VERSION " + content.modelVersion(), y, letter, width, Color.WHITE);
    List<Finding> positive =
        content.findings().stream()
            .filter(Finding::positive)
            .sorted(
                Comparator.comparing(Finding::severity)
                    .thenComparing(Comparator.comparingDouble(Finding::confidence).reversed()))
            .toList();
    for (Finding finding : positive) {
      y = write(graphics, caption(finding), y, letter, width, colour(finding.severity()));
      if (finding.box() != null) {
        drawBox(graphics, finding, letter, scale);
      }
    }
    if (positive.isEmpty()) {
      write(graphics, "NO FINDING ABOVE ITS OPERATING POINT", y, letter, width, Color.WHITE);
    }
    double bottom = height - line;
    if (content.notForClinicalUse()) {
      write(graphics, "NOT FOR CLINICAL USE", bottom, letter, width, Color.WHITE);
      bottom -= line;
    }
    write(graphics, "AI ASSISTANCE IS NOT DIAGNOSTIC", bottom, letter, width, Color.WHITE);
  }

  private static void drawBox(Graphics2D graphics, Finding finding, double letter, double scale) {
    Box box = finding.box();
    Rectangle2D rectangle =
        new Rectangle2D.Double(
            box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale);
    float line = (float) Math.max(1.5, letter / 6);
    graphics.setStroke(new BasicStroke(line * 2.5f));
    graphics.setColor(Color.BLACK);
    graphics.draw(rectangle);
    graphics.setStroke(new BasicStroke(line));
    graphics.setColor(colour(finding.severity()));
    graphics.draw(rectangle);
    double above = rectangle.getY() - letter * 1.5;
    StrokeFont.draw(
        graphics,
        caption(finding),
        rectangle.getX(),
        above > 0 ? above : rectangle.getMaxY() + letter * 0.5,
        letter,
        colour(finding.severity()));
  }

  /** Writes a line and returns where the next one begins; a long text is drawn smaller. */
  private static double write(
      Graphics2D graphics, String text, double y, double letter, int width, Color color) {
    double room = width - 2 * letter;
    double natural = StrokeFont.width(text, letter);
    double size = natural > room ? letter * room / natural : letter;
    StrokeFont.draw(graphics, text, letter, y, size, color);
    return y + letter * 1.8;
  }

  private static String caption(Finding finding) {
    return String.format(Locale.ROOT, "%s %.0f%%", finding.label(), finding.confidence() * 100);
  }

  private static Color colour(Severity severity) {
    return switch (severity) {
      case CRITICAL -> new Color(0xFF4040);
      case URGENT -> new Color(0xFFD400);
      case ROUTINE -> new Color(0x40D060);
    };
  }
}
