package org.vigil.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;

/** Expands Segmented Palette Color Lookup Table Data (PS3.3 §C.7.9.2). */
final class SegmentedPalette {
  private static final int DISCRETE = 0;
  private static final int LINEAR = 1;
  private static final int INDIRECT = 2;

  private final ByteBuffer in;
  private final boolean wide;
  private final int tag;
  private final ByteBuffer out;
  private int previous;

  private SegmentedPalette(byte[] segments, boolean wide, int entries, int tag) {
    this.in = ByteBuffer.wrap(segments).order(ByteOrder.LITTLE_ENDIAN);
    this.wide = wide;
    this.tag = tag;
    this.out = ByteBuffer.allocate(wide ? entries * 2 : entries).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The entries, little-endian.
   *
   * @param wide whether an entry, and every number of a segment, has 16 bits rather than 8
   * @param entries how many the descriptor promises
   */
  static byte[] expand(byte[] segments, boolean wide, int entries, int tag) throws DicomException {
    SegmentedPalette palette = new SegmentedPalette(segments, wide, entries, tag);
    while (palette.out.hasRemaining() && palette.in.remaining() >= (wide ? 4 : 2)) {
      palette.segment(true);
    }
    if (palette.out.hasRemaining()) {
      throw palette.damaged("has fewer entries than its descriptor says");
    }
    return palette.out.array();
  }

  private void segment(boolean mayRepeat) throws DicomException {
    int kind = number();
    int length = number();
    switch (kind) {
      case DISCRETE -> {
        for (int i = 0; i < length; i++) {
          put(number());
        }
      }
      case LINEAR -> {
        int from = previous;
        int to = number();
        for (int i = 1; i <= length; i++) {
          put(from + Math.round((float) (to - from) * i / length));
        }
      }
      case INDIRECT -> {
        if (!mayRepeat) {
          throw damaged("repeats a segment that repeats");
        }
        int low = number();
        int high = number();
        long offset =
            wide
                ? low | (long) high << 16
                : low | high << 8 | number() << 16 | (long) number() << 24;
        repeat(length, offset);
      }
      default -> throw damaged("has a segment of an unknown kind");
    }
  }

  /** Earlier segments once more; the offset counts bytes. */
  private void repeat(int segments, long offset) throws DicomException {
    int back = in.position();
    if (offset >= back) {
      throw damaged("repeats what has not come yet");
    }
    in.position((int) offset);
    for (int i = 0; i < segments && out.hasRemaining(); i++) {
      segment(false);
    }
    in.position(back);
  }

  private int number() throws DicomException {
    if (in.remaining() < (wide ? 2 : 1)) {
      throw damaged("ends inside a segment");
    }
    return wide ? in.getShort() & 0xFFFF : in.get() & 0xFF;
  }

  private void put(int entry) {
    previous = entry;
    if (out.hasRemaining()) {
      if (wide) {
        out.putShort((short) entry);
      } else {
        out.put((byte) entry);
      }
    }
  }

  private DicomException damaged(String how) {
    return new DicomException(
        DicomError.PIXEL_DESCRIPTION_INVALID, tag, "A segmented lookup table " + how);
  }
}
