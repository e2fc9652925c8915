package org.vigil.dicom.pixel.jpeg;

import java.io.ByteArrayOutputStream;

/**
 * A lossless JPEG image made for tests (T.81 annex H). Each size category has a code of 5 bits, so
 * that the last differences fill the last byte in all possible ways.
 */
public final class LosslessImage {
  private static final int CODE_LENGTH = 5;
  private static final int CATEGORIES = 17;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int rows;
  private final int columns;
  private final int components;
  private final int precision;
  private int cache;
  private int bits;

  private LosslessImage(int rows, int columns, int components, int precision) {
    this.rows = rows;
    this.columns = columns;
    this.components = components;
    this.precision = precision;
  }

  /**
   * Encodes samples, which lie row by row, those of a pixel side by side.
   *
   * @param interval lines between restart markers, or 0
   * @param together whether one scan has all components
   */
  public static byte[] encode(
      int[] samples,
      int rows,
      int columns,
      int components,
      int precision,
      int predictor,
      int transform,
      int interval,
      boolean together) {
    LosslessImage image = new LosslessImage(rows, columns, components, precision);
    image.headers(interval);
    if (together) {
      image.scan(samples, 0, components, predictor, transform, interval);
    } else {
      for (int c = 0; c < components; c++) {
        image.scan(samples, c, c + 1, predictor, transform, interval);
      }
    }
    image.bytes(0xFF, 0xD9);
    return image.out.toByteArray();
  }

  private void bytes(int... values) {
    for (int value : values) {
      out.write(value);
    }
  }

  private void headers(int interval) {
    bytes(0xFF, 0xD8, 0xFF, 0xC3, 0, 8 + 3 * components, precision);
    bytes(rows >> 8, rows & 0xFF, columns >> 8, columns & 0xFF, components);
    for (int c = 0; c < components; c++) {
      bytes(c + 1, 0x11, 0);
    }
    bytes(0xFF, 0xC4, 0, 19 + CATEGORIES, 0);
    for (int length = 1; length <= 16; length++) {
      bytes(length == CODE_LENGTH ? CATEGORIES : 0);
    }
    for (int category = 0; category < CATEGORIES; category++) {
      bytes(category);
    }
    if (interval > 0) {
      bytes(0xFF, 0xDD, 0, 4, interval * columns >> 8, interval * columns & 0xFF);
    }
  }

  private void scan(int[] samples, int first, int end, int predictor, int transform, int interval) {
    bytes(0xFF, 0xDA, 0, 6 + 2 * (end - first), end - first);
    for (int c = first; c < end; c++) {
      bytes(c + 1, 0);
    }
    bytes(predictor, 0, transform);
    int start = 0;
    for (int y = 0; y < rows; y++) {
      if (interval > 0 && y > 0 && y % interval == 0) {
        flush();
        bytes(0xFF, 0xD0 + (y / interval - 1) % 8);
        start = y;
      }
      for (int x = 0; x < columns; x++) {
        for (int c = first; c < end; c++) {
          int a = x > 0 ? at(samples, x - 1, y, c, transform) : 0;
          int b = y > start ? at(samples, x, y - 1, c, transform) : 0;
          int corner = x > 0 && y > start ? at(samples, x - 1, y - 1, c, transform) : 0;
          int prediction =
              y == start
                  ? x == 0 ? 1 << precision - transform - 1 : a
                  : x == 0 ? b : predicted(predictor, a, b, corner);
          put((short) (at(samples, x, y, c, transform) - prediction));
        }
      }
    }
    flush();
  }

  private int at(int[] samples, int x, int y, int c, int transform) {
    return samples[(y * columns + x) * components + c] >> transform;
  }

  private static int predicted(int predictor, int a, int b, int c) {
    int[] all = {0, a, b, c, a + b - c, a + (b - c >> 1), b + (a - c >> 1), a + b >> 1};
    return all[predictor];
  }

  private void put(int difference) {
    if (difference == Short.MIN_VALUE) {
      code(16, CODE_LENGTH);
      return;
    }
    int category = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
    code(category, CODE_LENGTH);
    code(difference < 0 ? difference + (1 << category) - 1 : difference, category);
  }

  private void code(int value, int width) {
    for (int bit = width - 1; bit >= 0; bit--) {
      cache = cache << 1 | value >> bit & 1;
      bits++;
      if (bits == 8) {
        bytes(cache);
        if (cache == 0xFF) {
          bytes(0);
        }
        cache = 0;
        bits = 0;
      }
    }
  }

  private void flush() {
    while (bits > 0) {
      code(1, 1);
    }
  }
}
