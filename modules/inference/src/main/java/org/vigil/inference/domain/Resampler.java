package org.vigil.inference.domain;

import java.util.Arrays;

/**
 * Separable resampling with half-pixel centres: output pixel {@code i} is centred at {@code (i +
 * 0.5) × scale} of the input.
 */
final class Resampler {
  private final int inputSize;
  private final int outputSize;
  private final int[] first;
  private final float[][] weights;

  private Resampler(int inputSize, int outputSize, int[] first, float[][] weights) {
    this.inputSize = inputSize;
    this.outputSize = outputSize;
    this.first = first;
    this.weights = weights;
  }

  /**
   * Each output pixel is the mean of the input under it, partly covered pixels counting in part.
   */
  static Resampler area(int inputSize, int outputSize) {
    double scale = (double) inputSize / outputSize;
    int[] first = new int[outputSize];
    float[][] weights = new float[outputSize][];
    for (int i = 0; i < outputSize; i++) {
      double start = i * scale;
      double end = Math.min((i + 1) * scale, inputSize);
      int from = (int) Math.floor(start);
      int to = Math.min((int) Math.ceil(end), inputSize);
      double[] raw = new double[to - from];
      for (int j = from; j < to; j++) {
        raw[j - from] = Math.max(0, Math.min(j + 1, end) - Math.max(j, start));
      }
      first[i] = from;
      weights[i] = normalized(raw);
    }
    return new Resampler(inputSize, outputSize, first, weights);
  }

  /**
   * A triangle filter; when shrinking it is widened by the scale, so that it does not alias (as PIL
   * and torchvision with antialias do it).
   */
  static Resampler bilinear(int inputSize, int outputSize) {
    double scale = (double) inputSize / outputSize;
    double filterScale = Math.max(1, scale);
    int[] first = new int[outputSize];
    float[][] weights = new float[outputSize][];
    for (int i = 0; i < outputSize; i++) {
      double centre = (i + 0.5) * scale;
      int from = Math.max(0, (int) (centre - filterScale + 0.5));
      int to = Math.min(inputSize, (int) (centre + filterScale + 0.5));
      double[] raw = new double[to - from];
      for (int j = from; j < to; j++) {
        raw[j - from] = Math.max(0, 1 - Math.abs((j + 0.5 - centre) / filterScale));
      }
      first[i] = from;
      weights[i] = normalized(raw);
    }
    return new Resampler(inputSize, outputSize, first, weights);
  }

  private static float[] normalized(double[] raw) {
    double sum = 0;
    for (double w : raw) {
      sum += w;
    }
    float[] result = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      result[i] = (float) (raw[i] / sum);
    }
    return result;
  }

  /** Resamples along the row: rows × inputSize to rows × outputSize. */
  void alongRows(float[] input, int inputStart, int rows, float[] output, int outputStart) {
    for (int row = 0; row < rows; row++) {
      int in = inputStart + row * inputSize;
      int out = outputStart + row * outputSize;
      for (int i = 0; i < outputSize; i++) {
        float[] w = weights[i];
        int from = in + first[i];
        double sum = 0;
        for (int k = 0; k < w.length; k++) {
          sum += w[k] * input[from + k];
        }
        output[out + i] = (float) sum;
      }
    }
  }

  /** Resamples along the column: inputSize × columns to outputSize × columns. */
  void alongColumns(float[] input, int inputStart, int columns, float[] output, int outputStart) {
    double[] sums = new double[columns];
    for (int i = 0; i < outputSize; i++) {
      float[] w = weights[i];
      Arrays.fill(sums, 0);
      for (int k = 0; k < w.length; k++) {
        int in = inputStart + (first[i] + k) * columns;
        float weight = w[k];
        for (int x = 0; x < columns; x++) {
          sums[x] += weight * input[in + x];
        }
      }
      int out = outputStart + i * columns;
      for (int x = 0; x < columns; x++) {
        output[out + x] = (float) sums[x];
      }
    }
  }
}
