package org.vigil.dicom.pixel.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegLosslessDecoderTest {
  private static final int ROWS = 11;
  private static final int COLUMNS = 13;

  /** Noise and both ends of the range, so that differences of every category occur. */
  private static int[] samples(int components, int precision) {
    Random random = new Random(precision);
    return IntStream.range(0, ROWS * COLUMNS * components)
        .map(
            i ->
                switch (i % 5) {
                  case 0 -> (1 << precision) - 1;
                  case 1 -> 0;
                  default -> random.nextInt(1 << precision);
                })
        .toArray();
  }

  @ParameterizedTest(name = "{0} bits, {1} components, predictor {2}, transform {3}, restart {4}")
  @CsvSource({
    "16, 1, 1, 0, 0", "16, 1, 2, 0, 3", "16, 1, 3, 0, 0", "16, 1, 4, 0, 1", "16, 1, 5, 0, 0",
    "16, 1, 6, 0, 0", "16, 1, 7, 0, 0", "16, 3, 1, 0, 0", "16, 3, 7, 0, 2", "12, 1, 4, 2, 0",
    "8, 3, 4, 2, 0", "8, 4, 6, 0, 0", "2, 1, 1, 0, 0", "15, 2, 5, 1, 4", "10, 3, 3, 3, 10"
  })
  void everyPredictorComesBack(
      int precision, int components, int predictor, int transform, int interval) throws Exception {
    int[] samples = samples(components, precision);
    int[] expected = Arrays.stream(samples).map(s -> s >> transform << transform).toArray();
    for (boolean together : new boolean[] {true, false}) {
      byte[] encoded =
          LosslessImage.encode(
              samples,
              ROWS,
              COLUMNS,
              components,
              precision,
              predictor,
              transform,
              interval,
              together);

      JpegImage image = JpegLosslessDecoder.decode(encoded, samples.length);

      assertThat(image.samples()).isEqualTo(expected);
      assertThat(image.rows()).isEqualTo(ROWS);
      assertThat(image.columns()).isEqualTo(COLUMNS);
      assertThat(image.components()).isEqualTo(components);
      assertThat(image.precision()).isEqualTo(precision);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
  void theLastSampleIsThereHoweverTheLastByteIsFilled(int columns) throws Exception {
    int[] samples = IntStream.range(0, columns * 3).map(i -> 200 + i * 37 % 50).toArray();
    byte[] encoded = LosslessImage.encode(samples, 1, columns, 3, 8, 4, 0, 0, true);

    assertThat(JpegLosslessDecoder.decode(encoded, samples.length).samples()).isEqualTo(samples);
  }

  @Test
  void anImageThatLacksItsEndIsRefused() {
    int[] samples = samples(1, 16);
    byte[] encoded = LosslessImage.encode(samples, ROWS, COLUMNS, 1, 16, 1, 0, 0, true);

    for (int length = 0; length < encoded.length - 3; length++) {
      byte[] part = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> JpegLosslessDecoder.decode(part, samples.length))
          .as("first %d bytes of %d", length, encoded.length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aMissingEndMarkerIsNoLoss() throws Exception {
    int[] samples = samples(1, 12);
    byte[] encoded = LosslessImage.encode(samples, ROWS, COLUMNS, 1, 12, 1, 0, 0, true);

    byte[] part = Arrays.copyOf(encoded, encoded.length - 2);
    assertThat(JpegLosslessDecoder.decode(part, samples.length).samples()).isEqualTo(samples);
  }
}
