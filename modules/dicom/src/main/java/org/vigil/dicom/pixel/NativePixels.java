package org.vigil.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes native pixel data apart (PS3.5 §8.1, PS3.3 §C.7.6.3.1). */
final class NativePixels {

  private NativePixels() {}

  /**
   * Decodes one frame.
   *
   * @param bytes the frame, little-endian
   * @param firstBit bit of the first byte at which the frame begins; 0 but for packed pixels
   */
  static Frame decode(byte[] bytes, int firstBit, PixelDescription d) {
    if (d.isSubsampled()) {
      return frame(d, d.photometricOfWholePixels(), upsample(bytes, d.rows() * d.columns(), d));
    }
    int count = d.frameValues();
    Object values =
        switch (d.bitsAllocated()) {
          case 1 -> bits(bytes, firstBit, count);
          case 8 -> eights(bytes, count, d);
          case 16 -> sixteens(bytes, count, d);
          case 32 -> thirtyTwos(bytes, count, d);
          default -> packed(bytes, firstBit, count, d);
        };
    return frame(d, d.photometric(), d.planar() ? interleave(values, d) : values);
  }

  static Frame frame(PixelDescription d, String photometric, Object values) {
    return new Frame(
        d.rows(), d.columns(), d.samples(), photometric, d.bitsStored(), d.signed(), values);
  }

  private static byte[] bits(byte[] bytes, int firstBit, int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      int bit = firstBit + i;
      values[i] = (byte) (bytes[bit >>> 3] >>> (bit & 7) & 1);
    }
    return values;
  }

  private static byte[] eights(byte[] bytes, int count, PixelDescription d) {
    byte[] values = java.util.Arrays.copyOf(bytes, count);
    if (d.bitsStored() < 8) {
      for (int i = 0; i < count; i++) {
        values[i] = (byte) cut(values[i] & 0xFF, d);
      }
    }
    return values;
  }

  private static short[] sixteens(byte[] bytes, int count, PixelDescription d) {
    short[] values = new short[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(values);
    if (d.bitsStored() < 16) {
      int down = d.highBit() + 1 - d.bitsStored();
      int up = 32 - d.bitsStored();
      boolean signed = d.signed();
      for (int i = 0; i < count; i++) {
        int shifted = (values[i] & 0xFFFF) >>> down << up;
        values[i] = (short) (signed ? shifted >> up : shifted >>> up);
      }
    }
    return values;
  }

  private static int[] thirtyTwos(byte[] bytes, int count, PixelDescription d) {
    int[] values = new int[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    if (d.bitsStored() < 32) {
      for (int i = 0; i < count; i++) {
        values[i] = cut(values[i], d);
      }
    }
    return values;
  }

  /** Cells of any other size, the lowest bit first and without gaps, as ACR-NEMA had them. */
  private static Object packed(byte[] bytes, int firstBit, int count, PixelDescription d) {
    Object values = RasterValues.newArray(d);
    long bit = firstBit;
    for (int i = 0; i < count; i++, bit += d.bitsAllocated()) {
      long window = 0;
      int first = (int) (bit >>> 3);
      for (int k = Math.min(first + 4, bytes.length - 1); k >= first; k--) {
        window = window << 8 | bytes[k] & 0xFF;
      }
      int cell = (int) (window >>> (bit & 7) & (1L << d.bitsAllocated()) - 1);
      RasterValues.put(cell >>> d.highBit() + 1 - d.bitsStored(), values, i, d);
    }
    return values;
  }

  /** The stored bits of one cell, sign-extended. */
  static int cut(int cell, PixelDescription d) {
    int down = d.highBit() + 1 - d.bitsStored();
    int up = 32 - d.bitsStored();
    int shifted = cell >>> down << up;
    return d.signed() ? shifted >> up : shifted >>> up;
  }

  /** A codec's value, whose stored bits are its lowest, sign-extended. */
  static int extend(int value, PixelDescription d) {
    int up = 32 - d.bitsStored();
    return d.signed() ? value << up >> up : value << up >>> up;
  }

  /** Two luminances share the chrominances that follow them (PS3.3 §C.7.6.3.1.2). */
  private static Object upsample(byte[] bytes, int pixels, PixelDescription d) {
    Object from =
        switch (d.bitsAllocated()) {
          case 8 -> eights(bytes, pixels * 2, d);
          case 16 -> sixteens(bytes, pixels * 2, d);
          default -> packed(bytes, 0, pixels * 2, d);
        };
    Object to = RasterValues.newArray(d);
    for (int pair = 0; pair + 1 < pixels; pair += 2) {
      int at = pair * 3;
      System.arraycopy(from, pair * 2, to, at, 1);
      System.arraycopy(from, pair * 2 + 1, to, at + 3, 1);
      System.arraycopy(from, pair * 2 + 2, to, at + 1, 2);
      System.arraycopy(from, pair * 2 + 2, to, at + 4, 2);
    }
    return to;
  }

  private static Object interleave(Object planes, PixelDescription d) {
    int pixels = d.rows() * d.columns();
    int samples = d.samples();
    if (planes instanceof byte[] from) {
      byte[] to = new byte[from.length];
      for (int s = 0; s < samples; s++) {
        for (int i = 0; i < pixels; i++) {
          to[i * samples + s] = from[s * pixels + i];
        }
      }
      return to;
    }
    if (planes instanceof short[] from) {
      short[] to = new short[from.length];
      for (int s = 0; s < samples; s++) {
        for (int i = 0; i < pixels; i++) {
          to[i * samples + s] = from[s * pixels + i];
        }
      }
      return to;
    }
    int[] from = (int[]) planes;
    int[] to = new int[from.length];
    for (int s = 0; s < samples; s++) {
      for (int i = 0; i < pixels; i++) {
        to[i * samples + s] = from[s * pixels + i];
      }
    }
    return to;
  }
}
