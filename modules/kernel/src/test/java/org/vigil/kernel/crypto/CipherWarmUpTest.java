package org.vigil.kernel.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CipherWarmUpTest {
  @Test
  void endsByItselfOrWhenTheServerStops() {
    assertThat(CipherWarmUp.run(() -> false)).isEqualTo(12_000L * 1040);

    AtomicInteger rounds = new AtomicInteger();
    assertThat(CipherWarmUp.run(() -> rounds.incrementAndGet() > 3)).isEqualTo(3 * 1040);
  }
}
