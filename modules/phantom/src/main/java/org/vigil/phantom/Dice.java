package org.vigil.phantom;

import java.util.SplittableRandom;

/**
 * Repeatable chance. Every part of the picture throws its own dice, so that adding an abnormality
 * does not move a rib.
 */
final class Dice {
  private final SplittableRandom random;

  /**
   * @param seed the phantom's seed
   * @param part which part of the picture the dice are for
   */
  Dice(long seed, int part) {
    this.random = new SplittableRandom(mixed(mixed(seed) + part));
  }

  /** Spreads a number over all 64 bits (MurmurHash3's finaliser): near seeds share no numbers. */
  private static long mixed(long z) {
    long m = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    m = (m ^ (m >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return m ^ (m >>> 33);
  }

  /** Evenly spread between the bounds. */
  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** About the mean with the given standard deviation, never further than 2.5 deviations. */
  double about(double mean, double deviation) {
    double g = 0;
    for (int i = 0; i < 6; i++) {
      g += random.nextDouble();
    }
    // Six uniforms have a variance of one half.
    g = (g - 3) * 1.4142135623730951;
    return mean + deviation * Math.max(-2.5, Math.min(2.5, g));
  }

  /** True in the given part of all throws. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A whole number from 0 to below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Sixty-four random bits. */
  long bits() {
    return random.nextLong();
  }
}
