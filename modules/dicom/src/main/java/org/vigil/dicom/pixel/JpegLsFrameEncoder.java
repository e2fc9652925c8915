package org.vigil.dicom.pixel;

import java.io.IOException;
import org.vigil.dicom.pixel.jpegls.JpegLsEncoder;
import org.vigil.dicom.pixel.jpegls.JpegLsImage;

/** Writes JPEG-LS lossless: signed values as their stored bits, as they would lie in a cell. */
final class JpegLsFrameEncoder implements FrameEncoder {

  @Override
  public byte[] encode(Frame frame) throws IOException {
    int precision = Math.max(2, frame.bitsStored());
    int mask = (1 << frame.bitsStored()) - 1;
    int[] samples = new int[frame.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = frame.value(i) & mask;
    }
    return JpegLsEncoder.encode(
        new JpegLsImage(frame.rows(), frame.columns(), frame.samples(), precision, samples), 0);
  }
}
