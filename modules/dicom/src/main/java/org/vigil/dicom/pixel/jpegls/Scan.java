package org.vigil.dicom.pixel.jpegls;

import java.io.IOException;

/**
 * What coding and decoding a scan have in common: lines with their neighbourhood (T.87 §A.2, §A.3)
 * and the order in which the components of a line are visited (§B).
 */
abstract class Scan {
  /** How the components lie in a scan (T.87 §C.2.3). */
  enum Interleave {
    NONE,
    LINE,
    SAMPLE
  }

  final Coding coding;
  final Statistics statistics;
  final int width;
  final int components;

  /**
   * The line above and the current one of each component; index 0 and width + 1 lie outside of the
   * image.
   */
  private int[][] above;

  private int[][] current;
  private final int[] runIndexes;
  private final Interleave interleave;

  Scan(Coding coding, int width, int components, Interleave interleave) {
    this.coding = coding;
    this.statistics = new Statistics(coding);
    this.width = width;
    this.components = components;
    this.interleave = interleave;
    above = new int[components][width + 2];
    current = new int[components][width + 2];
    runIndexes = new int[components];
  }

  /** As after a restart marker. */
  final void restart() {
    statistics.reset();
    above = new int[components][width + 2];
    current = new int[components][width + 2];
    java.util.Arrays.fill(runIndexes, 0);
  }

  /**
   * One line of all components.
   *
   * @param samples of the line, the samples of a pixel side by side
   * @param from where the line begins
   * @param stride samples of a pixel in the array
   */
  final void line(int[] samples, int from, int stride) throws IOException {
    for (int c = 0; c < components; c++) {
      above[c][width + 1] = above[c][width];
      current[c][0] = above[c][1];
    }
    if (interleave == Interleave.SAMPLE && components > 1) {
      together(samples, from, stride);
    } else {
      for (int c = 0; c < components; c++) {
        single(c, samples, from + c, stride);
      }
    }
    int[][] next = above;
    above = current;
    current = next;
  }

  private void single(int component, int[] samples, int from, int stride) throws IOException {
    int[] up = above[component];
    int[] row = current[component];
    int x = 1;
    while (x <= width) {
      int q = context(up, row, x);
      if (q != 0) {
        row[x] = regular(q, up, row, x, sample(samples, from + (x - 1) * stride));
        keep(samples, from + (x - 1) * stride, row[x]);
        x++;
      } else {
        int left = row[x - 1];
        int most = width - x + 1;
        int wanted = 0;
        while (wanted < most && alike(samples, from + (x - 1 + wanted) * stride, left)) {
          wanted++;
        }
        int length = run(component, wanted, most);
        for (int i = 0; i < length; i++, x++) {
          row[x] = left;
          keep(samples, from + (x - 1) * stride, left);
        }
        if (x <= width) {
          int type = Math.abs(left - up[x]) <= coding.near() ? 1 : 0;
          int sample = sample(samples, from + (x - 1) * stride);
          row[x] = interruption(component, type, left, up[x], sample);
          keep(samples, from + (x - 1) * stride, row[x]);
          runIndexes[component] = Statistics.shorterRun(runIndexes[component]);
          x++;
        }
      }
    }
  }

  /** Runs and their ends are common to all components of a pixel (T.87 §B.3). */
  private void together(int[] samples, int from, int stride) throws IOException {
    int[] q = new int[components];
    int x = 1;
    while (x <= width) {
      boolean flat = true;
      for (int c = 0; c < components; c++) {
        q[c] = context(above[c], current[c], x);
        flat &= q[c] == 0;
      }
      int at = from + (x - 1) * stride;
      if (!flat) {
        for (int c = 0; c < components; c++) {
          current[c][x] = regular(q[c], above[c], current[c], x, sample(samples, at + c));
          keep(samples, at + c, current[c][x]);
        }
        x++;
        continue;
      }
      int most = width - x + 1;
      int wanted = 0;
      while (wanted < most && alikeAll(samples, at + wanted * stride, x - 1)) {
        wanted++;
      }
      int length = run(0, wanted, most);
      int first = x;
      for (int i = 0; i < length; i++, x++) {
        for (int c = 0; c < components; c++) {
          current[c][x] = current[c][first - 1];
          keep(samples, from + (x - 1) * stride + c, current[c][x]);
        }
      }
      if (x <= width) {
        at = from + (x - 1) * stride;
        for (int c = 0; c < components; c++) {
          int left = current[c][x - 1];
          current[c][x] = interruption(0, 0, left, above[c][x], sample(samples, at + c));
          keep(samples, at + c, current[c][x]);
        }
        runIndexes[0] = Statistics.shorterRun(runIndexes[0]);
        x++;
      }
    }
  }

