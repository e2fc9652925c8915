package org.vigil.imaging.domain;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * When a tenant's objects move on. A study's age counts from its last image and from when a person
 * last looked at it, whichever is later.
 *
 * @param warmAfter age at which objects leave the hot tier; empty: never
 * @param coldAfter age at which they go to the cold tier, from the warm one or, where that is not
 *     used, from the hot one; empty: never
 * @param compress whether pixels are compressed without loss on the way to warm
 * @param releaseAfter how long after a PACS has committed an object the copy here goes; empty:
 *     never
 * @param releaseTo nodes whose commitment counts, and which are asked for it; empty: any node that
 *     has committed, and none is asked
 */
public record TierPolicy(
    Optional<Duration> warmAfter,
    Optional<Duration> coldAfter,
    boolean compress,
    Optional<Duration> releaseAfter,
    Set<String> releaseTo) {

  public TierPolicy {
    releaseTo = Set.copyOf(releaseTo);
  }

  /** Whether nothing ever moves. */
  public boolean isOff() {
    return warmAfter.isEmpty() && coldAfter.isEmpty() && releaseAfter.isEmpty();
  }

  /** From which tier objects go to the cold one. */
  public StorageTier beforeCold() {
    return warmAfter.isPresent() ? StorageTier.WARM : StorageTier.HOT;
  }
}
