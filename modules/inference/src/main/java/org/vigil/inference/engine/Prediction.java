package org.vigil.inference.engine;

import java.util.List;
import org.vigil.imaging.api.ResultContent;
import org.vigil.inference.domain.ModelManifest;

/**
 * What a model said of one image.
 *
 * @param scores every label, in the order of the manifest
 * @param heatMap over the whole image, or null when the model has none
 * @param inputSha256 of the input tensor's little-endian float32 values, lower-case hex
 * @param preprocessMillis from decoded frame to tensor
 * @param inferenceMillis inside ONNX Runtime
 * @param postprocessMillis from outputs to boxes and heat map
 * @param runtimeVersion of ONNX Runtime
 */
public record Prediction(
    List<Score> scores,
    ResultContent.HeatMap heatMap,
    String inputSha256,
    double preprocessMillis,
    double inferenceMillis,
    double postprocessMillis,
    String runtimeVersion) {

  /**
   * One label.
   *
   * @param probability 0 to 1
   * @param box in pixels of the image for a positive finding with a heat-map channel, else null
   */
  public record Score(ModelManifest.Label label, double probability, ResultContent.Box box) {
    public boolean positive() {
      return probability >= label.operatingPoint();
    }
  }

  /** The probability of a label by name. */
  public double probability(String label) {
    return scores.stream()
        .filter(s -> s.label().name().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the model has no label " + label))
        .probability();
  }
}
