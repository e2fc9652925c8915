package org.vigil.dicom.pixel.jpeg;

import java.io.EOFException;
import java.io.IOException;

/** Bits of an entropy-coded segment; after a byte 0xFF a byte 0 is stuffed (T.81 §F.1.2.3). */
final class EntropyReader {
  private final byte[] bytes;
  private int position;
  private int cache;
  private int bits;

  EntropyReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  int bit() throws IOException {
    if (bits == 0) {
      if (position >= bytes.length) {
        throw new EOFException("JPEG: the scan ends too early");
      }
      cache = bytes[position] & 0xFF;
      if (cache == 0xFF) {
        if (position + 1 >= bytes.length || bytes[position + 1] != 0) {
          throw new EOFException("JPEG: a marker comes before the scan is complete");
        }
        position++;
      }
      position++;
      bits = 8;
    }
    bits--;
    return cache >> bits & 1;
  }

  /**
   * @param width 0 to 16
   */
  int read(int width) throws IOException {
    int value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 1 | bit();
    }
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
