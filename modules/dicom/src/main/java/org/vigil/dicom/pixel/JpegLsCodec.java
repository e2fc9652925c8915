package org.vigil.dicom.pixel;

import java.io.IOException;
import org.vigil.dicom.pixel.jpegls.JpegLsDecoder;
import org.vigil.dicom.pixel.jpegls.JpegLsImage;

/** JPEG-LS lossless and near-lossless (PS3.5 §A.4.3). */
final class JpegLsCodec implements FrameCodec {

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    JpegLsImage image = JpegLsDecoder.decode(encoded, d.frameValues());
    return RasterValues.toFrame(
        image.samples(),
        image.columns(),
        image.rows(),
        image.components(),
        d.photometricOfWholePixels(),
        d);
  }
}
