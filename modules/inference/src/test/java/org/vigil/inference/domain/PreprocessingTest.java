package org.vigil.inference.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.inference.TestPackages;
import org.vigil.inference.domain.PreprocessingStep.Resize;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

class PreprocessingTest {
  private static final Offset<Float> EXACT = offset(1e-6f);

  @Test
  void modalityLutScalesStoredValues() {
    Raster in = Raster.of(ct("MONOCHROME2", 0, 1000, 2000, 4095));

    assertValues(new PreprocessingStep.ModalityLut().apply(in), -1024, 976, 2976, 7166);
  }

  @Test
  void monochrome1IsMirroredInTheRangeOfItsBits() {
    Raster stored = Raster.of(TestPackages.frame(1, 3, "MONOCHROME1", 0, 100, 4095));
    assertValues(new PreprocessingStep.ToMonochrome2().apply(stored), 4095, 3995, 0);

    Raster scaled =
        new PreprocessingStep.ModalityLut().apply(Raster.of(ct("MONOCHROME1", 0, 4095, 1, 2)));
    assertValues(new PreprocessingStep.ToMonochrome2().apply(scaled), 7166, -1024, 7164, 7162);
  }

  @Test
  void mirroringTwiceIsNotMirroring() {
    Raster once =
        new PreprocessingStep.ToMonochrome2()
            .apply(Raster.of(TestPackages.frame(1, 1, "MONOCHROME1", 95)));

    assertValues(new PreprocessingStep.ToMonochrome2().apply(once), 4000);
  }

  @Test
  void colourBecomesLuma() {
    Raster rgb = Raster.of(TestPackages.frame(1, 2, "RGB", 255, 0, 0, 10, 20, 30));

    Raster grey = new PreprocessingStep.ToMonochrome2().apply(rgb);

    assertThat(grey.channels()).isEqualTo(1);
    assertValues(grey, 76.245f, 2.99f + 11.74f + 3.42f);
  }

