package org.vigil.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginFloodTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:17:00Z");
  private final LoginFlood flood = new LoginFlood(3);

  @Test
  void anAddressRestsAfterTooManyFailuresEachTimeTwiceAsLong() {
    fail(3, NOW);
    assertThat(flood.rest("10.0.0.1", NOW)).isEqualTo(Duration.ofSeconds(30));
    assertThat(flood.rest("10.0.0.1", NOW.plusSeconds(30))).isZero();
    fail(3, NOW.plusSeconds(31));
    assertThat(flood.rest("10.0.0.1", NOW.plusSeconds(31))).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void anotherAddressIsNotConcerned() {
    fail(3, NOW);
    assertThat(flood.rest("10.0.0.2", NOW)).isZero();
  }

  @Test
  void failuresFarApartAreNoFlood() {
    for (int time = 0; time < 8; time++) {
      fail(2, NOW.plus(Duration.ofMinutes(6L * time)));
    }
    assertThat(flood.rest("10.0.0.1", NOW.plus(Duration.ofMinutes(42)))).isZero();
  }

  @Test
  void anHourOfQuietForgives() {
    fail(3, NOW);
    fail(3, NOW.plusSeconds(31));
    Instant later = NOW.plus(Duration.ofHours(2));
    fail(3, later);
    assertThat(flood.rest("10.0.0.1", later)).isEqualTo(Duration.ofSeconds(30));
  }

  private void fail(int times, Instant at) {
    for (int i = 0; i < times; i++) {
      flood.failed("10.0.0.1", at);
    }
  }
}
