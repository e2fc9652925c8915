package org.vigil.inference.domain;

import java.util.List;
import java.util.Map;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * One step from stored values to the model's input. The manifest names the steps in order; each is
 * defined exactly in {@code models/README.md}.
 */
public sealed interface PreprocessingStep {

  /**
   * Does this step.
   *
   * @throws VigilException INFERENCE-0004 when the image does not allow it
   */
  Raster apply(Raster in);

  /** {@code modality-lut}: stored value × rescale slope + rescale intercept (PS3.3 C.11.1). */
  record ModalityLut() implements PreprocessingStep {
    @Override
    public Raster apply(Raster in) {
      Raster.Origin o = in.origin();
      double slope = o.rescaleSlope();
      double intercept = o.rescaleIntercept();
      if (slope == 1 && intercept == 0) {
        return in;
      }
      double a = o.low() * slope + intercept;
      double b = o.high() * slope + intercept;
      return in.values(
          map(in.values(), v -> (float) (v * slope + intercept)),
          o.with(o.photometric(), Math.min(a, b), Math.max(a, b)));
    }
  }

  /**
   * {@code photometric {to: MONOCHROME2}}: grey with white as the largest value. MONOCHROME1 is
   * mirrored in the range that the stored representation can hold; RGB becomes luma (ITU-R BT.601).
   */
  record ToMonochrome2() implements PreprocessingStep {
    @Override
    public Raster apply(Raster in) {
      Raster.Origin o = in.origin();
      return switch (o.photometric()) {
        case "MONOCHROME2" -> in;
        case "MONOCHROME1" -> {
          double sum = o.low() + o.high();
          yield in.values(
              map(in.values(), v -> (float) (sum - v)), o.with("MONOCHROME2", o.low(), o.high()));
        }
        case "RGB" -> luma(in);
        default ->
            throw new VigilException(
                ErrorCode.INFERENCE_0004,
                Map.of(
                    "problem",
                    "the photometric interpretation %s cannot be made MONOCHROME2"
                        .formatted(o.photometric())));
      };
    }

