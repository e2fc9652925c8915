package org.vigil.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class PhantomNightTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2026-11-22T02:17:00+01:00");

  @Test
  void oneOfFortySevenIsCritical() {
    PhantomNight night = PhantomNight.ofTheStory("st-agnes", START);

    assertThat(night).hasSize(47);
    for (int i = 1; i <= 47; i++) {
      assertThat(night.study(i).critical()).as("study %d", i).isEqualTo(i == 31);
    }
    assertThat(night.stream().filter(s -> s.spec().pathologies().isEmpty()).count())
        .isBetween(20L, 40L);
  }

  @Test
  void everyStudyIsSomebodyElses() {
    PhantomNight night = PhantomNight.ofTheStory("st-agnes", START);

    assertThat(night.stream().map(s -> s.request().patient().id()).distinct()).hasSize(47);
    assertThat(night.stream().map(s -> s.request().accessionNumber()).distinct()).hasSize(47);
    assertThat(night.stream().map(s -> s.request().orderId()).distinct()).hasSize(47);
    assertThat(night.stream().map(s -> s.request().studyInstanceUid()).distinct()).hasSize(47);
    assertThat(night)
        .allSatisfy(s -> assertThat(s.spec().sex()).isEqualTo(s.request().patient().sex()));
  }

  @Test
  void theSameNightTwiceIsTheSame() {
    assertThat(new PhantomNight(5, 0, 9, "mercy", START))
        .isEqualTo(new PhantomNight(5, 0, 9, "mercy", START))
        .noneMatch(PhantomStudy::critical);
  }
}