  @Test
  void paletteColourIsRefused() {
    Raster palette = Raster.of(TestPackages.frame(1, 1, "PALETTE COLOR", 7));

    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> new PreprocessingStep.ToMonochrome2().apply(palette))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_0004));
  }

  @Test
  void percentilesAreInterpolatedAndClipped() {
    // Of 0, 10, 20, 30, 40 the 10th percentile is 4 and the 90th is 36.
    Raster in = raster(1, 5, 40, 0, 20, 10, 30);

    assertValues(
        new PreprocessingStep.NormalizePercentile(10, 90).apply(in), 1, 0, 0.5f, 6f / 32, 26f / 32);
  }

  @Test
  void aFlatImageBecomesZero() {
    assertValues(
        new PreprocessingStep.NormalizePercentile(1, 99).apply(raster(1, 3, 7, 7, 7)), 0, 0, 0);
    assertValues(new PreprocessingStep.NormalizeMinMax().apply(raster(1, 3, 7, 7, 7)), 0, 0, 0);
  }

  @Test
  void countingAndSortingAgreeOnPercentiles() {
    Random random = new Random(7);
    float[] whole = new float[5001];
    float[] broken = new float[whole.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = random.nextInt(4096) - 1000;
      broken[i] = whole[i] / 3;
    }
    for (double percent : new double[] {0, 0.5, 1, 37.3, 50, 99, 100}) {
      assertThat(new Quantiles(broken).percentile(percent) * 3)
          .isCloseTo(new Quantiles(whole).percentile(percent), offset(1e-3));
    }
  }

  @Test
  void minMaxScaleStandardizeChannels() {
    assertValues(
        new PreprocessingStep.NormalizeMinMax().apply(raster(1, 3, 10, 20, 30)), 0, 0.5f, 1);
    assertValues(new PreprocessingStep.Scale(4).apply(raster(1, 2, 10, 20)), 2.5f, 5);

    Raster three = new PreprocessingStep.Channels(3).apply(raster(1, 2, 1, 2));
    assertValues(three, 1, 2, 1, 2, 1, 2);
    assertValues(
        new PreprocessingStep.Standardize(List.of(0.0, 1.0, 2.0), List.of(1.0, 2.0, 4.0))
            .apply(three),
        1,
        2,
        0,
        0.5f,
        -0.25f,
        0);
    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> new PreprocessingStep.Channels(1).apply(three));
    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(
            () -> new PreprocessingStep.Standardize(List.of(0.0, 1.0), List.of(1.0)).apply(three));
  }

  @Test
  void voiWindowIsTheStandardsLinearFunction() {
    // PS3.3 C.11.2.1.2.1: ((x - (c - 0.5)) / (w - 1) + 0.5), c = 100, w = 51.
    Raster in = Raster.of(windowed(100, 51, 0, 75, 100, 125, 4095));
    assertValues(new PreprocessingStep.VoiWindow().apply(in), 0, 0.01f, 0.51f, 1, 1);

    Raster without = Raster.of(windowed(Double.NaN, Double.NaN, 0, 50, 100));
    assertValues(new PreprocessingStep.VoiWindow().apply(without), 0, 0.5f, 1);
  }

  @Test
  void areaIsTheMeanUnderEachPixel() {
    Raster in = raster(2, 4, 1, 3, 5, 7, 3, 5, 7, 9);
    assertValues(resize(2, 1, Resize.Method.AREA, Resize.Fit.STRETCH).apply(in), 3, 7);

    // Three pixels into two: the middle one counts half in each.
    Raster odd = raster(1, 3, 0, 6, 12);
    assertValues(resize(2, 1, Resize.Method.AREA, Resize.Fit.STRETCH).apply(odd), 2, 10);
  }

  @Test
  void bilinearIsATriangleFilterWidenedWhenShrinking() {
    // Growing 2 to 4: centres at -0.25, 0.25, 0.75, 1.25 of the input's.
    assertValues(
        resize(4, 1, Resize.Method.BILINEAR, Resize.Fit.STRETCH).apply(raster(1, 2, 0, 4)),
        0,
        1,
        3,
        4);
    // Shrinking 4 to 2: weights 3, 3, 1 of 7 (the first pixel's fourth weight lies outside).
    assertValues(
        resize(2, 1, Resize.Method.BILINEAR, Resize.Fit.STRETCH).apply(raster(1, 4, 7, 14, 21, 28)),
        (3 * 7 + 3 * 14 + 21) / 7f,
        (14 + 3 * 21 + 3 * 28) / 7f);
  }

  @Test
  void letterboxKeepsTheAspectAndPadsWithZero() {
    Raster wide = raster(2, 4, 1, 1, 1, 1, 1, 1, 1, 1);

    Raster boxed = resize(4, 4, Resize.Method.AREA, Resize.Fit.LETTERBOX).apply(wide);

    assertValues(boxed, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0);
    assertThat(boxed.geometry()).isEqualTo(new Geometry(4, 2, 4, 4, 1, 1, 0, 1));
  }

  @Test
  void centerCropFillsTheInputFromTheMiddle() {
    Raster wide = raster(2, 4, 1, 2, 3, 4, 5, 6, 7, 8);

    Raster cropped = resize(2, 2, Resize.Method.BILINEAR, Resize.Fit.CENTER_CROP).apply(wide);

    assertValues(cropped, 2, 3, 6, 7);
    assertThat(cropped.geometry()).isEqualTo(new Geometry(4, 2, 2, 2, 1, 1, -1, 0));
  }

  @Test
  void anImageThatDoesNotFillTheInputIsRefused() {
    Preprocessing nothing = new Preprocessing(List.of());
    ModelManifest.Input input =
        new ModelManifest.Input("image", ModelManifest.Layout.NCHW, 1, 4, 4);

    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> nothing.apply(TestPackages.frame(1, 2, 1, 2), input))
        .withMessageContaining(
            "the steps make 1 channels of 1 rows and 2 columns, the model takes 1 of 4 and 4");
  }

  @Test
  void aFrameWithTooFewSamplesIsRefused() {
    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> Raster.of(TestPackages.frame(2, 2, 1, 2, 3)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_0004));
  }

  @Test
  void aValueThatIsNotFiniteIsRefused() {
    Preprocessing tiny = new Preprocessing(List.of(new PreprocessingStep.Scale(1e-300)));
    ModelManifest.Input input =
        new ModelManifest.Input("image", ModelManifest.Layout.NCHW, 1, 1, 1);

    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> tiny.apply(TestPackages.frame(1, 1, 4000), input))
        .withMessageContaining("not finite");
  }

  private static Resize resize(int width, int height, Resize.Method method, Resize.Fit fit) {
    return new Resize(width, height, method, fit);
  }

  private static Raster raster(int rows, int columns, int... samples) {
    return Raster.of(TestPackages.frame(rows, columns, samples));
  }

  private static ImageFrame ct(String photometric, int... samples) {
    return new ImageFrame(
        2, 2, 1, 12, false, photometric, samples, 2, -1024, Double.NaN, Double.NaN, 1, 1);
  }

  private static ImageFrame windowed(double center, double width, int... samples) {
    return new ImageFrame(
        1, samples.length, 1, 12, false, "MONOCHROME2", samples, 1, 0, center, width, 1, 1);
  }

  private static void assertValues(Raster raster, float... expected) {
    assertThat(raster.values()).containsExactly(expected, EXACT);
  }
}
