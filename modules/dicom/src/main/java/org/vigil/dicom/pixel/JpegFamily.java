package org.vigil.dicom.pixel;

import org.vigil.dicom.data.UID;
import org.vigil.dicom.pixel.jpeg.JpegFrameHeader;

/** Tells compressed images by their first bytes, where a transfer syntax is wrong. */
final class JpegFamily {
  private static final int SOC = 0xFF4F;

  private JpegFamily() {}

  /** The transfer syntax such an image belongs to; empty where it is none of the family. */
  static String transferSyntaxOf(byte[] image) {
    if (image.length > 2 && ((image[0] & 0xFF) << 8 | image[1] & 0xFF) == SOC) {
      return UID.JPEG2000;
    }
    return JpegFrameHeader.find(image)
        .map(
            header ->
                switch (header.marker()) {
                  case 0xC0, 0xC1 -> UID.JPEGExtended12Bit;
                  case 0xC2 -> UID.JPEGFullProgressionNonHierarchical1012;
                  case 0xC3 -> UID.JPEGLossless;
                  case 0xF7 -> UID.JPEGLSNearLossless;
                  default -> "";
                })
        .orElse("");
  }
}
