package org.vigil.inference.domain;

import java.util.Map;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * An image on its way through preprocessing. Values are planar: channel, then row, then column.
 * Steps never change a raster, they make a new one.
 */
public final class Raster {
  private final int channels;
  private final int rows;
  private final int columns;
  private final float[] values;
  private final Origin origin;
  private final Geometry geometry;

  /**
   * What the steps still need to know of the stored image.
   *
   * @param photometric photometric interpretation of the values now
   * @param low smallest value the stored representation can hold, in the unit of the values now
   * @param high largest such value
   */
  record Origin(
      String photometric,
      double low,
      double high,
      double rescaleSlope,
      double rescaleIntercept,
      double windowCenter,
      double windowWidth) {

    Origin with(String photometricNow, double lowNow, double highNow) {
      return new Origin(
          photometricNow,
          lowNow,
          highNow,
          rescaleSlope,
          rescaleIntercept,
          windowCenter,
          windowWidth);
    }
  }

  Raster(int channels, int rows, int columns, float[] values, Origin origin, Geometry geometry) {
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    this.values = values;
    this.origin = origin;
    this.geometry = geometry;
  }

  /**
   * The stored values of a frame, as they are.
   *
   * @throws VigilException INFERENCE-0004 when the frame has no pixels or too few samples
   */
  public static Raster of(ImageFrame frame) {
    int channels = frame.samplesPerPixel();
    int pixels = Math.multiplyExact(frame.rows(), frame.columns());
    if (pixels < 1 || channels < 1 || frame.samples().length != pixels * channels) {
      throw new VigilException(
          ErrorCode.INFERENCE_0004,
          Map.of(
              "problem",
              "the frame holds %d samples, but %d rows of %d columns with %d a pixel were announced"
                  .formatted(frame.samples().length, frame.rows(), frame.columns(), channels)));
    }
    int[] samples = frame.samples();
    float[] values = new float[samples.length];
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        values[channel * pixels + pixel] = samples[pixel * channels + channel];
      }
    }
    int bits = Math.max(1, frame.bitsStored());
    double span = Math.pow(2, bits);
    double low = frame.signed() ? -span / 2 : 0;
    Origin origin =
        new Origin(
            frame.photometricInterpretation(),
            low,
            low + span - 1,
            frame.rescaleSlope(),
            frame.rescaleIntercept(),
            frame.windowCenter(),
            frame.windowWidth());
    return new Raster(
        channels,
        frame.rows(),
        frame.columns(),
        values,
        origin,
        Geometry.identity(frame.columns(), frame.rows()));
  }

  Raster values(float[] changed) {
    return new Raster(channels, rows, columns, changed, origin, geometry);
  }

  Raster values(float[] changed, Origin changedOrigin) {
    return new Raster(channels, rows, columns, changed, changedOrigin, geometry);
  }

  Raster channels(int count, float[] changed) {
    return new Raster(count, rows, columns, changed, origin, geometry);
  }

  Raster channels(int count, float[] changed, Origin changedOrigin) {
    return new Raster(count, rows, columns, changed, changedOrigin, geometry);
  }

  Raster size(int height, int width, float[] changed, Geometry changedGeometry) {
    return new Raster(channels, height, width, changed, origin, changedGeometry);
  }

  public int channels() {
    return channels;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Channels × rows × columns values; not a copy. */
  public float[] values() {
    return values;
  }

  /** How a place in this raster is found in the image it came from. */
  public Geometry geometry() {
    return geometry;
  }

  Origin origin() {
    return origin;
  }
}
