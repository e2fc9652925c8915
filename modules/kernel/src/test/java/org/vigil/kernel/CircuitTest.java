package org.vigil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:17:00Z");

  private final Circuit circuit = new Circuit(2);

  @Test
  void letsInAsManyAsAllowed() {
    assertThat(circuit.enter(NOW)).isZero();
    assertThat(circuit.enter(NOW)).isZero();
    assertThat(circuit.enter(NOW)).isPositive();

    circuit.succeeded();

    assertThat(circuit.enter(NOW)).isZero();
  }

  @Test
  void opensAfterThreeFailuresInARow() {
    failOnce(NOW);
    failOnce(NOW);
    circuit.enter(NOW);
    circuit.succeeded();
    failOnce(NOW);
    failOnce(NOW);
    assertThat(circuit.isOpen(NOW)).isFalse();

    failOnce(NOW);

    assertThat(circuit.isOpen(NOW)).isTrue();
    assertThat(circuit.enter(NOW.plusSeconds(1))).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void probesWithOneAloneAndClosesWhenItSucceeds() {
    open();
    Instant later = NOW.plusSeconds(5);

    assertThat(circuit.enter(later)).isZero();
    assertThat(circuit.enter(later)).isPositive();
    circuit.succeeded();

    assertThat(circuit.enter(later)).isZero();
    assertThat(circuit.enter(later)).isZero();
  }

  @Test
  void doublesItsPauseUpToAMinuteWhileTheProbeFails() {
    open();
    Instant at = NOW.plusSeconds(5);
    for (int seconds : new int[] {10, 20, 40, 60, 60}) {
      failOnce(at);
      assertThat(circuit.enter(at)).isEqualTo(Duration.ofSeconds(seconds));
      at = at.plusSeconds(seconds);
    }
  }

  @Test
  void waitsLongerEachTimeUpToFiveMinutes() {
    Random random = new Random(1);
    assertThat(Backoff.after(1, random).toMillis()).isBetween(800L, 1_200L);
    assertThat(Backoff.after(2, random).toMillis()).isBetween(1_600L, 2_400L);
    assertThat(Backoff.after(5, random).toMillis()).isBetween(12_800L, 19_200L);
    assertThat(Backoff.after(20, random).toMillis()).isBetween(240_000L, 360_000L);
    assertThat(Backoff.after(1_000_000, random).toMillis()).isBetween(240_000L, 360_000L);
  }

  private void open() {
    for (int i = 0; i < 3; i++) {
      failOnce(NOW);
    }
  }

  private void failOnce(Instant at) {
    assertThat(circuit.enter(at)).isZero();
    circuit.failed(at);
  }
}
