package org.vigil.dicom.pixel.jpeg;

import java.io.EOFException;
import java.io.IOException;

/** Bits of an entropy-coded segment; after a byte 0xFF a byte 0 is stuffed (T.81 §F.1.2.3). */
final class EntropyReader {
  private static final int FULL = 56;

  private final byte[] bytes;
  private int position;

  /** Bits that were read ahead, the next one highest. */
  private long cache;

  private int bits;

  EntropyReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  private void fill() {
    while (bits <= FULL && position < bytes.length) {
      int next = bytes[position] & 0xFF;
      if (next == 0xFF) {
        if (position + 1 >= bytes.length || bytes[position + 1] != 0) {
          return;
        }
        position++;
      }
      position++;
      cache |= (long) next << FULL - bits;
      bits += 8;
    }
  }

  /** The next bits without passing over them; zeros beyond the end of the segment. */
  int peek(int width) {
    if (bits < width) {
      fill();
    }
    return (int) (cache >>> 64 - width);
  }

  /**
   * Passes over bits.
   *
   * @throws EOFException if the segment has not that many
   */
  void skip(int width) throws IOException {
    if (bits < width) {
      fill();
      if (bits < width) {
        throw new EOFException(
            position >= bytes.length
                ? "JPEG: the scan ends too early"
                : "JPEG: a marker comes before the scan is complete");
      }
    }
    cache <<= width;
    bits -= width;
  }

  int bit() throws IOException {
    return read(1);
  }

  /**
   * @param width 0 to 16
   */
  int read(int width) throws IOException {
    if (width == 0) {
      return 0;
    }
    int value = peek(width);
    skip(width);
    return value;
  }

  /** A difference or coefficient of a size category (T.81 §F.2.2.1, RECEIVE and EXTEND). */
  int extended(int size) throws IOException {
    if (size == 0) {
      return 0;
    }
    int value = read(size);
    return value < 1 << size - 1 ? value - (1 << size) + 1 : value;
  }

  /** The place of the next marker; what is left of the segment before it is padding. */
  int nextMarker() {
    int at = position;
    while (at + 1 < bytes.length && !(bytes[at] == (byte) 0xFF && bytes[at + 1] != 0)) {
      at++;
    }
    return at;
  }
}
