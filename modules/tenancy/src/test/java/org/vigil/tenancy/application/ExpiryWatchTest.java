package org.vigil.tenancy.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vigil.tenancy.api.Expiring;
import org.vigil.tenancy.api.Expiring.Ending;

class ExpiryWatchTest {
  private static final Instant END = Instant.parse("2027-03-01T12:00:00Z");
  private static final Ending SECRET = new Ending("the secret of svc-1", END, "rotate it");

  @Test
  void itIsToldFromThirtyDaysAheadAndAfterItsEnd() {
    ExpiryWatch watch = new ExpiryWatch(List.of(() -> List.of(SECRET)));

    assertThat(watch.warn(END.minus(31, ChronoUnit.DAYS))).isEmpty();
    assertThat(watch.warn(END.minus(30, ChronoUnit.DAYS).minusSeconds(1))).isEmpty();
    assertThat(watch.warn(END.minus(30, ChronoUnit.DAYS))).containsExactly(SECRET);
    assertThat(watch.warn(END.minusSeconds(1))).containsExactly(SECRET);
    assertThat(watch.warn(END.plus(400, ChronoUnit.DAYS))).containsExactly(SECRET);
  }

  @Test
  void oneThatCannotBeReadHidesNoOther() {
    Expiring broken =
        () -> {
          throw new IllegalStateException("the database is down");
        };
    ExpiryWatch watch = new ExpiryWatch(List.of(broken, () -> List.of(SECRET)));

    assertThat(watch.warn(END)).containsExactly(SECRET);
  }
}
