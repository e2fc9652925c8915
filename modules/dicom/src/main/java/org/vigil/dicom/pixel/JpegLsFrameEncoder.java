package org.vigil.dicom.pixel;

import java.io.IOException;
import org.vigil.dicom.pixel.jpegls.JpegLsEncoder;
import org.vigil.dicom.pixel.jpegls.JpegLsImage;

/**
 * Writes JPEG-LS lossless. The format knows no sign: signed values are written as the whole cell
 * with its sign bits, since GDCM and others give back what was written and extend no sign.
 */
final class JpegLsFrameEncoder implements FrameEncoder {

  @Override
  public byte[] encode(Frame frame) throws IOException {
    int stored = Math.max(2, frame.bitsStored());
    int precision = !frame.isSigned() ? stored : stored <= 8 ? 8 : 16;
    int mask = (1 << precision) - 1;
    int[] samples = new int[frame.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = frame.value(i) & mask;
    }
    return JpegLsEncoder.encode(
        new JpegLsImage(frame.rows(), frame.columns(), frame.samples(), precision, samples), 0);
  }
}
