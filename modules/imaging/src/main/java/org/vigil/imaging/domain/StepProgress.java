package org.vigil.imaging.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * What modalities say of a study's procedure steps, and what that means for its completeness: while
 * a step goes on, or images it has made are missing, the study is not complete, but nobody waits
 * for ever; once every step has ended and all its images are here, the study is complete at once.
 *
 * @param inProgress steps that have not ended
 * @param expected objects that ended steps have made
 * @param missing of those, not here
 */
public record StepProgress(int inProgress, int expected, int missing) {
  /** Nobody has said anything. */
  public static final StepProgress NONE = new StepProgress(0, 0, 0);

  /** Whether more is to come. */
  public boolean isOpen() {
    return inProgress > 0 || missing > 0;
  }

  /** Whether all that modalities have announced is here. */
  public boolean isFulfilled() {
    return !isOpen() && expected > 0;
  }

  /**
   * When a study is due whose quiet period is over.
   *
   * @param lastImage when the last one came
   * @param longestWait for a step to end and its images to come
   */
  public Instant due(Instant now, Instant lastImage, Duration longestWait) {
    Instant latest = lastImage.plus(longestWait);
    return isOpen() && latest.isAfter(now) ? latest : now;
  }
}
