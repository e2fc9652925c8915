package org.vigil.dicom.pixel;

import java.awt.image.Raster;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.pixel.jpeg.JpegImage;

/** Turns what an image codec decoded into stored values. */
final class RasterValues {

  private RasterValues() {}

  static Frame toFrame(Raster raster, String photometric, PixelDescription d)
      throws DicomException {
    checkShape(raster.getWidth(), raster.getHeight(), raster.getNumBands(), d);
    int width = d.columns() * d.samples();
    int[] row = new int[width];
    Object values = newArray(d);
    for (int y = 0; y < d.rows(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, d.columns(), 1, row);
      put(row, values, y * width, width, d);
    }
    return NativePixels.frame(d, photometric, values);
  }

  static Frame toFrame(JpegImage image, String photometric, PixelDescription d)
      throws DicomException {
    return toFrame(
        image.samples(), image.columns(), image.rows(), image.components(), photometric, d);
  }

  /**
   * @param decoded row by row, the samples of a pixel side by side, unsigned
   */
  static Frame toFrame(
      int[] decoded, int columns, int rows, int samples, String photometric, PixelDescription d)
      throws DicomException {
    checkShape(columns, rows, samples, d);
    Object values = newArray(d);
    put(decoded, values, 0, d.frameValues(), d);
    return NativePixels.frame(d, photometric, values);
  }

  static void checkShape(int columns, int rows, int samples, PixelDescription d)
      throws DicomException {
    if (columns != d.columns() || rows != d.rows() || samples != d.samples()) {
      throw new DicomException(
          DicomError.PIXEL_DATA_CORRUPT,
          Tag.PixelData,
          "The compressed image is %d×%d×%d, described is %d×%d×%d"
              .formatted(columns, rows, samples, d.columns(), d.rows(), d.samples()));
    }
  }

  /** Puts one value of a codec where it belongs, cut to the stored bits. */
  static void put(int value, Object values, int at, PixelDescription d) {
    if (values instanceof byte[] bytes) {
      bytes[at] = (byte) NativePixels.extend(value, d);
    } else if (values instanceof short[] shorts) {
      shorts[at] = (short) NativePixels.extend(value, d);
    } else {
      ((int[]) values)[at] = NativePixels.extend(value, d);
    }
  }

  private static void put(int[] from, Object values, int at, int count, PixelDescription d) {
    if (values instanceof byte[] bytes) {
      for (int i = 0; i < count; i++) {
        bytes[at + i] = (byte) NativePixels.extend(from[i], d);
      }
    } else if (values instanceof short[] shorts) {
      for (int i = 0; i < count; i++) {
        shorts[at + i] = (short) NativePixels.extend(from[i], d);
      }
    } else {
      for (int i = 0; i < count; i++) {
        ((int[]) values)[at + i] = NativePixels.extend(from[i], d);
      }
    }
  }

  static Object newArray(PixelDescription d) {
    if (d.bitsAllocated() <= 8) {
      return new byte[d.frameValues()];
    }
    return d.bitsAllocated() <= 16 ? new short[d.frameValues()] : new int[d.frameValues()];
  }
}
