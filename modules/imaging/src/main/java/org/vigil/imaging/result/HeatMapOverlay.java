package org.vigil.imaging.result;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
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

  /** Levels of heat above none. */
  private static final int STEPS = 255;

  private static final int[] COLOURS = colours();

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
    int[] pixels = pixels(rgb);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = row[x] * 0x010101;
      }
    }
    return rgb;
  }

  /** The pixels themselves, 0xRRGGBB: reading and writing them one by one is many times slower. */
  static int[] pixels(BufferedImage rgb) {
    return ((DataBufferInt) rgb.getRaster().getDataBuffer()).getData();
  }

  private static void blend(BufferedImage picture, HeatMap map) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = pixels(picture);
    Between[] across = new Between[width];
    for (int x = 0; x < width; x++) {
      across[x] = Between.of((x + 0.5) / width, map.columns());
    }
    for (int y = 0; y < height; y++) {
      Between down = Between.of((y + 0.5) / height, map.rows());
      for (int x = 0; x < width; x++) {
        int heat = heat(map, across[x], down);
        if (heat > WEAKEST * STEPS) {
          int place = y * width + x;
          pixels[place] = mix(pixels[place], COLOURS[heat], STRONGEST * heat / STEPS);
        }
      }
    }
  }

  /** Heat between four cells, 0 to {@link #STEPS}. */
  private static int heat(HeatMap map, Between across, Between down) {
    double top = across.mix(map, down.first);
    double bottom = across.mix(map, down.second);
    return (int) Math.round(top + (bottom - top) * down.share);
  }

  /** Two neighbouring cells of a row or column, and how much the second one counts. */
  private record Between(int first, int second, double share) {
    /**
     * @param place in parts of the map's extent, 0 to 1
     */
    static Between of(double place, int cells) {
      double cell = Math.max(0, Math.min(cells - 1.0, place * cells - 0.5));
      return new Between((int) cell, Math.min((int) cell + 1, cells - 1), cell - (int) cell);
    }

    double mix(HeatMap map, int row) {
      int left = map.values()[row * map.columns() + first] & 0xFF;
      int right = map.values()[row * map.columns() + second] & 0xFF;
      return left + (right - left) * share;
    }
  }

  /** From blue over green and yellow to red. */
  private static int[] colours() {
    int[] colours = new int[STEPS + 1];
    for (int heat = 0; heat <= STEPS; heat++) {
      colours[heat] = Color.HSBtoRGB((float) (STEPS - heat) * 2 / 3 / STEPS, 1, 1);
    }
    return colours;
  }

  private static int mix(int below, int above, double opacity) {
    int share = (int) Math.round(opacity * 256);
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int value = (below >> shift & 0xFF) * (256 - share) + (above >> shift & 0xFF) * share;
      mixed |= (value + 128) / 256 << shift;
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
    // No score is a certainty.
    long percent = Math.min(99, Math.round(finding.confidence() * 100));
    return String.format(Locale.ROOT, "%s %d%%", finding.label(), percent);
  }

  private static Color colour(Severity severity) {
    return switch (severity) {
      case CRITICAL -> new Color(0xFF4040);
      case URGENT -> new Color(0xFFD400);
      case ROUTINE -> new Color(0x40D060);
    };
  }
}
