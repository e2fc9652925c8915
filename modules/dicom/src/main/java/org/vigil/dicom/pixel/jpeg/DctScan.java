package org.vigil.dicom.pixel.jpeg;

import java.io.IOException;
import java.util.List;

/**
 * Reads the coefficients of one scan: all of them (sequential), or a band of them and some of their
 * bits (progressive, T.81 §G).
 */
final class DctScan {
  private final List<Component> components;
  private final boolean progressive;
  private final int first;
  private final int last;
  private final int high;
  private final int low;
  private EntropyReader in;
  private int endOfBandRun;

  /**
   * @param first Ss, first coefficient in zig-zag order
   * @param last Se, last coefficient
   * @param high Ah, bits that earlier scans gave, 0 for the first
   * @param low Al, lowest bit of this scan
   */
  DctScan(List<Component> components, boolean progressive, int first, int last, int high, int low)
      throws IOException {
    // Some encoders leave zeros where a sequential scan must say 0 to 63; others read over it too.
    boolean valid =
        !progressive
            || first <= last
                && last < Component.BLOCK
                && low <= 13
                && high <= 13
                && (first > 0 ? components.size() == 1 : last == 0);
    if (!valid) {
      throw new IOException("JPEG: the scan header asks for a band that cannot be");
    }
    this.components = components;
    this.progressive = progressive;
    this.first = progressive ? first : 0;
    this.last = progressive ? last : Component.BLOCK - 1;
    this.high = progressive ? high : 0;
    this.low = progressive ? low : 0;
    for (Component c : components) {
      boolean needsDc = this.first == 0 && this.high == 0;
      if (needsDc && c.dc == null || this.last > 0 && c.ac == null) {
        throw new IOException("JPEG: a scan uses a Huffman table that was not given");
      }
    }
  }

  /** At the beginning and after each restart marker. */
  void from(EntropyReader reader) {
    in = reader;
    endOfBandRun = 0;
    for (Component c : components) {
      c.predicted = 0;
    }
  }

  void block(Component c, int at) throws IOException {
    if (!progressive) {
      sequential(c, at);
    } else if (first == 0) {
      dc(c, at);
    } else if (high == 0) {
      firstOfBand(c, at);
    } else {
      refineBand(c, at);
    }
  }

  private void sequential(Component c, int at) throws IOException {
    c.predicted += in.extended(size(c.dc.decode(in)));
    c.coefficients[at] = (short) c.predicted;
    int k = 1;
    while (k < Component.BLOCK) {
      int code = c.ac.decode(in);
      int size = code & 15;
      int zeros = code >> 4;
      if (size == 0) {
        if (zeros != 15) {
          break;
        }
        k += 16;
      } else {
        k += zeros;
        put(c, at, k, in.extended(size));
        k++;
      }
    }
  }

  private static int size(int size) throws IOException {
    if (size > 16) {
      throw new IOException("JPEG: a DC difference has more than 16 bits");
    }
    return size;
  }

  private static void put(Component c, int at, int k, int value) throws IOException {
    if (k >= Component.BLOCK) {
      throw new IOException("JPEG: a block has more than 64 coefficients");
    }
    c.coefficients[at + k] = (short) value;
  }

  private void dc(Component c, int at) throws IOException {
    if (high == 0) {
      c.predicted += in.extended(size(c.dc.decode(in)));
      c.coefficients[at] = (short) (c.predicted << low);
    } else if (in.bit() == 1) {
      c.coefficients[at] |= (short) (1 << low);
    }
  }

  private void firstOfBand(Component c, int at) throws IOException {
    if (endOfBandRun > 0) {
      endOfBandRun--;
      return;
    }
    int k = first;
    while (k <= last) {
      int code = c.ac.decode(in);
      int size = code & 15;
      int zeros = code >> 4;
      if (size != 0) {
        k += zeros;
        put(c, at, k, in.extended(size) << low);
        k++;
      } else if (zeros == 15) {
        k += 16;
      } else {
        endOfBandRun = (1 << zeros) + in.read(zeros) - 1;
        break;
      }
    }
  }

  /** Adds a bit to coefficients that are known and finds new ones between them (T.81 §G.1.2.3). */
  private void refineBand(Component c, int at) throws IOException {
    int bit = 1 << low;
    int k = first;
    if (endOfBandRun == 0) {
      while (k <= last) {
        int code = c.ac.decode(in);
        int size = code & 15;
        int zeros = code >> 4;
        int value = 0;
        if (size == 0) {
          if (zeros < 15) {
            endOfBandRun = (1 << zeros) + in.read(zeros);
            break;
          }
        } else if (size == 1) {
          value = in.bit() == 1 ? bit : -bit;
        } else {
          throw new IOException("JPEG: a refinement scan gives more than one bit");
        }
        k = skip(c, at, k, zeros, bit);
        if (value != 0) {
          put(c, at, Math.min(k, Component.BLOCK), value);
        }
        k++;
      }
    }
    if (endOfBandRun > 0) {
      skip(c, at, k, Integer.MAX_VALUE, bit);
      endOfBandRun--;
    }
  }

  /** Goes over known coefficients, refining them, and over as many zeros; where it stopped. */
  private int skip(Component c, int at, int from, int zeros, int bit) throws IOException {
    int left = zeros;
    int k = from;
    while (k <= last) {
      int value = c.coefficients[at + k];
      if (value != 0) {
        if (in.bit() == 1 && (Math.abs(value) & bit) == 0) {
          c.coefficients[at + k] = (short) (value + (value > 0 ? bit : -bit));
        }
      } else {
        if (left == 0) {
          break;
        }
        left--;
      }
      k++;
    }
    return k;
  }
}
