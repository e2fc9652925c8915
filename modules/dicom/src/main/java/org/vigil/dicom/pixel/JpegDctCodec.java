package org.vigil.dicom.pixel;

import java.io.IOException;
import org.vigil.dicom.pixel.jpeg.JpegDctDecoder;
import org.vigil.dicom.pixel.jpeg.JpegDctImage;

/** JPEG with a DCT of 12 bits or in the retired progressive syntaxes. */
final class JpegDctCodec implements FrameCodec {

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    JpegDctImage image = JpegDctDecoder.decode(encoded, d.frameValues());
    return RasterValues.toFrame(
        image.samples(),
        image.columns(),
        image.rows(),
        image.components(),
        JpegCodec.photometric(d),
        d);
  }
}