  private boolean alikeAll(int[] samples, int at, int left) {
    for (int c = 0; c < components; c++) {
      if (!alike(samples, at + c, current[c][left])) {
        return false;
      }
    }
    return true;
  }

  /** Signed context of a sample; 0 where its neighbourhood is flat (T.87 §A.3). */
  private int context(int[] up, int[] row, int x) {
    int a = row[x - 1];
    int b = up[x];
    int c = up[x - 1];
    int d = up[x + 1];
    return (coding.quantized(d - b) * 9 + coding.quantized(b - c)) * 9 + coding.quantized(c - a);
  }

  private int regular(int signedContext, int[] up, int[] row, int x, int sample)
      throws IOException {
    int sign = signedContext < 0 ? -1 : 1;
    int context = signedContext * sign;
    int a = row[x - 1];
    int b = up[x];
    int c = up[x - 1];
    int predicted = a + b - c;
    if (c >= Math.max(a, b)) {
      predicted = Math.min(a, b);
    } else if (c <= Math.min(a, b)) {
      predicted = Math.max(a, b);
    }
    predicted = statistics.corrected(context, sign, predicted);
    int error = regularError(context, sign, predicted, sample);
    statistics.learn(context, error);
    return coding.reconstructed(predicted, sign * error);
  }

  private int interruption(int component, int type, int left, int up, int sample)
      throws IOException {
    int sign = type == 0 && left > up ? -1 : 1;
    int predicted = type == 1 ? left : up;
    int limit = coding.limit() - Statistics.runOrder(runIndexes[component]) - 1;
    int error = interruptionError(type, sign, predicted, limit, sample);
    return coding.reconstructed(predicted, sign * error);
  }

  private int run(int component, int wanted, int most) throws IOException {
    int index = runIndexes[component];
    int length = 0;
    // Blocks of 2^J samples, then the rest or the end of the line (T.87 §A.7.1).
    while (length < most) {
      int block = 1 << Statistics.runOrder(index);
      if (!wholeBlock(wanted - length, block, most - length)) {
        length += rest(wanted - length, Statistics.runOrder(index));
        if (length >= most) {
          throw new IOException("JPEG-LS: a run is longer than its line");
        }
        break;
      }
      if (length + block <= most) {
        index = Statistics.longerRun(index);
      }
      length = Math.min(most, length + block);
    }
    runIndexes[component] = index;
    return length;
  }

  /** The sample to code; a decoder does not know it. */
  abstract int sample(int[] samples, int at);

  /** Takes a decoded sample; a coder keeps its own. */
  abstract void keep(int[] samples, int at, int value);

  /** Whether a sample may belong to a run of this value; false in a decoder. */
  abstract boolean alike(int[] samples, int at, int value);

  /** Codes or decodes the error of a regular sample. */
  abstract int regularError(int context, int sign, int predicted, int sample) throws IOException;

  /** Codes or decodes the error of the sample that ends a run, and learns from it. */
  abstract int interruptionError(int type, int sign, int predicted, int limit, int sample)
      throws IOException;

  /**
   * Codes or decodes whether the run goes on for a whole block, or to the end of the line.
   *
   * @param wanted samples of the run that are left (coder)
   * @param most samples of the line that are left
   */
  abstract boolean wholeBlock(int wanted, int block, int most) throws IOException;

  /** Codes or decodes what is left of a run that ends within the line. */
  abstract int rest(int wanted, int bits) throws IOException;
}
