package org.vigil.inference.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.vigil.kernel.Code;
import org.vigil.kernel.Severity;
import org.vigil.kernel.VigilException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads and checks {@code manifest.yaml}; {@code docs/model-package.md} lists the keys. */
public final class ManifestReader {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern VERSION =
      Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?");
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)+");
  private static final int MAX_LABELS = 1000;
  private static final int MAX_SIDE = 8192;

  private ManifestReader() {}

  /**
   * Reads a manifest.
   *
   * @throws VigilException INFERENCE-0001 naming the key that is wrong
   */
  public static ModelManifest read(String yaml) {
    YamlNode root = YamlNode.root(parse(yaml));
    String id = matching(root, "id", ID, 64, "lower-case letters, digits and single hyphens");
    String version = matching(root, "version", VERSION, 64, "a semantic version such as 1.0.0");
    String name = root.text("name");
    String uid = root.has("uid") ? matching(root, "uid", UID, 64, "a DICOM UID") : null;
    String intendedUse = root.text("intendedUse");
    boolean notForClinicalUse = root.bool("notForClinicalUse");
    boolean enabledByDefault = root.bool("enabledByDefault", false);
    Acceptance accepts = acceptance(root.node("accepts"));
    List<PreprocessingStep> steps = root.steps("preprocessing", ManifestReader::step);
    ModelManifest.Input input = input(root.node("input"));
    YamlNode outputs = root.node("outputs");
    ModelManifest.Scores scores = scores(outputs.node("probabilities"));
    ModelManifest.HeatMapOutput heatMap =
        outputs.has("heatmap") ? heatMap(outputs.node("heatmap")) : null;
    String embedding = outputs.has("embedding") ? embedding(outputs.node("embedding")) : null;
    outputs.finish();
    List<ModelManifest.Label> labels = root.nodes("labels", l -> label(l, heatMap != null));
    checkLabels(labels);
    ModelManifest manifest =
        new ModelManifest(
            id,
            version,
            name,
            uid,
            intendedUse,
            notForClinicalUse,
            enabledByDefault,
            accepts,
            new Preprocessing(steps),
            input,
            scores,
            heatMap,
            embedding,
            labels,
            root.free("training"));
    root.finish();
    return manifest;
  }

  private static Object parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(10);
    options.setCodePointLimit(1 << 20);
    try {
      return new Yaml(new SafeConstructor(options)).load(yaml);
    } catch (MarkedYAMLException e) {
      throw YamlNode.invalid(
          "manifest.yaml",
          "is not YAML: %s at line %d".formatted(e.getProblem(), e.getProblemMark().getLine() + 1));
    } catch (YAMLException e) {
      throw YamlNode.invalid("manifest.yaml", "is not YAML: " + e.getMessage());
    }
  }

  private static String matching(
      YamlNode node, String key, Pattern form, int longest, String described) {
    String value = node.text(key);
    if (value.length() > longest || !form.matcher(value).matches()) {
      throw node.refuse(key, "must be " + described + ", at most " + longest + " characters");
    }
    return value;
  }

  private static Acceptance acceptance(YamlNode node) {
    List<String> modalities = node.texts("modalities");
    if (modalities.isEmpty()) {
      throw node.refuse("modalities", "is missing");
    }
    Acceptance result =
        new Acceptance(
            modalities,
            node.texts("sopClasses"),
            node.texts("bodyParts"),
            node.bool("unnamedBodyPart", false),
            node.texts("viewPositions"),
            node.bool("unnamedViewPosition", false),
            node.texts("photometricInterpretations"),
            range(node, "rows", Acceptance.Range.ANY),
            range(node, "columns", Acceptance.Range.ANY),
            range(node, "bitsStored", Acceptance.Range.ANY),
            range(node, "frames", new Acceptance.Range(1, 1)));
    node.finish();
    return result;
  }

  private static Acceptance.Range range(YamlNode parent, String key, Acceptance.Range otherwise) {
    if (!parent.has(key)) {
      return otherwise;
    }
    YamlNode node = parent.node(key);
    int min = node.whole("min", 1, Integer.MAX_VALUE, 1);
    int max = node.whole("max", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    node.finish();
    if (min > max) {
      throw parent.refuse(key, "has a min above its max");
    }
    return new Acceptance.Range(min, max);
  }

  private static PreprocessingStep step(String place, String word, YamlNode node) {
    return switch (word) {
      case "modality-lut" -> new PreprocessingStep.ModalityLut();
      case "photometric" -> {
        if (!node.text("to").equals("MONOCHROME2")) {
          throw node.refuse("to", "must be MONOCHROME2");
        }
        yield new PreprocessingStep.ToMonochrome2();
      }
      case "normalize-percentile" -> {
        double low = node.number("low", 0, 100);
        double high = node.number("high", 0, 100);
        if (low >= high) {
          throw node.refuse("high", "must be above low");
        }
        yield new PreprocessingStep.NormalizePercentile(low, high);
      }
      case "normalize-minmax" -> new PreprocessingStep.NormalizeMinMax();
      case "scale" -> {
        double divisor = node.number("divisor", -1e12, 1e12);
        if (divisor == 0) {
          throw node.refuse("divisor", "must not be 0");
        }
        yield new PreprocessingStep.Scale(divisor);
      }
      case "resize" ->
          new PreprocessingStep.Resize(
              node.whole("width", 1, MAX_SIDE),
              node.whole("height", 1, MAX_SIDE),
              node.oneOf("method", PreprocessingStep.Resize.Method.class),
              node.oneOf("fit", PreprocessingStep.Resize.Fit.class));
      case "standardize" -> {
        List<Double> mean = node.numbers("mean");
        List<Double> std = node.numbers("std");
        if (std.stream().anyMatch(s -> s <= 0)) {
          throw node.refuse("std", "must be above 0");
        }
        yield new PreprocessingStep.Standardize(mean, std);
      }
      case "channels" -> new PreprocessingStep.Channels(node.whole("count", 1, 16));
      case "voi-window" -> new PreprocessingStep.VoiWindow();
      default ->
          throw YamlNode.invalid(
              place,
              "is no preprocessing step Vigil knows; those are modality-lut, photometric,"
                  + " normalize-percentile, normalize-minmax, scale, resize, standardize, channels,"
                  + " voi-window");
    };
  }

  private static ModelManifest.Input input(YamlNode node) {
    ModelManifest.Input result =
        new ModelManifest.Input(
            node.text("tensor"),
            node.oneOf("layout", ModelManifest.Layout.class, ModelManifest.Layout.NCHW),
            node.whole("channels", 1, 16),
            node.whole("height", 1, MAX_SIDE),
            node.whole("width", 1, MAX_SIDE));
    node.finish();
    return result;
  }

  private static ModelManifest.Scores scores(YamlNode node) {
    ModelManifest.Scores result =
        new ModelManifest.Scores(
            node.text("tensor", "probabilities"),
            node.oneOf(
                "activation", ModelManifest.Activation.class, ModelManifest.Activation.IDENTITY));
    if (result.activation() == ModelManifest.Activation.MAXIMUM) {
      throw node.refuse("activation", "must be one of identity, sigmoid, softmax");
    }
    node.finish();
    return result;
  }

  private static ModelManifest.HeatMapOutput heatMap(YamlNode node) {
    ModelManifest.HeatMapOutput result =
        new ModelManifest.HeatMapOutput(
            node.text("tensor", "heatmap"),
            node.oneOf(
                "activation", ModelManifest.Activation.class, ModelManifest.Activation.IDENTITY),
            node.has("threshold") ? node.number("threshold", 0, 1) : 0.5);
    if (result.activation() == ModelManifest.Activation.SOFTMAX) {
      throw node.refuse("activation", "must be one of identity, sigmoid, maximum");
    }
    node.finish();
    return result;
  }

  private static String embedding(YamlNode node) {
    String tensor = node.text("tensor", "embedding");
    node.finish();
    return tensor;
  }

  private static ModelManifest.Label label(YamlNode node, boolean heatMap) {
    YamlNode code = node.node("code");
    Code typed = Code.of(code.text("scheme"), code.text("value"), code.text("meaning"));
    code.finish();
    Integer channel = null;
    if (node.has("heatmapChannel")) {
      if (!heatMap) {
        throw node.refuse("heatmapChannel", "needs outputs.heatmap, which is missing");
      }
      channel = node.whole("heatmapChannel", 0, MAX_LABELS);
    }
    return new ModelManifest.Label(
        node.text("name"),
        typed,
        node.oneOf("severity", Severity.class),
        node.number("operatingPoint", 0, 1),
        channel,
        node.bool("finding", true));
  }

  private static void checkLabels(List<ModelManifest.Label> labels) {
    if (labels.size() > MAX_LABELS) {
      throw YamlNode.invalid("labels", "must be at most " + MAX_LABELS);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      if (!names.add(labels.get(i).name())) {
        throw YamlNode.invalid("labels[" + i + "].name", "was given to an earlier label");
      }
    }
    if (labels.stream().noneMatch(ModelManifest.Label::finding)) {
      throw YamlNode.invalid("labels", "must hold at least one finding");
    }
  }
}
