package org.vigil.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.inference.domain.ModelPackage;

/** Model packages made for a test, around the tiny models of src/test/resources/models. */
public final class TestPackages {
  /** A manifest that fits every tiny model. */
  public static final String MANIFEST =
      """
      id: tiny
      version: 1.0.0
      name: Tiny
      intendedUse: Tests of the engine.
      notForClinicalUse: true
      enabledByDefault: true
      accepts:
        modalities: [DX, CR]
        bodyParts: [CHEST]
        viewPositions: [PA, AP]
        rows: {min: 4, max: 4096}
        bitsStored: {min: 8, max: 16}
      preprocessing:
        - scale: {divisor: 100}
      input: {tensor: image, channels: 1, height: 4, width: 4}
      outputs:
        probabilities: {tensor: probabilities}
        heatmap: {tensor: heatmap, threshold: 0.5}
      labels:
        - name: bright
          code: {scheme: SCT, value: "36118008", meaning: Pneumothorax}
          severity: critical
          operatingPoint: 0.25
          heatmapChannel: 0
        - name: dark
          code: {scheme: SCT, value: "17621005", meaning: Normal}
          severity: routine
          operatingPoint: 0.5
          finding: false
      """;

  private TestPackages() {}

  /** A package of a tiny model. */
  public static Path write(Path folder, String model, String manifest) {
    try (InputStream in = TestPackages.class.getResourceAsStream("/models/" + model + ".onnx")) {
      Files.createDirectories(folder.resolve("golden"));
      Files.write(folder.resolve(ModelPackage.MODEL), in.readAllBytes());
      Files.writeString(folder.resolve(ModelPackage.MANIFEST), manifest);
      Files.writeString(folder.resolve(ModelPackage.CARD), "# Tiny\n");
      Files.writeString(folder.resolve("golden/README.md"), "None.\n");
      sum(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes SHA256SUMS over what lies in the folder now. */
  public static void sum(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      String sums =
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.endsWith(ModelPackage.SUMS))
              .sorted()
              .map(f -> line(folder, f))
              .collect(Collectors.joining());
      Files.writeString(folder.resolve(ModelPackage.SUMS), sums);
    }
  }

  private static String line(Path folder, Path file) {
    try {
      return ModelPackage.sha256(file) + "  " + folder.relativize(file) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A grey frame of 12 bits, as a DX stores it. */
  public static ImageFrame frame(int rows, int columns, int... samples) {
    return frame(rows, columns, "MONOCHROME2", samples);
  }

  public static ImageFrame frame(int rows, int columns, String photometric, int... samples) {
    int channels = photometric.equals("RGB") ? 3 : 1;
    return new ImageFrame(
        rows,
        columns,
        channels,
        12,
        false,
        photometric,
        samples,
        1,
        0,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }
}
