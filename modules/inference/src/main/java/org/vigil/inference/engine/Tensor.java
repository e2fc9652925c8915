package org.vigil.inference.engine;

import java.util.Arrays;
import java.util.Map;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** A named float32 output of a model, copied out of native memory. */
public final class Tensor {
  private final String name;
  private final long[] shape;
  private final float[] values;

  Tensor(String name, long[] shape, float[] values) {
    this.name = name;
    this.shape = shape;
    this.values = values;
  }

  public String name() {
    return name;
  }

  /** Sizes of the axes, outermost first. */
  public long[] shape() {
    return shape.clone();
  }

  /** Row-major; not a copy. */
  public float[] values() {
    return values;
  }

  int rank() {
    return shape.length;
  }

  int size(int axis) {
    return Math.toIntExact(shape[axis]);
  }

  /**
   * Makes sure that every value is a finite number.
   *
   * @throws VigilException INFERENCE-0005
   */
  Tensor checkFinite() {
    for (float v : values) {
      if (!Float.isFinite(v)) {
        throw wrong("holds a value that is not a finite number");
      }
    }
    return this;
  }

  VigilException wrong(String problem) {
    return new VigilException(
        ErrorCode.INFERENCE_0005,
        Map.of("tensor", name, "shape", Arrays.toString(shape), "problem", problem));
  }
}
