package org.vigil.inference.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.domain.Raster;

/**
 * ONNX Runtime with the sessions of all models in use, one session a model file, shared by all
 * threads.
 *
 * <p>ONNX Runtime has one environment a process; it outlives this engine, whose sessions do not.
 */
public final class OnnxEngine implements AutoCloseable {
  private final OrtEnvironment environment;
  private final Map<String, ModelSession> sessions = new ConcurrentHashMap<>();
  private final int threads;
  private final Duration timeout;
  private final ScheduledExecutorService watchdog;

  /**
   * An engine without sessions yet.
   *
   * @param threads within one run of a model, at least 1
   * @param timeout after which a run is stopped with INFERENCE-0006
   * @param watchdog keeps the time; owned by the caller
   */
  public OnnxEngine(int threads, Duration timeout, ScheduledExecutorService watchdog) {
    if (threads < 1 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("threads and timeout must be above 0");
    }
    this.threads = threads;
    this.timeout = timeout;
    this.watchdog = watchdog;
    environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "vigil");
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime's telemetry could not be turned off", e);
    }
  }

  /** Version of ONNX Runtime. */
  public String runtimeVersion() {
    return environment.getVersion();
  }

  /**
   * Makes a model ready and runs it once on zeros, so that the first patient does not wait for
   * memory plans. Loading it again does nothing.
   *
   * @throws org.vigil.kernel.VigilException INFERENCE-0001 when the file and its manifest disagree
   */
  public void load(ModelPackage model) {
    session(model);
  }

  private ModelSession session(ModelPackage model) {
    return sessions.computeIfAbsent(
        key(model),
        k -> {
          ModelSession session = new ModelSession(environment, model, threads);
          try {
            session.run(new float[session.inputSize()], timeout, watchdog);
          } catch (RuntimeException e) {
            session.close();
            throw e;
          }
          return session;
        });
  }

  /** The same weights under another manifest may have other tensors: both name a session. */
  private static String key(ModelPackage model) {
    return model.modelSha256() + "/" + model.packageSha256();
  }

  /**
   * Runs a model on a prepared image.
   *
   * @return the outputs its manifest names, by tensor name
   * @throws org.vigil.kernel.VigilException INFERENCE-0003, INFERENCE-0006
   */
  public Map<String, Tensor> run(ModelPackage model, Raster input) {
    return run(model, tensorValues(model, input));
  }

  /** Runs a model on values that lie in the layout of its input tensor already. */
  public Map<String, Tensor> run(ModelPackage model, float[] input) {
    ModelSession session = session(model);
    if (input.length != session.inputSize()) {
      throw new IllegalArgumentException(
          "the input holds %d values instead of %d".formatted(input.length, session.inputSize()));
    }
    return session.run(input, timeout, watchdog);
  }

  /** The values of a raster in the order of the model's input tensor. */
  static float[] tensorValues(ModelPackage model, Raster raster) {
    if (model.manifest().input().layout() == ModelManifest.Layout.NCHW || raster.channels() == 1) {
      return raster.values();
    }
    int channels = raster.channels();
    int pixels = raster.rows() * raster.columns();
    float[] planar = raster.values();
    float[] interleaved = new float[planar.length];
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        interleaved[pixel * channels + channel] = planar[channel * pixels + pixel];
      }
    }
    return interleaved;
  }

  /** Frees a model; runs in progress end first. */
  public void unload(ModelPackage model) {
    ModelSession session = sessions.remove(key(model));
    if (session != null) {
      session.close();
    }
  }

  @Override
  public void close() {
    sessions.values().forEach(ModelSession::close);
    sessions.clear();
  }
}
