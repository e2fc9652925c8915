package org.vigil.kernel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: 1 s, doubled each time up to 5 min, ±20 %. */
public final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 300_000;
  private static final double SPREAD = 0.2;

  private Backoff() {}

  /**
   * The wait after a number of failures.
   *
   * @param failures at least 1
   * @param random spreads what failed together
   */
  public static Duration after(int failures, RandomGenerator random) {
    int doublings = Math.min(Math.max(failures, 1) - 1, 20);
    long millis = Math.min(FIRST_MILLIS << doublings, LONGEST_MILLIS);
    return Duration.ofMillis(Math.round(millis * random.nextDouble(1 - SPREAD, 1 + SPREAD)));
  }
}
