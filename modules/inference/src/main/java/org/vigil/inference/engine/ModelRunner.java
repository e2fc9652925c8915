package org.vigil.inference.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.imaging.api.ResultContent;
import org.vigil.inference.domain.Geometry;
import org.vigil.inference.domain.HeatMaps;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.domain.Raster;

/**
 * Runs a model package on a decoded frame: preprocessing, network, probabilities, boxes and heat
 * map. Needs no database and no server.
 */
public final class ModelRunner {
  private final OnnxEngine engine;

  public ModelRunner(OnnxEngine engine) {
    this.engine = engine;
  }

  /**
   * Runs a model.
   *
   * @throws org.vigil.kernel.VigilException INFERENCE-0003 to INFERENCE-0006
   */
  public Prediction run(ModelPackage model, ImageFrame frame) {
    ModelManifest manifest = model.manifest();
    engine.load(model);
    long start = System.nanoTime();
    Raster input = manifest.preprocessing().apply(frame, manifest.input());
    float[] values = OnnxEngine.tensorValues(model, input);
    long prepared = System.nanoTime();
    Map<String, Tensor> outputs = engine.run(model, values);
    long inferred = System.nanoTime();
    double[] probabilities = probabilities(manifest, outputs);
    HeatMaps.Channel[] channels = channels(manifest, outputs);
    List<Prediction.Score> scores = scores(manifest, probabilities, channels, input.geometry());
    ResultContent.HeatMap heatMap = heatMap(scores, channels, input.geometry());
    long finished = System.nanoTime();
    return new Prediction(
        scores,
        heatMap,
        sha256(values),
        (prepared - start) / 1e6,
        (inferred - prepared) / 1e6,
        (finished - inferred) / 1e6,
        engine.runtimeVersion());
  }

  private static double[] probabilities(ModelManifest manifest, Map<String, Tensor> outputs) {
    Tensor tensor = outputs.get(manifest.scores().tensor()).checkFinite();
    int labels = manifest.labels().size();
    if (tensor.rank() != 2 || tensor.size(0) != 1 || tensor.size(1) != labels) {
      throw tensor.wrong("must be of shape [1, %d]".formatted(labels));
    }
    double[] result = activate(tensor.values(), manifest.scores().activation());
    for (int i = 0; i < labels; i++) {
      if (result[i] < -1e-6 || result[i] > 1 + 1e-6) {
        throw tensor.wrong("holds a value that is no probability; see outputs.probabilities");
      }
      result[i] = Math.min(1, Math.max(0, result[i]));
    }
    return result;
  }

  private static double[] activate(float[] raw, ModelManifest.Activation activation) {
    double[] result = new double[raw.length];
    double max = Double.NEGATIVE_INFINITY;
    for (float v : raw) {
      max = Math.max(max, v);
    }
    double sum = 0;
    for (float v : raw) {
      sum += Math.exp(v - max);
    }
    for (int i = 0; i < raw.length; i++) {
      result[i] =
          switch (activation) {
            case IDENTITY -> raw[i];
            case SIGMOID -> 1 / (1 + Math.exp(-raw[i]));
            case SOFTMAX -> Math.exp(raw[i] - max) / sum;
            case MAXIMUM -> max > 0 ? Math.max(0, raw[i]) / max : 0;
          };
    }
    return result;
  }

  /** The heat-map channel of each label; null where it has none. */
  private static HeatMaps.Channel[] channels(ModelManifest manifest, Map<String, Tensor> outputs) {
    HeatMaps.Channel[] result = new HeatMaps.Channel[manifest.labels().size()];
    if (manifest.heatMap() == null) {
      return result;
    }
    Tensor tensor = outputs.get(manifest.heatMap().tensor()).checkFinite();
    if (tensor.rank() != 4 || tensor.size(0) != 1 || tensor.size(2) < 1 || tensor.size(3) < 1) {
      throw tensor.wrong("must be of shape [1, channels, height, width]");
    }
    int height = tensor.size(2);
    int width = tensor.size(3);
    for (int i = 0; i < result.length; i++) {
      Integer channel = manifest.labels().get(i).heatMapChannel();
      if (channel == null) {
        continue;
      }
      if (channel >= tensor.size(1)) {
        throw tensor.wrong("has no channel " + channel);
      }
      float[] raw = new float[height * width];
      System.arraycopy(tensor.values(), channel * raw.length, raw, 0, raw.length);
      double[] activated = activate(raw, manifest.heatMap().activation());
      for (int cell = 0; cell < raw.length; cell++) {
        raw[cell] = (float) activated[cell];
      }
      result[i] = new HeatMaps.Channel(height, width, raw);
    }
    return result;
  }

  private static List<Prediction.Score> scores(
      ModelManifest manifest,
      double[] probabilities,
      HeatMaps.Channel[] channels,
      Geometry geometry) {
    List<Prediction.Score> scores = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      ModelManifest.Label label = manifest.labels().get(i);
      boolean boxed =
          label.finding() && channels[i] != null && probabilities[i] >= label.operatingPoint();
      scores.add(
          new Prediction.Score(
              label,
              probabilities[i],
              boxed ? HeatMaps.box(channels[i], manifest.heatMap().threshold(), geometry) : null));
    }
    return List.copyOf(scores);
  }

  /**
   * The strongest evidence at each place among the positive findings; when there is none, that of
   * the finding nearest to its operating point, so that the reader sees what was looked at.
   */
  private static ResultContent.HeatMap heatMap(
      List<Prediction.Score> scores, HeatMaps.Channel[] channels, Geometry geometry) {
    HeatMaps.Channel strongest = null;
    int nearest = -1;
    for (int i = 0; i < channels.length; i++) {
      Prediction.Score score = scores.get(i);
      if (channels[i] == null || !score.label().finding()) {
        continue;
      }
      if (score.positive()) {
        strongest = strongest == null ? channels[i] : strongest.stronger(channels[i]);
      }
      if (nearest < 0 || margin(score) > margin(scores.get(nearest))) {
        nearest = i;
      }
    }
    if (strongest == null && nearest >= 0) {
      strongest = channels[nearest];
    }
    return strongest == null ? null : HeatMaps.overImage(strongest, geometry);
  }

  private static double margin(Prediction.Score score) {
    return score.probability() - score.label().operatingPoint();
  }

  private static String sha256(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
