package org.vigil.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.imaging.api.ResultContent;
import org.vigil.inference.TestPackages;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

class OnnxEngineTest {
  @TempDir private Path folder;

  private ScheduledExecutorService watchdog;
  private OnnxEngine engine;
  private ModelRunner runner;

  @BeforeEach
  void open() {
    watchdog = Executors.newSingleThreadScheduledExecutor();
    engine = new OnnxEngine(1, Duration.ofSeconds(30), watchdog);
    runner = new ModelRunner(engine);
  }

  @AfterEach
  void close() {
    engine.close();
    watchdog.shutdownNow();
  }

  @Test
  void runsAPackageFromFrameToFinding() {
    // 4 of 16 pixels at 100, and one at 50: mean 0.28125 after the division by 100.
    Prediction prediction = runner.run(model("tiny", TestPackages.MANIFEST), corner());

    assertThat(prediction.probability("bright")).isCloseTo(0.28125, offset(1e-6));
    assertThat(prediction.probability("dark")).isCloseTo(0.71875, offset(1e-6));
    Prediction.Score bright = prediction.scores().get(0);
    assertThat(bright.positive()).isTrue();
    assertThat(bright.box()).isEqualTo(new ResultContent.Box(0, 0, 3, 3));
    assertThat(prediction.scores().get(1).box()).isNull();
    assertThat(prediction.heatMap().rows()).isEqualTo(4);
    assertThat(Byte.toUnsignedInt(prediction.heatMap().values()[0])).isEqualTo(255);
    assertThat(prediction.heatMap().values()[15]).isZero();
    assertThat(prediction.inputSha256()).hasSize(64);
    assertThat(prediction.runtimeVersion()).isEqualTo("1.29.0");
    assertThat(prediction.inferenceMillis()).isPositive();
  }

  @Test
  void aNegativeHasNoBoxButStillAMap() {
    ImageFrame dark = TestPackages.frame(4, 4, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Prediction prediction = runner.run(model("tiny", TestPackages.MANIFEST), dark);

    assertThat(prediction.scores().get(0).positive()).isFalse();
    assertThat(prediction.scores().get(0).box()).isNull();
    assertThat(Byte.toUnsignedInt(prediction.heatMap().values()[0])).isEqualTo(255);
  }

  @Test
  void activatesRawOutputsAsTheManifestSays() {
    String logits =
        TestPackages.MANIFEST
            .replace("{tensor: probabilities}", "{activation: softmax}")
            .replace("{tensor: heatmap,", "{activation: maximum,");

    Prediction softmax = runner.run(model("logits", logits), corner());

    double e = Math.exp(0.28125);
    assertThat(softmax.probability("bright")).isCloseTo(e / (e + 1), offset(1e-6));
    assertThat(softmax.probability("dark")).isCloseTo(1 / (e + 1), offset(1e-6));
    assertThat(Byte.toUnsignedInt(softmax.heatMap().values()[0])).isEqualTo(255);

    Prediction sigmoid =
        runner.run(model("logits", logits.replace("softmax", "sigmoid")), corner());
    assertThat(sigmoid.probability("bright")).isCloseTo(e / (e + 1), offset(1e-6));
    assertThat(sigmoid.probability("dark")).isCloseTo(0.5, offset(1e-9));
  }

  @Test
  void anOutputThatIsNotANumberIsAnError() {
    assertFails("not-a-number", ErrorCode.INFERENCE_0005, "not a finite number");
  }

  @Test
  void anOutputOfAnotherShapeIsAnError() {
    assertFails("three-labels", ErrorCode.INFERENCE_0005, "must be of shape [1, 2]");
  }

  @Test
  void aProbabilityBeyondOneIsAnError() {
    ImageFrame glaring = TestPackages.frame(4, 4, filled(200));

    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> runner.run(model("tiny", TestPackages.MANIFEST), glaring))
        .withMessageContaining("no probability");
  }

  @Test
  void aModelThatDoesNotAnswerInTimeIsStopped() {
    engine.close();
    engine = new OnnxEngine(1, Duration.ofSeconds(3), watchdog);
    runner = new ModelRunner(engine);

    assertFails("slow", ErrorCode.INFERENCE_0006, "PT3S");
    // The session is still good for the next image.
    Prediction next =
        runner.run(model("slow", TestPackages.MANIFEST), TestPackages.frame(4, 4, new int[16]));
    assertThat(next.probability("bright")).isZero();
  }

  @Test
  void aManifestThatDisagreesWithItsModelIsRefused() {
    assertRefused("tiny", "tensor: image", "tensor: picture", "input.tensor");
    assertRefused("tiny", "tensor: probabilities", "tensor: scores", "outputs");
    assertRefused("tiny", "height: 4, width: 4", "height: 4, width: 5", "input");
    assertRefused("tiny", "heatmapChannel: 0", "heatmapChannel: 2", "labels");
    assertRefused("tiny", "tensor: heatmap", "tensor: probabilities", "outputs.heatmap");
    assertRefused("two-inputs", "", "", "input.tensor");
    assertRefused(
        "tiny",
        "  - name: dark",
        "  - name: grey\n    code: {scheme: A, value: b, meaning: c}\n    severity: routine\n"
            + "    operatingPoint: 1\n  - name: dark",
        "outputs.probabilities");
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws Exception {
    Path broken = TestPackages.write(folder.resolve("broken"), "tiny", TestPackages.MANIFEST);
    Files.writeString(broken.resolve(ModelPackage.MODEL), "not a model");
    TestPackages.sum(broken);
    ModelPackage model = ModelPackage.open(broken);

    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> engine.load(model))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_0001))
        .withMessageContaining("ONNX Runtime cannot load it");
  }

  @Test
  void manyThreadsShareASession() throws Exception {
    ModelPackage model = model("tiny", TestPackages.MANIFEST);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Double>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ImageFrame frame = TestPackages.frame(4, 4, filled(i % 100));
        results.add(threads.submit(() -> runner.run(model, frame).probability("bright")));
      }
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get(30, TimeUnit.SECONDS))
            .isCloseTo(i % 100 / 100.0, offset(1e-6));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anUndeployedModelIsLoadedAnewWhenNeeded() {
    ModelPackage model = model("tiny", TestPackages.MANIFEST);
    runner.run(model, corner());
    engine.unload(model);
    engine.unload(model);

    assertThat(runner.run(model, corner()).probability("bright")).isCloseTo(0.28125, offset(1e-6));
  }

  private void assertFails(String name, ErrorCode code, String text) {
    ModelPackage model = model(name, TestPackages.MANIFEST);
    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> runner.run(model, corner()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageContaining(text);
  }

  private void assertRefused(String name, String found, String put, String key) {
    ModelPackage model = model(name, TestPackages.MANIFEST.replace(found, put));
    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> engine.load(model))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_0001))
        .satisfies(e -> assertThat(e.details()).containsEntry("key", key));
  }

  private ModelPackage model(String name, String manifest) {
    Path place = folder.resolve(name + "-" + Integer.toHexString(manifest.hashCode()));
    return ModelPackage.open(
        Files.exists(place) ? place : TestPackages.write(place, name, manifest));
  }

  /** A bright 2 × 2 in the top left corner, and one cell of half its brightness touching it. */
  private static ImageFrame corner() {
    return TestPackages.frame(4, 4, 100, 100, 0, 0, 100, 100, 0, 0, 0, 0, 50, 0, 0, 0, 0, 0);
  }

  private static int[] filled(int value) {
    int[] samples = new int[16];
    Arrays.fill(samples, value);
    return samples;
  }
}
