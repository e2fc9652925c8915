package org.vigil.analysis.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientComparisonTest {
  private static final LocalDate BORN = LocalDate.of(1958, 3, 14);
  private static final LocalDate OTHER = LocalDate.of(1971, 11, 2);

  /** Two spellings of one patient's name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DOE^JOHN|doe^john",
        "Müller^Jörg|MUELLER^JOERG",
        "Müller^Jörg|MULLER^JORG",
        "Straße^Anna|STRASSE^ANNA",
        "Bjørn^Åse|BJORN^ASE",
        "Łukasz^Jan|LUKASZ^JAN",
        "Nguyễn^Văn|NGUYEN^VAN",
        "O'Brien^Mary|OBRIEN^MARY",
        "Meyer-Schulz^Eva|Meyer^Eva",
        "García Márquez^Gabriel|GARCIA^GABRIEL",
        "Doe^John^Quincy|Doe^John",
        "Doe^John Quincy|Doe^John",
        "Doe^J|Doe^John",
        "Doe^John^^Dr^Jr|DOE^JOHN",
        "Doe|DOE^JOHN",
        "DOE JOHN|Doe^John",
        "JOHN^DOE|Doe^John",
        "Yamada^Tarou=山田^太郎=やまだ^たろう|YAMADA^TAROU",
        "Yamada^Tarou=山田^太郎|=山田^太郎",
        "Yamada^Tarou=山田^太郎|YAMADA^TARO=山田太郎",
        "Hong^Gildong=洪^吉洞=홍^길동|==홍^길동",
        "Wang^XiaoDong=王^小东|WANG^XIAO DONG",
        "ＤＯＥ^ＪＯＨＮ|Doe^John"
      })
  void oneNameWrittenByTwoSystems(String order, String study) {
    assertThat(PersonName.of(order).likenessTo(PersonName.of(study)))
        .isEqualTo(PersonName.Likeness.SAME);
    assertThat(PersonName.of(study).likenessTo(PersonName.of(order)))
        .isEqualTo(PersonName.Likeness.SAME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Doe^John|Smith^John|DIFFERENT",
        "Doe^Jane|Doe^Janet|MISSPELT",
        "Doe^Peter|Doe^Jane|DIFFERENT",
        "DOE JOHN|Doe^Peter|DIFFERENT",
        "Johnson^Mary|Jonson^Mary|MISSPELT",
        "Li^Wei|Lu^Wei|DIFFERENT",
        "=山田^太郎|=山田^花子|DIFFERENT",
        "Yamada^Tarou|=山田^太郎|UNKNOWN",
        "|Doe^John|UNKNOWN",
        "^^^^|Doe^John|UNKNOWN",
        "Doe|^John|UNKNOWN"
      })
  void otherNames(String order, String study, PersonName.Likeness expected) {
    assertThat(PersonName.of(order).likenessTo(PersonName.of(study))).isEqualTo(expected);
  }

  @Test
  void samePatientHasNoDifferences() {
    PatientComparison same =
        PatientComparison.of(
            patient("P1", "HOSP", "Doe^John", BORN, "M"),
            patient("P1", "HOSP", "DOE^JOHN", BORN, "M"));
    assertThat(same.conflict()).isFalse();
    assertThat(same.differences()).isEmpty();
  }

  @Test
  void anotherIdIsAnotherPatientEvenWithTheSameNameAndBirthDate() {
    PatientComparison result =
        PatientComparison.of(
            patient("P1", null, "Doe^John", BORN, "M"), patient("P2", null, "Doe^John", BORN, "M"));
    assertThat(result.conflict()).isTrue();
    assertThat(result.differences()).containsExactly("patientId");
  }

  @Test
  void theSameIdOfAnotherIssuerIsAnotherPatient() {
    PatientComparison result =
        PatientComparison.of(
            patient("P1", "NORTH", "Doe^John", BORN, "M"),
            patient("P1", "SOUTH", "Doe^John", BORN, "M"));
    assertThat(result.conflict()).isTrue();
    assertThat(result.differences()).containsExactly("issuerOfPatientId");
  }

  @Test
  void aMissingIssuerContradictsNobody() {
    assertThat(
            PatientComparison.of(
                    patient("P1", "NORTH", "Doe^John", BORN, "M"),
                    patient("P1", null, "Doe^John", BORN, "M"))
                .conflict())
        .isFalse();
  }

  @Test
  void oneContradictionIsNotedButNotHeldAgainstThePatient() {
    PatientIdentity order = patient("P1", null, "Doe^Jane", BORN, "F");
    assertThat(PatientComparison.of(order, patient("P1", null, "Smith^Jane", BORN, "F")))
        .isEqualTo(new PatientComparison(false, List.of("patientName")));
    assertThat(PatientComparison.of(order, patient("P1", null, "Doe^Jane", OTHER, "F")))
        .isEqualTo(new PatientComparison(false, List.of("patientBirthDate")));
    assertThat(PatientComparison.of(order, patient("P1", null, "Doe^Jane", BORN, "M")))
        .isEqualTo(new PatientComparison(false, List.of("patientSex")));
  }

  @Test
  void twoContradictionsUnderOneIdAreAnotherPatient() {
    PatientIdentity order = patient("P1", null, "Doe^Jane", BORN, "F");
    assertThat(PatientComparison.of(order, patient("P1", null, "Smith^Carl", OTHER, "F")))
        .isEqualTo(new PatientComparison(true, List.of("patientName", "patientBirthDate")));
    assertThat(PatientComparison.of(order, patient("P1", null, "Smith^Carl", BORN, "M")))
        .isEqualTo(new PatientComparison(true, List.of("patientName", "patientSex")));
  }

  @Test
  void aSlipOfTheKeyboardIsNoContradiction() {
    assertThat(
            PatientComparison.of(
                patient("P1", null, "Johnson^Mary", BORN, "F"),
                patient("P1", null, "Jonson^Mary", OTHER, "F")))
        .isEqualTo(new PatientComparison(false, List.of("patientName", "patientBirthDate")));
  }

  @Test
  void unknownAndOtherSexContradictNobody() {
    PatientIdentity order = patient("P1", null, "Doe^Jane", BORN, "F");
    assertThat(
            PatientComparison.of(order, patient("P1", null, "Doe^Jane", BORN, "O")).differences())
        .isEmpty();
    assertThat(
            PatientComparison.of(order, patient("P1", null, "Doe^Jane", BORN, null)).differences())
        .isEmpty();
  }

  @Test
  void withoutAnIdNameAndBirthDateMustBothAgree() {
    PatientIdentity order = patient("P1", null, "Doe^Jane", BORN, "F");
    assertThat(PatientComparison.of(order, patient(null, null, "DOE^JANE", BORN, "F")))
        .isEqualTo(new PatientComparison(false, List.of("patientId")));
    assertThat(PatientComparison.of(order, patient(" ", null, "DOE^JANE", null, "F")).conflict())
        .isTrue();
    assertThat(PatientComparison.of(order, patient(null, null, null, BORN, "F")).conflict())
        .isTrue();
    assertThat(PatientComparison.of(order, patient(null, null, "DOE^JANE", BORN, "M")).conflict())
        .isTrue();
  }

  @Test
  void differencesAreNamesAndNeverValues() {
    PatientComparison result =
        PatientComparison.of(
            patient("P1", "A", "Doe^Jane", BORN, "F"),
            patient("P2", "B", "Smith^Carl", OTHER, "M"));
    assertThat(result.differences())
        .containsExactly(
            "patientId", "issuerOfPatientId", "patientName", "patientBirthDate", "patientSex");
    assertThat(result.toString()).doesNotContain("Doe", "Smith", "P1", "P2", "1958", "1971");
  }

  private static PatientIdentity patient(
      String id, String issuer, String name, LocalDate birthDate, String sex) {
    return new PatientIdentity(id, issuer, name, birthDate, sex);
  }
}
