package org.vigil.imaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DicomTimesTest {
  @ParameterizedTest
  @CsvSource({
    "20261122, 2026-11-22",
    "2026.11.22, 2026-11-22",
    "20261322, ",
    "2026, ",
    "'', ",
    "20260230, "
  })
  void dates(String text, String expected) {
    assertThat(DicomTimes.date(text))
        .isEqualTo(expected == null ? null : java.time.LocalDate.parse(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "02, 02:00", "0217, 02:17", "021733, 02:17:33", "021733.25, 02:17:33.250",
    "02:17:33, 02:17:33", "235960, 23:59:59", "2517, ", "noon, "
  })
  void times(String text, String expected) {
    assertThat(DicomTimes.time(text))
        .isEqualTo(expected == null ? null : java.time.LocalTime.parse(expected));
  }

  @Test
  void theQuietPeriodIsShortOnlyWhenTheLastAssociationWasReleased() {
    QuietPeriod period = new QuietPeriod(Duration.ofSeconds(1), Duration.ofSeconds(10));
    Instant now = Instant.parse("2026-11-22T02:17:00Z");

    assertThat(period.afterImage(now)).isEqualTo(now.plusSeconds(10));
    assertThat(period.afterAssociation(now, true, false)).isEqualTo(now.plusSeconds(1));
    assertThat(period.afterAssociation(now, false, false)).isEqualTo(now.plusSeconds(10));
    assertThat(period.afterAssociation(now, true, true)).isEqualTo(now.plusSeconds(10));
  }
}
