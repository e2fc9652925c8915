package org.vigil.inference.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.inference.TestPackages;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Severity;
import org.vigil.kernel.VigilException;

class ManifestReaderTest {
  @Test
  void readsEverythingAManifestSays() {
    ModelManifest manifest =
        ManifestReader.read(
            TestPackages.MANIFEST
                    .replace(
                        "  - scale: {divisor: 100}",
                        """
                          - modality-lut
                          - photometric: {to: MONOCHROME2}
                          - voi-window
                          - normalize-percentile: {low: 1, high: 99}
                          - normalize-minmax
                          - resize: {width: 4, height: 4, method: bilinear, fit: center-crop}
                          - standardize: {mean: [0.5], std: 0.25}
                          - channels: {count: 1}
                        """
                            .stripTrailing())
                    .replace("heatmap: {tensor", "embedding: {}\n  heatmap: {tensor")
                + "training:\n  data: PneumoniaMNIST\n  auc: 0.97\n");

    assertThat(manifest.reference()).isEqualTo("tiny@1.0.0");
    assertThat(manifest.uid()).isNull();
    assertThat(manifest.enabledByDefault()).isTrue();
    assertThat(manifest.accepts().modalities()).containsExactly("DX", "CR");
    assertThat(manifest.accepts().rows()).isEqualTo(new Acceptance.Range(4, 4096));
    assertThat(manifest.accepts().frames()).isEqualTo(new Acceptance.Range(1, 1));
    assertThat(manifest.preprocessing().steps())
        .containsExactly(
            new PreprocessingStep.ModalityLut(),
            new PreprocessingStep.ToMonochrome2(),
            new PreprocessingStep.VoiWindow(),
            new PreprocessingStep.NormalizePercentile(1, 99),
            new PreprocessingStep.NormalizeMinMax(),
            new PreprocessingStep.Resize(
                4,
                4,
                PreprocessingStep.Resize.Method.BILINEAR,
                PreprocessingStep.Resize.Fit.CENTER_CROP),
            new PreprocessingStep.Standardize(List.of(0.5), List.of(0.25)),
            new PreprocessingStep.Channels(1));
    assertThat(manifest.input())
        .isEqualTo(new ModelManifest.Input("image", ModelManifest.Layout.NCHW, 1, 4, 4));
    assertThat(manifest.heatMap().threshold()).isEqualTo(0.5);
    assertThat(manifest.embedding()).isEqualTo("embedding");
    assertThat(manifest.labels())
        .extracting(ModelManifest.Label::name)
        .containsExactly("bright", "dark");
    assertThat(manifest.labels().get(0).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(manifest.labels().get(0).code().value()).isEqualTo("36118008");
    assertThat(manifest.labels().get(1).finding()).isFalse();
    assertThat(manifest.training()).containsEntry("data", "PneumoniaMNIST");
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          id: tiny                  | id: Tiny One             | id                         | must be lower-case letters, digits and single hyphens, at most 64 characters
          id: tiny                  |                          | id                         | is missing
          version: 1.0.0            | version: "1.0"           | version                    | must be a semantic version such as 1.0.0, at most 64 characters
          version: 1.0.0            | version: 1.0             | version                    | must be a text; put quotes around it if it looks like a number
          name: Tiny                | name: " "                | name                       | must be a text; put quotes around it if it looks like a number
          name: Tiny                | name: Tiny\\nuid: 1.2.x  | uid                        | must be a DICOM UID, at most 64 characters
          notForClinicalUse: true   | notForClinicalUse: maybe | notForClinicalUse          | must be true or false
          modalities: [DX, CR]      | modality: [DX, CR]       | accepts.modalities         | is missing
          modalities: [DX, CR]      | modalities: DX           | accepts.modalities         | must be a list with at least one entry
          modalities: [DX, CR]      | modalities: [1]          | accepts.modalities         | must be a list of texts
          bodyParts:                | bodyPart:                | accepts.bodyPart           | is not a key of a manifest; check its spelling
          rows: {min: 4, max: 4096} | rows: {min: 9, max: 4}   | accepts.rows               | has a min above its max
          rows: {min: 4, max: 4096} | rows: 12                 | accepts.rows               | must be a mapping of keys to values
          rows: {min: 4, max: 4096} | rows: {min: 0}           | accepts.rows.min           | must be a whole number from 1 to 2147483647
          scale: {divisor: 100}     | scale: {divisor: 0}      | preprocessing[0].scale.divisor | must not be 0
          scale: {divisor: 100}     | scale                    | preprocessing[0].scale.divisor | is missing
          scale: {divisor: 100}     | scale: 100               | preprocessing[0].scale     | must be a mapping of keys to values
          scale: {divisor: 100}     | scale: {by: 1, divisor: 1} | preprocessing[0].scale.by | is not a key of a manifest; check its spelling
          scale: {divisor: 100}     | 17                       | preprocessing[0]           | must be the name of a step, or a step with its parameters
          scale: {divisor: 100}     | sharpen                  | preprocessing[0]           | is no preprocessing step Vigil knows; those are modality-lut, photometric, normalize-percentile, normalize-minmax, scale, resize, standardize, channels, voi-window
          scale: {divisor: 100}     | photometric: {to: RGB}   | preprocessing[0].photometric.to | must be MONOCHROME2
          scale: {divisor: 100}     | normalize-percentile: {low: 9, high: 9} | preprocessing[0].normalize-percentile.high | must be above low
          scale: {divisor: 100}     | normalize-percentile: {low: 1, high: 101} | preprocessing[0].normalize-percentile.high | must be a number from 0 to 100
          scale: {divisor: 100}     | resize: {width: 4, height: 4, method: cubic, fit: stretch} | preprocessing[0].resize.method | must be one of area, bilinear
          scale: {divisor: 100}     | resize: {width: 4, height: 4, method: area, fit: pad} | preprocessing[0].resize.fit | must be one of stretch, letterbox, center-crop
          scale: {divisor: 100}     | standardize: {mean: a, std: 1} | preprocessing[0].standardize.mean | must be a number or a list of numbers
          scale: {divisor: 100}     | standardize: {mean: [], std: 1} | preprocessing[0].standardize.mean | must be a number or a list of numbers
          scale: {divisor: 100}     | standardize: {mean: 0, std: 0} | preprocessing[0].standardize.std | must be above 0
          channels: 1, height: 4    | channels: 0, height: 4   | input.channels             | must be a whole number from 1 to 16
          {tensor: image,           | {tensor: image, layout: chw, | input.layout           | must be one of nchw, nhwc
          {tensor: probabilities}   | {activation: maximum}    | outputs.probabilities.activation | must be one of identity, sigmoid, softmax
          {tensor: heatmap,         | {activation: softmax,    | outputs.heatmap.activation | must be one of identity, sigmoid, maximum
          threshold: 0.5}           | threshold: 2}            | outputs.heatmap.threshold  | must be a number from 0 to 1
          heatmap: {tensor: heatmap, threshold: 0.5} |         | labels[0].heatmapChannel   | needs outputs.heatmap, which is missing
          value: "36118008"         | value: 36118008          | labels[0].code.value       | must be a text; put quotes around it if it looks like a number
          severity: critical        | severity: bad            | labels[0].severity         | must be one of critical, urgent, routine
          operatingPoint: 0.25      | operatingPoint: 25       | labels[0].operatingPoint   | must be a number from 0 to 1
          name: dark                | name: bright             | labels[1].name             | was given to an earlier label
          heatmapChannel: 0         | finding: false           | labels                     | must hold at least one finding
          intendedUse: Tests of the engine. | intendedUse: [a  | manifest.yaml              | is not YAML: expected ',' or ']', but got : at line 5
          """)
  void namesTheKeyThatIsWrong(String found, String put, String key, String problem) {
    String yaml = TestPackages.MANIFEST.replace(found, put == null ? "" : put.replace("\\n", "\n"));

    assertRefused(yaml, key, problem);
  }

  @Test
  void refusesWhatIsNoMapping() {
    assertRefused("- a\n", "manifest.yaml", "must be a mapping of keys to values");
    assertRefused("", "manifest.yaml", "must be a mapping of keys to values");
  }

  @Test
  void refusesAKeyGivenTwice() {
    assertRefused(
        TestPackages.MANIFEST + "id: other\n",
        "manifest.yaml",
        "is not YAML: found duplicate key id at line 30");
  }

  @Test
  void refusesTagsThatWouldMakeObjects() {
    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> ManifestReader.read("!!java.net.URL [\"http://localhost/\"]"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_0001));
  }

  private static void assertRefused(String yaml, String key, String problem) {
    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> ManifestReader.read(yaml))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_0001);
              assertThat(e.details()).containsEntry("key", key).containsEntry("problem", problem);
            });
  }
}
