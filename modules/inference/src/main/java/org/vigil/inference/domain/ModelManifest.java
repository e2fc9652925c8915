package org.vigil.inference.domain;

import java.util.List;
import java.util.Map;
import org.vigil.kernel.Code;
import org.vigil.kernel.Severity;

/**
 * What {@code manifest.yaml} says of a model; everything Vigil needs to run it. Read by {@link
 * ManifestReader}.
 *
 * @param id lower-case letters, digits and hyphens
 * @param version semantic version, e.g. {@code 1.0.0}
 * @param uid UID of this model version as an observer, or null: one is derived
 * @param enabledByDefault whether hospitals get it without asking
 * @param training where the weights come from (data, split, figures), as written; shown, not read
 */
public record ModelManifest(
    String id,
    String version,
    String name,
    String uid,
    String intendedUse,
    boolean notForClinicalUse,
    boolean enabledByDefault,
    Acceptance accepts,
    Preprocessing preprocessing,
    Input input,
    Scores scores,
    HeatMapOutput heatMap,
    String embedding,
    List<Label> labels,
    Map<String, Object> training) {

  public ModelManifest {
    labels = List.copyOf(labels);
    training = Map.copyOf(training);
  }

  /** {@code id@version}, for messages. */
  public String reference() {
    return id + "@" + version;
  }

  /**
   * The input tensor, float32 {@code [1, channels, height, width]}.
   *
   * @param layout the order of the axes
   */
  public record Input(String tensor, Layout layout, int channels, int height, int width) {}

  /** Order of a tensor's axes. */
  public enum Layout {
    /** Batch, channel, row, column. */
    NCHW,
    /** Batch, row, column, channel (TensorFlow). */
    NHWC
  }

  /** The output tensor {@code [1, labels]}, and what makes it probabilities. */
  public record Scores(String tensor, Activation activation) {}

  /** What is done to a raw output. */
  public enum Activation {
    /** Nothing: it is in its unit already. */
    IDENTITY,
    /** 1 / (1 + e^−x), each by itself. */
    SIGMOID,
    /** e^x over the sum of all: exactly one label is true. */
    SOFTMAX,
    /** Divided by the largest of the channel (class-activation maps); negative becomes 0. */
    MAXIMUM
  }

  /**
   * The heat-map tensor {@code [1, channels, h, w]}, covering the model's input.
   *
   * @param threshold share of 1 from which a cell belongs to the finding's box
   */
  public record HeatMapOutput(String tensor, Activation activation, double threshold) {}

  /**
   * One label, at the place of its output.
   *
   * @param severity what a positive means
   * @param operatingPoint probability from which it is positive
   * @param heatMapChannel or null
   * @param finding false for labels that name the absence of one (normal)
   */
  public record Label(
      String name,
      Code code,
      Severity severity,
      double operatingPoint,
      Integer heatMapChannel,
      boolean finding) {}
}
