package org.vigil.inference.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * One model in ONNX Runtime. Any number of threads may run it at once; closing waits for them,
 * since freeing a session under a running thread would bring the whole process down.
 */
final class ModelSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelManifest manifest;
  private final long[] inputShape;
  private final int inputSize;
  private final Set<String> outputs;
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();
  private boolean closed;

  ModelSession(OrtEnvironment environment, ModelPackage model, int threads) {
    this.environment = environment;
    this.manifest = model.manifest();
    ModelManifest.Input input = manifest.input();
    inputShape =
        input.layout() == ModelManifest.Layout.NCHW
            ? new long[] {1, input.channels(), input.height(), input.width()}
            : new long[] {1, input.height(), input.width(), input.channels()};
    inputSize = input.channels() * input.height() * input.width();
    outputs = new LinkedHashSet<>();
    outputs.add(manifest.scores().tensor());
    if (manifest.heatMap() != null) {
      outputs.add(manifest.heatMap().tensor());
    }
    if (manifest.embedding() != null) {
      outputs.add(manifest.embedding());
    }
    OrtSession created = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Idle threads sleep: the cores belong to the other sessions, the database and the server.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      created = environment.createSession(model.modelFile().toString(), options);
      checkTensors(created);
    } catch (OrtException e) {
      closeQuietly(created);
      throw new VigilException(
          ErrorCode.INFERENCE_0001,
          Map.of(
              "key", ModelPackage.MODEL, "problem", "ONNX Runtime cannot load it: " + e.getCode()),
          e);
    } catch (VigilException e) {
      closeQuietly(created);
      throw e;
    }
    session = created;
  }

  private static void closeQuietly(OrtSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime could not free a session", e);
      }
    }
  }

  private void checkTensors(OrtSession candidate) throws OrtException {
    String tensor = manifest.input().tensor();
    NodeInfo input = candidate.getInputInfo().get(tensor);
    if (input == null || candidate.getNumInputs() != 1) {
      throw invalid(
          "input.tensor",
          "must be the only input of the model; it has " + candidate.getInputNames());
    }
    if (!(input.getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.FLOAT) {
      throw invalid("input.tensor", "must be a float32 tensor");
    }
    checkShape("input", info.getShape(), inputShape);
    for (String output : outputs) {
      if (!candidate.getOutputNames().contains(output)) {
        throw invalid(
            "outputs",
            "name the tensor %s; the model has %s".formatted(output, candidate.getOutputNames()));
      }
    }
    long[] scores = shapeOf(candidate, manifest.scores().tensor());
    checkShape("outputs.probabilities", scores, new long[] {1, manifest.labels().size()});
    if (manifest.heatMap() != null) {
      long[] shape = shapeOf(candidate, manifest.heatMap().tensor());
      if (shape.length != 4) {
        throw invalid("outputs.heatmap", "must have 4 axes; the model's has " + shape.length);
      }
      for (ModelManifest.Label label : manifest.labels()) {
        if (label.heatMapChannel() != null && shape[1] >= 0 && label.heatMapChannel() >= shape[1]) {
          throw invalid(
              "labels", "name a heatmapChannel beyond the model's " + shape[1] + " channels");
        }
      }
    }
  }

  private static long[] shapeOf(OrtSession candidate, String output) throws OrtException {
    if (candidate.getOutputInfo().get(output).getInfo() instanceof TensorInfo info
        && info.type == OnnxJavaType.FLOAT) {
      return info.getShape();
    }
    throw invalid("outputs", "name the tensor %s, which is not float32".formatted(output));
  }

  /** An axis of size −1 is dynamic and fits anything. */
  private static void checkShape(String key, long[] actual, long[] wanted) {
    boolean fits = actual.length == wanted.length;
    for (int i = 0; fits && i < actual.length; i++) {
      fits = actual[i] < 0 || actual[i] == wanted[i];
    }
    if (!fits) {
      throw invalid(
          key,
          "is %s by the manifest, but %s in the model"
              .formatted(Arrays.toString(wanted), Arrays.toString(actual)));
    }
  }

  private static VigilException invalid(String key, String problem) {
    return new VigilException(ErrorCode.INFERENCE_0001, Map.of("key", key, "problem", problem));
  }

  int inputSize() {
    return inputSize;
  }

  /**
   * Runs the model once.
   *
   * @param input in the layout of the input tensor
   */
  Map<String, Tensor> run(float[] input, Duration timeout, ScheduledExecutorService watchdog) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new VigilException(
            ErrorCode.INFERENCE_0003, Map.of("problem", "the model was undeployed meanwhile"));
      }
      return runOpen(input, timeout, watchdog);
    } finally {
      open.readLock().unlock();
    }
  }

  private Map<String, Tensor> runOpen(
      float[] input, Duration timeout, ScheduledExecutorService watchdog) {
    ByteBuffer bytes = buffers.poll();
    if (bytes == null) {
      bytes = ByteBuffer.allocateDirect(inputSize * Float.BYTES).order(ByteOrder.nativeOrder());
    }
    bytes.clear();
    FloatBuffer floats = bytes.asFloatBuffer();
    floats.put(input).rewind();
    Deadline deadline = new Deadline();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, floats, inputShape);
        OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      ScheduledFuture<?> alarm =
          watchdog.schedule(
              () -> deadline.strike(options), timeout.toMillis(), TimeUnit.MILLISECONDS);
      try (OrtSession.Result result =
          session.run(Map.of(manifest.input().tensor(), tensor), outputs, options)) {
        return copy(result);
      } finally {
        deadline.passBy();
        alarm.cancel(false);
      }
    } catch (OrtException e) {
      if (deadline.struck()) {
        throw new VigilException(
            ErrorCode.INFERENCE_0006,
            Map.of("model", manifest.reference(), "timeout", timeout.toString()),
            e);
      }
      throw new VigilException(
          ErrorCode.INFERENCE_0003,
          Map.of("model", manifest.reference(), "onnxRuntime", String.valueOf(e.getCode())),
          e);
    } finally {
      buffers.add(bytes);
    }
  }

  private Map<String, Tensor> copy(OrtSession.Result result) throws OrtException {
    Map<String, Tensor> tensors = new HashMap<>();
    for (Map.Entry<String, OnnxValue> entry : result) {
      if (!(entry.getValue() instanceof OnnxTensor value)) {
        throw new VigilException(
            ErrorCode.INFERENCE_0005, Map.of("tensor", entry.getKey(), "problem", "is no tensor"));
      }
      FloatBuffer floats = value.getFloatBuffer();
      float[] values = new float[floats.remaining()];
      floats.get(values);
      tensors.put(entry.getKey(), new Tensor(entry.getKey(), value.getInfo().getShape(), values));
    }
    return tensors;
  }

  /** Stops a run that takes too long; never touches options that were freed. */
  private static final class Deadline {
    private boolean over;
    private boolean struck;

    synchronized void strike(OrtSession.RunOptions options) {
      if (over) {
        return;
      }
      struck = true;
      try {
        options.setTerminate(true);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime could not be told to stop", e);
      }
    }

    synchronized void passBy() {
      over = true;
    }

    synchronized boolean struck() {
      return struck;
    }
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not free a session", e);
    } finally {
      open.writeLock().unlock();
    }
  }
}
