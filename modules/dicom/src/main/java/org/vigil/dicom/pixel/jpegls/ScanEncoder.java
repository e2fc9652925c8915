package org.vigil.dicom.pixel.jpegls;

/** A scan written. */
final class ScanEncoder extends Scan {
  private final BitWriter out;

  ScanEncoder(Coding coding, int width, int components, Interleave interleave, BitWriter out) {
    super(coding, width, components, interleave);
    this.out = out;
  }

  @Override
  int sample(int[] samples, int at) {
    return samples[at];
  }

  @Override
  void keep(int[] samples, int at, int value) {
    // The neighbourhood is made of reconstructed samples; the image stays as it was.
  }

  @Override
  boolean alike(int[] samples, int at, int value) {
    return Math.abs(samples[at] - value) <= coding.near();
  }

  @Override
  int regularError(int context, int sign, int predicted, int sample) {
    int error = coding.reducedError(sign * (sample - predicted));
    int order = statistics.order(context);
    out.golomb(statistics.mapped(context, order, error), order, coding.limit(), coding.errorBits());
    return error;
  }

  @Override
  int interruptionError(int type, int sign, int predicted, int limit, int sample) {
    int error = coding.reducedError(sign * (sample - predicted));
    int order = statistics.interruptionOrder(type);
    int mapped = statistics.mappedInterruption(type, order, error);
    out.golomb(mapped, order, limit, coding.errorBits());
    statistics.learnInterruption(type, error, mapped);
    return error;
  }

  @Override
  boolean wholeBlock(int wanted, int block, int most) {
    boolean whole = wanted >= block || wanted == most;
    out.write(whole ? 1 : 0, 1);
    return whole;
  }

  @Override
  int rest(int wanted, int bits) {
    out.write(wanted, bits);
    return wanted;
  }
}
