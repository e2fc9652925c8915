package org.vigil.inference.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.inference.TestPackages;

/**
 * Every step against what NumPy makes of the same image, computed from the definitions in {@code
 * models/README.md} by {@code src/test/tools/make_preprocessing_reference.py}.
 */
class PreprocessingReferenceTest {
  private static final int ROWS = 13;
  private static final int COLUMNS = 17;

  static Stream<String> reference() throws IOException {
    try (InputStream in =
        PreprocessingReferenceTest.class.getResourceAsStream("/preprocessing/reference.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("reference")
  void agreesWithNumPy(String line) {
    String[] fields = line.split("\t", -1);
    int channels = Integer.parseInt(fields[2]);
    int height = Integer.parseInt(fields[3]);
    int width = Integer.parseInt(fields[4]);
    ModelManifest manifest =
        ManifestReader.read(
            TestPackages.MANIFEST
                .replace("scale: {divisor: 100}", fields[1])
                .replace(
                    "channels: 1, height: 4, width: 4",
                    "channels: %d, height: %d, width: %d".formatted(channels, height, width)));

    Raster made = manifest.preprocessing().apply(image(fields[0]), manifest.input());

    String[] expected = fields[5].split(" ", -1);
    assertThat(made.values()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      double value = Double.parseDouble(expected[i]);
      assertThat((double) made.values()[i])
          .as("value %d of %s", i, fields[1])
          .isCloseTo(value, offset(1e-5 * Math.max(1, Math.abs(value) / 10)));
    }
  }

  private static ImageFrame image(String photometric) {
    int[] samples = new int[ROWS * COLUMNS];
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < COLUMNS; x++) {
        samples[y * COLUMNS + x] = (37 * x + 91 * y + 13 * x * y) % 4096;
      }
    }
    return TestPackages.frame(ROWS, COLUMNS, photometric, samples);
  }
}
