package org.vigil.dicom.pixel.jpegls;

import java.io.ByteArrayOutputStream;

/** Bits of a scan, most significant first; after a byte 0xFF a 0 bit is stuffed (T.87 §A.1). */
final class BitWriter {
  private final ByteArrayOutputStream out;
  private int current;
  private int free = 8;

  BitWriter(ByteArrayOutputStream out) {
    this.out = out;
  }

  /**
   * @param width 0 to 31
   */
  void write(int value, int width) {
    int left = width;
    while (left > 0) {
      int taken = Math.min(left, free);
      int part = value >>> left - taken & (1 << taken) - 1;
      current |= part << free - taken;
      free -= taken;
      left -= taken;
      if (free == 0) {
        flushByte();
      }
    }
  }

  private void zeros(int count) {
    for (int left = count; left > 0; left -= Math.min(left, 31)) {
      write(0, Math.min(left, 31));
    }
  }

  /** A code word of limited length (T.87 §A.5.3); see {@link BitReader#golomb}. */
  void golomb(int value, int order, int limit, int escapeBits) {
    int escape = limit - escapeBits - 1;
    int high = value >> order;
    if (high < escape) {
      zeros(high);
      write(1, 1);
      write(value & (1 << order) - 1, order);
    } else {
      zeros(escape);
      write(1, 1);
      write(value - 1, escapeBits);
    }
  }

  private void flushByte() {
    out.write(current);
    free = current == 0xFF ? 7 : 8;
    current = 0;
  }

  /** Pads the last byte with zeros; after a final 0xFF that makes the byte which must follow. */
  void end() {
    if (free < 8) {
      flushByte();
    }
  }
}
