package org.vigil.phantom;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which seeds are for what. The ranges do not touch, so no film is ever both trained on and tested.
 *
 * <p>Half of each range has a pneumothorax: the odd seeds. Everything else about a film is decided
 * by {@link PhantomSpec#drawn}.
 */
public enum PhantomTestSet {
  /** For fitting the weights. */
  TRAINING(1_000_000, 8000),
  /** For choosing the epoch and the operating points. */
  VALIDATION(2_000_000, 800),
  /** For the figures of the model card, looked at once: 400 films. */
  TEST(3_000_000, 400),
  /** Looked at once, after the weights that ship were final: no choice was made on it. */
  HOLDOUT(4_000_000, 400);

  private final long first;
  private final int count;

  PhantomTestSet(long first, int count) {
    this.first = first;
    this.count = count;
  }

  /** The first seed of the range. */
  public long firstSeed() {
    return first;
  }

  /** How many films the range holds. */
  public int count() {
    return count;
  }

  /** The specification of one film, counted from 0. */
  public PhantomSpec spec(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(
          "The " + this + " set holds " + count + " films; there is no number " + index);
    }
    long seed = first + index;
    return PhantomSpec.drawn(seed, (seed & 1) == 1);
  }

  /** All specifications in order. */
  public Stream<PhantomSpec> specs() {
    return LongStream.range(0, count).mapToObj(i -> spec((int) i));
  }
}
