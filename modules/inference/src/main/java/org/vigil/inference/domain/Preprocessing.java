package org.vigil.inference.domain;

import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * The way from a decoded frame to the model's input.
 *
 * @param steps in order
 */
public record Preprocessing(List<PreprocessingStep> steps) {
  public Preprocessing {
    steps = List.copyOf(steps);
  }

  /**
   * Prepares a frame for a model.
   *
   * @throws VigilException INFERENCE-0004 when the frame cannot be brought to the input's form, or
   *     the steps make values that are not finite
   */
  public Raster apply(ImageFrame frame, ModelManifest.Input input) {
    Raster raster = Raster.of(frame);
    for (PreprocessingStep step : steps) {
      raster = step.apply(raster);
    }
    if (raster.channels() != input.channels()
        || raster.rows() != input.height()
        || raster.columns() != input.width()) {
      throw new VigilException(
          ErrorCode.INFERENCE_0004,
          Map.of(
              "problem",
              "the steps make %d channels of %d rows and %d columns, the model takes %d of %d and %d"
                  .formatted(
                      raster.channels(),
                      raster.rows(),
                      raster.columns(),
                      input.channels(),
                      input.height(),
                      input.width())));
    }
    for (float v : raster.values()) {
      if (!Float.isFinite(v)) {
        throw new VigilException(
            ErrorCode.INFERENCE_0004,
            Map.of("problem", "the steps make a value that is not finite"));
      }
    }
    return raster;
  }
}
