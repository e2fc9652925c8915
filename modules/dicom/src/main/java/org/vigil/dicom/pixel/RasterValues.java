package org.vigil.dicom.pixel;

import java.awt.image.Raster;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;

/** Turns what an image codec decoded into stored values. */
final class RasterValues {

  private RasterValues() {}

  static Frame toFrame(Raster raster, String photometric, PixelDescription d)
      throws DicomException {
    if (raster.getWidth() != d.columns()
        || raster.getHeight() != d.rows()
        || raster.getNumBands() != d.samples()) {
      throw new DicomException(
          DicomError.PIXEL_DATA_CORRUPT,
          Tag.PixelData,
          "The compressed image is "
              + raster.getWidth()
              + "×"
              + raster.getHeight()
              + "×"
              + raster.getNumBands()
              + ", described is "
              + d.columns()
              + "×"
              + d.rows()
              + "×"
              + d.samples());
    }
    int width = d.columns() * d.samples();
    int[] row = new int[width];
    Object values = newArray(d);
    for (int y = 0; y < d.rows(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, d.columns(), 1, row);
      int at = y * width;
      if (values instanceof byte[] bytes) {
        for (int i = 0; i < width; i++) {
          bytes[at + i] = (byte) NativePixels.extend(row[i], d);
        }
      } else if (values instanceof short[] shorts) {
        for (int i = 0; i < width; i++) {
          shorts[at + i] = (short) NativePixels.extend(row[i], d);
        }
      } else {
        for (int i = 0; i < width; i++) {
          ((int[]) values)[at + i] = NativePixels.extend(row[i], d);
        }
      }
    }
    return NativePixels.frame(d, photometric, values);
  }

  private static Object newArray(PixelDescription d) {
    if (d.bitsAllocated() <= 8) {
      return new byte[d.frameValues()];
    }
    return d.bitsAllocated() == 16 ? new short[d.frameValues()] : new int[d.frameValues()];
  }
}
