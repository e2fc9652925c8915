package org.vigil.dicom.pixel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomReader;

/**
 * Floating-point pixels: Float Pixel Data (7FE0,0008) or Double Float Pixel Data (7FE0,0009), one
 * sample a pixel, always native (PS3.3 §C.7.6.24, §C.7.6.25).
 */
public final class FloatPixels {
  private final int rows;
  private final int columns;
  private final int frames;
  private final double[] values;
  private final int bits;

  private FloatPixels(int rows, int columns, int frames, double[] values, int bits) {
    this.rows = rows;
    this.columns = columns;
    this.frames = frames;
    this.values = values;
    this.bits = bits;
  }

  /** The floating-point pixels of a file; empty where it has none. */
  public static Optional<FloatPixels> of(Path file) throws IOException {
    return of(DicomReader.of(file).read().dataset());
  }

  /**
   * The floating-point pixels of an object; empty where it has none.
   *
   * @throws DicomException {@link DicomError#PIXEL_DATA_CORRUPT} if there are fewer than described
   */
  public static Optional<FloatPixels> of(Attributes dataset) throws IOException {
    boolean single = dataset.contains(Tag.FloatPixelData);
    if (!single && !dataset.contains(Tag.DoubleFloatPixelData)) {
      return Optional.empty();
    }
    int tag = single ? Tag.FloatPixelData : Tag.DoubleFloatPixelData;
    int rows = dataset.getInt(Tag.Rows, 0);
    int columns = dataset.getInt(Tag.Columns, 0);
    int frames = Math.max(1, dataset.getInt(Tag.NumberOfFrames, 1));
    double[] values = dataset.getDoubles(tag);
    long wanted = (long) rows * columns * frames;
    if (values == null || values.length != wanted || wanted == 0) {
      throw new DicomException(
          DicomError.PIXEL_DATA_CORRUPT,
          tag,
          "There are " + (values == null ? 0 : values.length) + " pixels, described are " + wanted);
    }
    return Optional.of(new FloatPixels(rows, columns, frames, values, single ? 32 : 64));
  }

  /** Height of a frame. */
  public int rows() {
    return rows;
  }

  /** Width of a frame. */
  public int columns() {
    return columns;
  }

  public int frames() {
    return frames;
  }

  /** 32 or 64. */
  public int bits() {
    return bits;
  }

  /** Value of a pixel, frames counted from 0. */
  public double value(int x, int y, int frame) {
    return values[(frame * rows + y) * columns + x];
  }

  /** The smallest value; NaN counts as nothing. */
  public double smallest() {
    return java.util.Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(Double.NaN);
  }

  /** The largest value; NaN counts as nothing. */
  public double largest() {
    return java.util.Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
  }

  /** All values as little-endian IEEE 754 numbers. */
  public byte[] littleEndian() {
    ByteBuffer out = ByteBuffer.allocate(values.length * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (bits == 32) {
        out.putFloat((float) value);
      } else {
        out.putDouble(value);
      }
    }
    return out.array();
  }
}
