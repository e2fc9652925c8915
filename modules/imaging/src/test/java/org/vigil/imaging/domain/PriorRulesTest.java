package org.vigil.imaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vigil.imaging.domain.PriorRules.Wish;
import org.vigil.kernel.StudyInstanceUid;

class PriorRulesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final LocalDate BORN = LocalDate.of(1958, 3, 14);
  private static final Wish CHEST =
      new Wish("P1", "MERCY", BORN, "ACC9", TODAY, "DX", "XR Chest PA");

  private final PriorRules rules = new PriorRules(3, Period.ofYears(5), 2000);
  private int number;

  private PriorCandidate study(String description, String modality, int monthsAgo) {
    return new PriorCandidate(
        StudyInstanceUid.of("1.2." + ++number),
        "P1",
        null,
        BORN,
        "A" + number,
        TODAY.minusMonths(monthsAgo),
        Set.of(modality),
        description,
        2);
  }

  private List<String> chosen(Wish wish, PriorCandidate... found) {
    return rules.choose(wish, List.of(found)).stream()
        .map(choice -> choice.study().studyDescription())
        .toList();
  }

  @Test
  void theSameRegionComesFirstThenTheSameKindThenTheNewest() {
    assertThat(
            chosen(
                CHEST,
                study("CT Thorax", "CT", 1),
                study("Chest 2 views", "CR", 30),
                study("Chest PA", "DX", 12),
                study("Knee AP", "DX", 1)))
        .containsExactly("Chest PA", "Chest 2 views", "CT Thorax");
  }

  @Test
  void onlySoManyAreFetched() {
    assertThat(
            chosen(
                CHEST,
                study("Chest a", "DX", 1),
                study("Chest b", "DX", 2),
                study("Chest c", "DX", 3),
                study("Chest d", "DX", 4)))
        .containsExactly("Chest a", "Chest b", "Chest c");
  }

  @Test
  void withoutWordsTheKindDecides() {
    assertThat(chosen(CHEST, study(null, "CR", 1), study(null, "MR", 1))).hasSize(1);
  }

  @Test
  void anotherPatientsStudyIsNeverTaken() {
    PriorCandidate mine = study("Chest", "DX", 1);
    assertThat(chosen(CHEST, with(mine, "P2", null, BORN))).isEmpty();
    assertThat(chosen(CHEST, with(mine, "P1", "OTHER", BORN))).isEmpty();
    assertThat(chosen(CHEST, with(mine, "P1", "MERCY", BORN.plusDays(1)))).isEmpty();
    assertThat(chosen(CHEST, with(mine, "P1", "MERCY", null))).hasSize(1);
  }

  private static PriorCandidate with(
      PriorCandidate c, String patient, String issuer, LocalDate born) {
    return new PriorCandidate(
        c.study(),
        patient,
        issuer,
        born,
        c.accessionNumber(),
        c.studyDate(),
        c.modalities(),
        c.studyDescription(),
        c.instances());
  }

  @Test
  void theOrdersOwnStudyIsNoPriorThoughThePacsHasItAlready() {
    PriorCandidate c = study("Chest", "DX", 0);
    assertThat(
            rules.choose(
                CHEST,
                List.of(
                    new PriorCandidate(
                        c.study(), "P1", null, BORN, "ACC9", TODAY, Set.of("DX"), "Chest", 1))))
        .isEmpty();
  }

  @Test
  void theFutureTheDistantPastAndTheVeryLargeAreLeft() {
    PriorCandidate c = study("Chest", "CT", 1);
    assertThat(chosen(CHEST, study("Chest", "DX", -1), study("Chest", "DX", 61))).isEmpty();
    assertThat(
            rules.choose(
                CHEST,
                List.of(
                    new PriorCandidate(
                        c.study(), "P1", null, BORN, "A", TODAY, Set.of("CT"), "Chest", 2001))))
        .isEmpty();
  }
}
