package org.vigil.imaging.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * When a study counts as complete: no image has come for a while. Once the association that brought
 * the last one has ended in order the sender has said all, so the wait is short; while it is open,
 * or when it was aborted, more may follow.
 *
 * @param afterRelease wait after an orderly release
 * @param whileOpen wait after the last image otherwise
 */
public record QuietPeriod(Duration afterRelease, Duration whileOpen) {
  public QuietPeriod {
    if (afterRelease.isNegative() || whileOpen.isNegative()) {
      throw new IllegalArgumentException(
          "vigil.imaging.quiet-period and -open must not be negative");
    }
  }

  /** When a study is complete whose image came at this time over an association still open. */
  public Instant afterImage(Instant at) {
    return at.plus(whileOpen);
  }

  /**
   * When a study is complete whose association ended at this time.
   *
   * @param orderly released rather than aborted or lost
   * @param othersOpen another association that brought images of the study is still open
   */
  public Instant afterAssociation(Instant at, boolean orderly, boolean othersOpen) {
    return at.plus(orderly && !othersOpen ? afterRelease : whileOpen);
  }
}