    private static Raster luma(Raster in) {
      int pixels = in.rows() * in.columns();
      float[] values = in.values();
      float[] grey = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        grey[i] =
            (float)
                (0.299 * values[i] + 0.587 * values[pixels + i] + 0.114 * values[2 * pixels + i]);
      }
      Raster.Origin o = in.origin();
      return in.channels(1, grey, o.with("MONOCHROME2", o.low(), o.high()));
    }
  }

  /**
   * {@code normalize-percentile {low, high}}: the low percentile becomes 0, the high one 1, values
   * beyond are clipped; an image with both alike becomes all 0.
   */
  record NormalizePercentile(double low, double high) implements PreprocessingStep {
    @Override
    public Raster apply(Raster in) {
      Quantiles quantiles = new Quantiles(in.values());
      return unitRange(in, quantiles.percentile(low), quantiles.percentile(high));
    }
  }

  /** {@code normalize-minmax}: the smallest value becomes 0, the largest 1. */
  record NormalizeMinMax() implements PreprocessingStep {
    @Override
    public Raster apply(Raster in) {
      float min = Float.POSITIVE_INFINITY;
      float max = Float.NEGATIVE_INFINITY;
      for (float v : in.values()) {
        min = Math.min(min, v);
        max = Math.max(max, v);
      }
      return unitRange(in, min, max);
    }
  }

  /** {@code scale {divisor}}: every value is divided. */
  record Scale(double divisor) implements PreprocessingStep {
    @Override
    public Raster apply(Raster in) {
      return in.values(map(in.values(), v -> (float) (v / divisor)));
    }
  }

  /**
   * {@code voi-window}: the linear VOI LUT (PS3.3 C.11.2.1.2.1) to the range 0 to 1, with the
   * image's first window; an image without one keeps its smallest to largest value.
   */
  record VoiWindow() implements PreprocessingStep {
    @Override
    public Raster apply(Raster in) {
      double centre = in.origin().windowCenter();
      double width = in.origin().windowWidth();
      if (Double.isNaN(centre) || Double.isNaN(width) || width < 1) {
        return new NormalizeMinMax().apply(in);
      }
      double left = centre - 0.5 - (width - 1) / 2;
      if (width == 1) {
        return in.values(map(in.values(), v -> v <= left ? 0f : 1f));
      }
      return in.values(map(in.values(), v -> unit((v - left) / (width - 1))));
    }
  }

  /** {@code resize {width, height, method, fit}}. */
  record Resize(int width, int height, Method method, Fit fit) implements PreprocessingStep {

    /** How an output pixel is made. */
    public enum Method {
      /** Mean of the input under the output pixel. */
      AREA,
      /** Triangle filter, widened by the scale when shrinking. */
      BILINEAR
    }

    /** What happens to another aspect ratio. */
    public enum Fit {
      /** The whole image, distorted. */
      STRETCH,
      /** The whole image, undistorted, centred, the rest 0. */
      LETTERBOX,
      /** The middle of the image, undistorted, filling the input. */
      CENTER_CROP
    }

    @Override
    public Raster apply(Raster in) {
      int scaledWidth = width;
      int scaledHeight = height;
      if (fit != Fit.STRETCH) {
        double across = (double) width / in.columns();
        double down = (double) height / in.rows();
        double scale = fit == Fit.LETTERBOX ? Math.min(across, down) : Math.max(across, down);
        scaledWidth = Math.max(1, (int) Math.floor(in.columns() * scale + 0.5));
        scaledHeight = Math.max(1, (int) Math.floor(in.rows() * scale + 0.5));
      }
      float[] scaled = resample(in, scaledWidth, scaledHeight);
      int left = Math.floorDiv(width - scaledWidth, 2);
      int top = Math.floorDiv(height - scaledHeight, 2);
      Geometry geometry =
          in.geometry()
              .then(
                  width,
                  height,
                  (double) in.columns() / scaledWidth,
                  (double) in.rows() / scaledHeight,
                  left,
                  top);
      float[] placed = place(scaled, in.channels(), scaledWidth, scaledHeight, left, top);
      return in.size(height, width, placed, geometry);
    }

    private float[] resample(Raster in, int newWidth, int newHeight) {
      if (newWidth == in.columns() && newHeight == in.rows()) {
        return in.values();
      }
      Resampler across = resampler(in.columns(), newWidth);
      Resampler down = resampler(in.rows(), newHeight);
      float[] wide = new float[newWidth * in.rows()];
      float[] result = new float[in.channels() * newWidth * newHeight];
      for (int channel = 0; channel < in.channels(); channel++) {
        across.alongRows(in.values(), channel * in.rows() * in.columns(), in.rows(), wide, 0);
        down.alongColumns(wide, 0, newWidth, result, channel * newWidth * newHeight);
      }
      return result;
    }

    private Resampler resampler(int from, int to) {
      return method == Method.AREA ? Resampler.area(from, to) : Resampler.bilinear(from, to);
    }

    private float[] place(float[] scaled, int channels, int w, int h, int left, int top) {
      if (w == width && h == height) {
        return scaled;
      }
      float[] result = new float[channels * width * height];
      int fromX = Math.max(0, left);
      int toX = Math.min(width, left + w);
      for (int channel = 0; channel < channels; channel++) {
        for (int y = Math.max(0, top); y < Math.min(height, top + h); y++) {
          int source = (channel * h + y - top) * w + fromX - left;
          int target = (channel * height + y) * width + fromX;
          System.arraycopy(scaled, source, result, target, toX - fromX);
        }
      }
      return result;
    }
  }

  /**
   * {@code standardize {mean, std}}: (value − mean) / std, by channel when several are given.
   *
   * @param mean one for all channels, or one a channel; std likewise
   */
  record Standardize(List<Double> mean, List<Double> std) implements PreprocessingStep {
    @Override
    public Raster apply(Raster in) {
      checkCount(mean, in.channels());
      checkCount(std, in.channels());
      int pixels = in.rows() * in.columns();
      float[] values = in.values();
      float[] result = new float[values.length];
      for (int channel = 0; channel < in.channels(); channel++) {
        double m = mean.get(mean.size() == 1 ? 0 : channel);
        double s = std.get(std.size() == 1 ? 0 : channel);
        for (int i = channel * pixels; i < (channel + 1) * pixels; i++) {
          result[i] = (float) ((values[i] - m) / s);
        }
      }
      return in.values(result);
    }

    private static void checkCount(List<Double> given, int channels) {
      if (given.size() != 1 && given.size() != channels) {
        throw new VigilException(
            ErrorCode.INFERENCE_0004,
            Map.of(
                "problem",
                "standardize has %d values for an image of %d channels"
                    .formatted(given.size(), channels)));
      }
    }
  }

  /** {@code channels {count}}: one grey channel is repeated; other counts must agree already. */
  record Channels(int count) implements PreprocessingStep {
    @Override
    public Raster apply(Raster in) {
      if (in.channels() == count) {
        return in;
      }
      if (in.channels() != 1) {
        throw new VigilException(
            ErrorCode.INFERENCE_0004,
            Map.of(
                "problem",
                "an image of %d channels cannot be made one of %d"
                    .formatted(in.channels(), count)));
      }
      float[] grey = in.values();
      float[] result = new float[grey.length * count];
      for (int channel = 0; channel < count; channel++) {
        System.arraycopy(grey, 0, result, channel * grey.length, grey.length);
      }
      return in.channels(count, result);
    }
  }

  /** A function of one value. */
  @FunctionalInterface
  interface PixelFunction {
    float apply(float value);
  }

  private static float[] map(float[] values, PixelFunction function) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = function.apply(values[i]);
    }
    return result;
  }

  private static Raster unitRange(Raster in, double low, double high) {
    if (!(high > low)) {
      return in.values(new float[in.values().length]);
    }
    double span = high - low;
    return in.values(map(in.values(), v -> unit((v - low) / span)));
  }

  private static float unit(double value) {
    return (float) Math.min(1, Math.max(0, value));
  }
}
