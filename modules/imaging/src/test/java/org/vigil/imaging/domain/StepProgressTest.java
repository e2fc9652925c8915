package org.vigil.imaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StepProgressTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:17:00Z");
  private static final Duration WAIT = Duration.ofMinutes(2);

  @Test
  void withoutStepsTheQuietPeriodIsEnough() {
    assertThat(StepProgress.NONE.due(NOW, NOW.minusSeconds(1), WAIT)).isEqualTo(NOW);
    assertThat(StepProgress.NONE.isFulfilled()).isFalse();
  }

  @Test
  void aStepThatGoesOnOrAMissingImageIsAwaitedForAWhileOnly() {
    Instant lastImage = NOW.minusSeconds(30);
    assertThat(new StepProgress(1, 0, 0).due(NOW, lastImage, WAIT)).isEqualTo(NOW.plusSeconds(90));
    assertThat(new StepProgress(0, 2, 1).due(NOW, lastImage, WAIT)).isEqualTo(NOW.plusSeconds(90));
    assertThat(new StepProgress(1, 2, 1).due(NOW, NOW.minus(WAIT), WAIT)).isEqualTo(NOW);
  }

  @Test
  void onceAllIsHereNobodyWaits() {
    assertThat(new StepProgress(0, 2, 0).isFulfilled()).isTrue();
    assertThat(new StepProgress(1, 2, 0).isFulfilled()).isFalse();
    assertThat(new StepProgress(0, 2, 1).isFulfilled()).isFalse();
  }
}
