package org.vigil.dicom.pixel.jpegls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.vigil.dicom.pixel.jpegls.Scan.Interleave;

/**
 * Writes JPEG-LS images with default parameters (T.87 §C): one scan, the components of a pixel
 * interleaved by line.
 */
public final class JpegLsEncoder {
  private static final int SOI = 0xFFD8;
  private static final int EOI = 0xFFD9;
  private static final int SOF55 = 0xFFF7;
  private static final int SOS = 0xFFDA;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private JpegLsEncoder() {}

  /**
   * Encodes an image.
   *
   * @param image samples from 0 to 2^precision - 1
   * @param near largest difference of a decoded sample; 0 is lossless
   * @throws IOException if the image or near lies outside of what JPEG-LS can hold
   */
  public static byte[] encode(JpegLsImage image, int near) throws IOException {
    return new JpegLsEncoder().write(image, near);
  }

  private byte[] write(JpegLsImage image, int near) throws IOException {
    if (image.precision() < 2
        || image.precision() > 16
        || image.rows() < 1
        || image.rows() > 65535
        || image.columns() < 1
        || image.columns() > 65535
        || image.components() < 1
        || image.components() > 255) {
      throw new IOException("JPEG-LS holds images of 1 to 65535 lines and columns, 2 to 16 bits");
    }
    Coding coding = Coding.of(image.precision(), near);
    for (int sample : image.samples()) {
      if (sample < 0 || sample > coding.maxValue()) {
        throw new IOException("A sample needs more than " + image.precision() + " bits");
      }
    }
    int components = image.components();
    Interleave interleave = components == 1 ? Interleave.NONE : Interleave.LINE;
    word(SOI);
    word(SOF55);
    word(8 + 3 * components);
    out.write(image.precision());
    word(image.rows());
    word(image.columns());
    out.write(components);
    for (int c = 1; c <= components; c++) {
      out.write(c);
      out.write(0x11);
      out.write(0);
    }
    word(SOS);
    word(6 + 2 * components);
    out.write(components);
    for (int c = 1; c <= components; c++) {
      out.write(c);
      out.write(0);
    }
    out.write(near);
    out.write(interleave.ordinal());
    out.write(0);
    BitWriter bits = new BitWriter(out);
    ScanEncoder scan = new ScanEncoder(coding, image.columns(), components, interleave, bits);
    for (int y = 0; y < image.rows(); y++) {
      scan.line(image.samples(), y * image.columns() * components, components);
    }
    bits.end();
    word(EOI);
    return out.toByteArray();
  }

  private void word(int value) {
    out.write(value >> 8);
    out.write(value);
  }
}
