package org.vigil.dicom.pixel;

import java.io.IOException;
import org.vigil.dicom.pixel.jpeg.JpegDctDecoder;
import org.vigil.dicom.pixel.jpeg.JpegImage;

/** JPEG with a DCT as the library does not decode it: 12 bits, wide quantization tables. */
final class JpegDctCodec implements FrameCodec {

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    JpegImage image = JpegDctDecoder.decode(encoded, d.frameValues());
    if (!d.signed() && image.precision() > d.bitsStored()) {
      // Rounding may lead beyond what is stored: cut, the brightest would become black.
      int highest = (1 << d.bitsStored()) - 1;
      int[] samples = image.samples();
      for (int i = 0; i < samples.length; i++) {
        samples[i] = Math.min(samples[i], highest);
      }
    }
    return RasterValues.toFrame(image, JpegCodec.photometric(d), d);
  }
}
