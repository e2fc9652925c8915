package org.vigil.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.inference.TestPackages;
import org.vigil.inference.domain.ModelPackage;

/**
 * A classifier that others trained runs from a manifest alone: SqueezeNet 1.1 for pneumonia with
 * class-activation maps. Needs the reference material in {@code ../shared}; runs where it is.
 */
@EnabledIf("referenceMaterialIsThere")
class ForeignModelTest {
  private static final Path SHARED = Path.of("../../../shared/data").toAbsolutePath().normalize();
  private static final Path MODEL = SHARED.resolve("models/pneumonia_squeezenet1_1.onnx");
  private static final int PIXELS = 3 * 224 * 224;

  private static final String MANIFEST =
      """
      id: squeezenet-pneumonia
      version: 1.1.0
      name: SqueezeNet pneumonia
      intendedUse: Proof that a foreign model needs no code.
      notForClinicalUse: true
      accepts: {modalities: [DX, CR]}
      preprocessing:
        - photometric: {to: MONOCHROME2}
        - channels: {count: 3}
        - resize: {width: 224, height: 224, method: bilinear, fit: stretch}
        - scale: {divisor: 255}
        - standardize: {mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]}
      input: {tensor: image, channels: 3, height: 224, width: 224}
      outputs:
        probabilities: {}
        heatmap: {tensor: cam, activation: maximum, threshold: 0.5}
        embedding: {tensor: features}
      labels:
        - name: bacterial pneumonia
          code: {scheme: SCT, value: "53084003", meaning: Bacterial pneumonia}
          severity: urgent
          operatingPoint: 0.5
          heatmapChannel: 0
        - name: normal
          code: {scheme: SCT, value: "17621005", meaning: Normal}
          severity: routine
          operatingPoint: 0.5
          finding: false
        - name: viral pneumonia
          code: {scheme: SCT, value: "75570004", meaning: Viral pneumonia}
          severity: urgent
          operatingPoint: 0.5
          heatmapChannel: 2
      """;

  @TempDir private Path folder;

  private ScheduledExecutorService watchdog;
  private OnnxEngine engine;
  private ModelPackage model;

  static boolean referenceMaterialIsThere() {
    return Files.isRegularFile(MODEL);
  }

  @BeforeEach
  void open() throws IOException {
    watchdog = Executors.newSingleThreadScheduledExecutor();
    engine = new OnnxEngine(2, Duration.ofSeconds(60), watchdog);
    TestPackages.write(folder, "tiny", MANIFEST);
    Files.write(folder.resolve(ModelPackage.MODEL), Files.readAllBytes(MODEL));
    TestPackages.sum(folder);
    model = ModelPackage.open(folder);
  }

  @AfterEach
  void close() {
    engine.close();
    watchdog.shutdownNow();
  }

  @Test
  void givesTheReferenceProbabilitiesForTheReferenceInput() throws IOException {
    float[] inputs = floats("models/check/squeezenet_in_2x3x224x224.f32");
    float[] probabilities = floats("models/check/squeezenet_probabilities_2x3.f32");
    float[] maps = floats("models/check/squeezenet_cam_2x3x13x13.f32");
    for (int image = 0; image < 2; image++) {
      Map<String, Tensor> outputs =
          engine.run(model, Arrays.copyOfRange(inputs, image * PIXELS, (image + 1) * PIXELS));

      assertThat(outputs.get("probabilities").values())
          .containsExactly(
              Arrays.copyOfRange(probabilities, image * 3, image * 3 + 3), offset(1e-5f));
      assertThat(outputs.get("cam").values())
          .containsExactly(
              Arrays.copyOfRange(maps, image * 3 * 169, (image + 1) * 3 * 169), offset(1e-3f));
      assertThat(outputs.get("features").shape()).containsExactly(1, 512, 13, 13);
    }
  }

  @Test
  void givesNearlyTheReferenceProbabilitiesFromTheFilms() throws IOException {
    List<String> lines =
        Files.readAllLines(SHARED.resolve("cxr/squeezenet_pneumonia_reference.tsv"));
    ModelRunner runner = new ModelRunner(engine);
    int compared = 0;
    for (String line : lines.subList(1, 13)) {
      String[] fields = line.split("\t", -1);
      Prediction prediction = runner.run(model, film(fields[0]));

      for (int label = 0; label < 3; label++) {
        assertThat(prediction.scores().get(label).probability())
            .as("%s of %s", prediction.scores().get(label).label().name(), fields[0])
            .isCloseTo(Double.parseDouble(fields[label + 1]), offset(0.01));
      }
      assertThat(prediction.heatMap().rows()).isEqualTo(256);
      compared++;
    }
    assertThat(compared).isEqualTo(12);
  }

  private static ImageFrame film(String name) throws IOException {
    BufferedImage image = ImageIO.read(SHARED.resolve("cxr").resolve(name).toFile());
    int bands = image.getRaster().getNumBands();
    int[] grey = new int[image.getWidth() * image.getHeight()];
    image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, grey);
    assertThat(bands).isIn(1, 4);
    return TestPackages.frame(image.getHeight(), image.getWidth(), grey);
  }

  private static float[] floats(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(SHARED.resolve(name)));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
