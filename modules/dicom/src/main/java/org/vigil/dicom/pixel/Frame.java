package org.vigil.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The stored values of one decoded frame, row by row from the top left, the samples of a pixel side
 * by side. Values are cut to Bits Stored and sign-extended.
 */
public final class Frame {

  private final int rows;
  private final int columns;
  private final int samples;
  private final String photometric;
  private final int bitsStored;
  private final boolean signed;
  private final Object values;

  /**
   * A frame.
   *
   * @param photometric of the values as they are now: YCbCr that was decoded to RGB says RGB
   * @param values {@code byte[]}, {@code short[]} or {@code int[]} of rows × columns × samples
   */
  Frame(
      int rows,
      int columns,
      int samples,
      String photometric,
      int bitsStored,
      boolean signed,
      Object values) {
    this.rows = rows;
    this.columns = columns;
    this.samples = samples;
    this.photometric = photometric;
    this.bitsStored = bitsStored;
    this.signed = signed;
    this.values = values;
  }

  /** Height in pixels. */
  public int rows() {
    return rows;
  }

  /** Width in pixels. */
  public int columns() {
    return columns;
  }

  /** Samples per pixel, 1 or 3. */
  public int samples() {
    return samples;
  }

  /** Photometric interpretation of these values. */
  public String photometric() {
    return photometric;
  }

  /** Significant bits of a value. */
  public int bitsStored() {
    return bitsStored;
  }

  /** Whether values may be negative. */
  public boolean isSigned() {
    return signed;
  }

  /** Number of values: rows × columns × samples. */
  public int size() {
    return rows * columns * samples;
  }

  /** The values as {@code byte[]}, {@code short[]} or {@code int[]}; not to be changed. */
  public Object array() {
    return values;
  }

  /** Value {@code index} as a number; unsigned 32-bit values above 2^31-1 come out negative. */
  public int value(int index) {
    if (values instanceof short[] shorts) {
      return signed ? shorts[index] : shorts[index] & 0xFFFF;
    }
    if (values instanceof byte[] bytes) {
      return signed ? bytes[index] : bytes[index] & 0xFF;
    }
    return ((int[]) values)[index];
  }

  /** Value of a pixel's sample, x from the left and y from the top. */
  public int value(int x, int y, int sample) {
    return value((y * columns + x) * samples + sample);
  }

  /** The values as little-endian bytes, 1, 2 or 4 each. */
  public byte[] toLittleEndian() {
    if (values instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (values instanceof short[] shorts) {
      ByteBuffer out = ByteBuffer.allocate(shorts.length * 2).order(ByteOrder.LITTLE_ENDIAN);
      out.asShortBuffer().put(shorts);
      return out.array();
    }
    int[] ints = (int[]) values;
    ByteBuffer out = ByteBuffer.allocate(ints.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    out.asIntBuffer().put(ints);
    return out.array();
  }

  /**
   * The values as little-endian bytes in cells of a given width, as native pixel data holds them;
   * the bits beyond Bits Stored repeat the sign or are 0.
   *
   * @param width bytes a value, 1, 2 or 4
   */
  public byte[] toLittleEndian(int width) {
    byte[] bytes = toLittleEndian();
    if (bytes.length == size() * width) {
      return bytes;
    }
    byte[] cells = new byte[size() * width];
    for (int i = 0; i < size(); i++) {
      int value = value(i);
      for (int b = 0; b < width; b++) {
        cells[i * width + b] = (byte) (value >> 8 * b);
      }
    }
    return cells;
  }
}
