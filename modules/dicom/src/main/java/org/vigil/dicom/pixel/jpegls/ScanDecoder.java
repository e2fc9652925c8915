package org.vigil.dicom.pixel.jpegls;

import java.io.IOException;

/** A scan read. */
final class ScanDecoder extends Scan {
  private BitReader in;

  ScanDecoder(Coding coding, int width, int components, Interleave interleave) {
    super(coding, width, components, interleave);
  }

  void from(BitReader reader) {
    in = reader;
  }

  @Override
  int sample(int[] samples, int at) {
    return 0;
  }

  @Override
  void keep(int[] samples, int at, int value) {
    samples[at] = value;
  }

  @Override
  boolean alike(int[] samples, int at, int value) {
    return false;
  }

  @Override
  int regularError(int context, int sign, int predicted, int sample) throws IOException {
    int order = statistics.order(context);
    int mapped = in.golomb(order, coding.limit(), coding.errorBits());
    return checked(statistics.unmapped(context, order, mapped));
  }

  @Override
  int interruptionError(int type, int sign, int predicted, int limit, int sample)
      throws IOException {
    int order = statistics.interruptionOrder(type);
    int mapped = in.golomb(order, limit, coding.errorBits());
    int error = checked(statistics.unmappedInterruption(type, order, mapped));
    statistics.learnInterruption(type, error, mapped);
    return error;
  }

  private int checked(int error) throws IOException {
    if (Math.abs(error) > coding.range()) {
      throw new IOException("JPEG-LS: a prediction error is out of its range");
    }
    return error;
  }

  @Override
  boolean wholeBlock(int wanted, int block, int most) throws IOException {
    return in.read(1) == 1;
  }

  @Override
  int rest(int wanted, int bits) throws IOException {
    return in.read(bits);
  }
}
