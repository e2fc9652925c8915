package org.vigil.dicom.pixel.jpegls;

import java.io.EOFException;
import java.io.IOException;

/** Bits of a scan, most significant first; after a byte 0xFF only 7 bits follow (T.87 §A.1). */
final class BitReader {
  private static final int CACHE = 64;

  private final byte[] bytes;
  private int position;
  private long cache;
  private int bits;
  private boolean afterFf;

  BitReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /**
   * @param width 0 to 32
   */
  int read(int width) throws IOException {
    if (width == 0) {
      return 0;
    }
    if (bits < width) {
      fill(width);
    }
    int value = (int) (cache >>> CACHE - width);
    cache <<= width;
    bits -= width;
    return value;
  }

  /** Counts zeros before the next one, which is consumed too. */
  int zeros(int most) throws IOException {
    int zeros = 0;
    while (true) {
      if (bits == 0) {
        fill(1);
      }
      int leading = Long.numberOfLeadingZeros(cache);
      if (leading < bits) {
        cache <<= leading;
        cache <<= 1;
        bits -= leading + 1;
        return checked(zeros + leading, most);
      }
      zeros = checked(zeros + bits, most);
      cache = 0;
      bits = 0;
    }
  }

  private static int checked(int zeros, int most) throws IOException {
    if (zeros > most) {
      throw new IOException("JPEG-LS: a code word is longer than LIMIT allows");
    }
    return zeros;
  }

  /**
   * A code word of limited length (T.87 §A.5.3).
   *
   * @param order Golomb parameter k
   * @param limit longest code word in bits
   * @param escapeBits bits of the value after an escape
   */
  int golomb(int order, int limit, int escapeBits) throws IOException {
    int escape = limit - escapeBits - 1;
    int high = zeros(escape);
    if (high < escape) {
      return (high << order) + read(order);
    }
    return read(escapeBits) + 1;
  }

  private void fill(int needed) throws IOException {
    while (bits <= CACHE - 8 && position < bytes.length) {
      int next = bytes[position] & 0xFF;
      if (afterFf) {
        cache |= (long) next << CACHE - 7 - bits;
        bits += 7;
      } else {
        boolean marker =
            next == 0xFF && (position + 1 >= bytes.length || (bytes[position + 1] & 0x80) != 0);
        if (marker) {
          break;
        }
        cache |= (long) next << CACHE - 8 - bits;
        bits += 8;
      }
      position++;
      afterFf = next == 0xFF;
    }
    if (bits < needed) {
      throw new EOFException("JPEG-LS: the scan ends too early");
    }
  }

  /** The place of the next marker; what is left of the scan before it is padding. */
  int nextMarker() {
    int at = position;
    while (at + 1 < bytes.length && !(bytes[at] == (byte) 0xFF && (bytes[at + 1] & 0x80) != 0)) {
      at++;
    }
    return at;
  }
}
