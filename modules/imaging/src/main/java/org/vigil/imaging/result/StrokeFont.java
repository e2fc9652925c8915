package org.vigil.imaging.result;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Letters drawn as lines, so that what is burnt into an image looks the same on every machine and
 * needs no fonts installed; servers often have none. Capitals, digits and some signs; lower-case
 * letters are drawn as capitals, anything else as a box.
 */
final class StrokeFont {
  /** Units of the grid in which glyphs are drawn: 4 wide, 6 high, with 2 between letters. */
  private static final int HEIGHT = 6;

  private static final int ADVANCE = 6;
  private static final Map<Character, String> GLYPHS = new HashMap<>();

  static {
    // Each glyph: polylines separated by spaces, each a run of points, x then y, y downwards.
    glyph('A', "0602204246 0444");
    glyph('B', "06003041423303 3344453606");
    glyph('C', "4130100105163645");
    glyph('D', "06002042442606");
    glyph('E', "40000646 0333");
    glyph('F', "400006 0333");
    glyph('G', "4130100105163645 454323");
    glyph('H', "0006 4046 0343");
    glyph('I', "1030 2026 1636");
    glyph('J', "4045361605");
    glyph('K', "0006 400346");
    glyph('L', "000646");
    glyph('M', "0600234046");
    glyph('N', "06004640");
    glyph('O', "103041453616050110");
    glyph('P', "06003041423303");
    glyph('Q', "103041453616050110 2446");
    glyph('R', "06003041423303 2346");
    glyph('S', "413010010213334445361605");
    glyph('T', "0040 2026");
    glyph('U', "000516364540");
    glyph('V', "002640");
    glyph('W', "0016233640");
    glyph('X', "0046 4006");
    glyph('Y', "0023 4023 2326");
    glyph('Z', "00400646");
    glyph('0', "103041453616050110 0541");
    glyph('1', "112026 1636");
    glyph('2', "01103041420646");
    glyph('3', "01103041423323 334445361605");
    glyph('4', "36300444");
    glyph('5', "400003334445361605");
    glyph('6', "413010010516364544331304");
    glyph('7', "004016");
    glyph('8', "103041423313020110 133344453616050413");
    glyph('9', "051636454130100102133342");
    glyph('.', "2526");
    glyph(',', "252516");
    glyph(':', "2122 2526");
    glyph(';', "2122 252516");
    glyph('-', "1333");
    glyph('+', "1333 2224");
    glyph('=', "0242 0444");
    glyph('/', "0640");
    glyph('(', "30212536");
    glyph(')', "10212516");
    glyph('%', "0640 0011 3546");
    glyph('<', "401346");
    glyph('>', "003306");
    glyph('_', "0646");
    glyph('\'', "2021");
    glyph(' ', "");
  }

  private StrokeFont() {}

  private static void glyph(char c, String lines) {
    GLYPHS.put(c, lines);
  }

  /** Width in pixels of a text drawn this high. */
  static double width(String text, double height) {
    return Math.max(0, (text.length() * ADVANCE - 2) * height / HEIGHT);
  }

  /**
   * Draws a text over a dark edge that keeps it legible on any background.
   *
   * @param x left edge
   * @param y upper edge of the capitals
   * @param height of the capitals in pixels
   */
  static void draw(
      Graphics2D graphics, String text, double x, double y, double height, Color color) {
    Path2D path = new Path2D.Double();
    double unit = height / HEIGHT;
    double left = x;
    for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
      append(path, GLYPHS.getOrDefault(c, "0040460600"), left, y, unit);
      left += ADVANCE * unit;
    }
    float line = (float) Math.max(1, height / 8);
    graphics.setStroke(new BasicStroke(line * 3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.setColor(Color.BLACK);
    graphics.draw(path);
    graphics.setStroke(new BasicStroke(line, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.setColor(color);
    graphics.draw(path);
  }

  private static void append(Path2D path, String lines, double x, double y, double unit) {
    for (String line : lines.split(" ", -1)) {
      for (int i = 0; i + 1 < line.length(); i += 2) {
        double px = x + (line.charAt(i) - '0') * unit;
        double py = y + (line.charAt(i + 1) - '0') * unit;
        if (i == 0) {
          path.moveTo(px, py);
        } else {
          path.lineTo(px, py);
        }
      }
    }
  }
}
