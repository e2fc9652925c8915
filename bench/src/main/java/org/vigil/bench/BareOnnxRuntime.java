package org.vigil.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The same model with nothing around it: one tensor, {@code OrtSession.run} in a loop. */
final class BareOnnxRuntime {
  private static final long WARM_UP = 20;

  private BareOnnxRuntime() {}

  /**
   * Runs a model for a while.
   *
   * @param shape of its one input
   * @param atLeast how long
   * @return runs a second
   */
  static double runsPerSecond(Path model, String input, long[] shape, Duration atLeast)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    int size = 1;
    for (long extent : shape) {
      size = Math.multiplyExact(size, Math.toIntExact(extent));
    }
    FloatBuffer values = FloatBuffer.allocate(size);
    for (int i = 0; i < size; i++) {
      values.put(i, (float) Math.sin(i * 0.01));
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      try (OrtSession session = environment.createSession(model.toString(), options);
          OnnxTensor tensor = OnnxTensor.createTensor(environment, values, shape)) {
        Map<String, OnnxTensor> inputs = Map.of(input, tensor);
        for (int i = 0; i < WARM_UP; i++) {
          session.run(inputs).close();
        }
        long runs = 0;
        long began = System.nanoTime();
        long end = began + atLeast.toNanos();
        while (System.nanoTime() < end) {
          session.run(inputs).close();
          runs++;
        }
        return runs * 1e9 / (System.nanoTime() - began);
      }
    }
  }
}
