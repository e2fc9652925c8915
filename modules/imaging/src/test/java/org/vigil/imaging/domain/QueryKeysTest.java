package org.vigil.imaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/** Matching of PS3.4 §C.2.2.2 against an entry of the modality worklist. */
class QueryKeysTest {
  private static final Attributes ITEM =
      new WorklistItem(
              "1.2.3",
              "P1",
              false,
              "ACC1",
              "ORD1",
              "FIL1",
              "P4711",
              "MERCY",
              "Müller^Anna",
              LocalDate.of(1958, 3, 14),
              "F",
              "RPID1482",
              "XR Chest PA",
              "DX",
              "STAT",
              "Halloran^Maeve",
              "Dyspnoea",
              Instant.parse("2026-11-22T01:15:30Z"))
          .toAttributes(ZoneId.of("Europe/Vienna"), "DXROOM1");

  private static boolean matches(int tag, VR vr, String... values) {
    Attributes keys = new Attributes();
    keys.setString(tag, vr, values);
    return QueryKeys.matches(keys, ITEM);
  }

  private static boolean stepMatches(int tag, VR vr, String... values) {
    Attributes step = new Attributes();
    step.setString(tag, vr, values);
    Attributes keys = new Attributes();
    keys.newSequence(Tag.ScheduledProcedureStepSequence, 1).add(step);
    return QueryKeys.matches(keys, ITEM);
  }

  @Test
  void singleValuesAreCompared() {
    assertThat(matches(Tag.PatientID, VR.LO, "P4711")).isTrue();
    assertThat(matches(Tag.PatientID, VR.LO, "p4711")).isFalse();
    assertThat(matches(Tag.AccessionNumber, VR.SH, "ACC")).isFalse();
    assertThat(matches(Tag.AccessionNumber, VR.SH, "")).isTrue();
  }

  @Test
  void namesAreComparedWithoutCaseAndWithWildcards() {
    assertThat(matches(Tag.PatientName, VR.PN, "MÜLLER^*")).isTrue();
    assertThat(matches(Tag.PatientName, VR.PN, "m?ller^anna")).isTrue();
    assertThat(matches(Tag.PatientName, VR.PN, "Meier*")).isFalse();
    assertThat(matches(Tag.PatientName, VR.PN, "*")).isTrue();
  }

  @Test
  void aKeyIsNoRegularExpression() {
    assertThat(matches(Tag.PatientID, VR.LO, "P.711*")).isFalse();
    assertThat(matches(Tag.PatientID, VR.LO, "(P4711)*")).isFalse();
  }

  @Test
  void uidsMayBeListed() {
    assertThat(matches(Tag.StudyInstanceUID, VR.UI, "1.2", "1.2.3")).isTrue();
    assertThat(matches(Tag.StudyInstanceUID, VR.UI, "1.2", "1.2.4")).isFalse();
  }

  @Test
  void datesAndTimesAreThoseOfTheHospitalAndMayBeRanges() {
    int date = Tag.ScheduledProcedureStepStartDate;
    int time = Tag.ScheduledProcedureStepStartTime;
    assertThat(stepMatches(date, VR.DA, "20261122")).isTrue();
    assertThat(stepMatches(date, VR.DA, "20261121-20261122")).isTrue();
    assertThat(stepMatches(date, VR.DA, "-20261121")).isFalse();
    assertThat(stepMatches(date, VR.DA, "20261122-")).isTrue();
    assertThat(stepMatches(time, VR.TM, "02-02")).isTrue();
    assertThat(stepMatches(time, VR.TM, "0216-")).isFalse();
    assertThat(stepMatches(time, VR.TM, "021530")).isTrue();
  }

  @Test
  void whatIsNotKnownMatchesOnlyNothingAsked() {
    assertThat(stepMatches(Tag.ScheduledPerformingPhysicianName, VR.PN, "Doe^J")).isFalse();
    assertThat(stepMatches(Tag.ScheduledPerformingPhysicianName, VR.PN, "*")).isTrue();
    assertThat(stepMatches(Tag.Modality, VR.CS, "DX")).isTrue();
    assertThat(stepMatches(Tag.Modality, VR.CS, "MR")).isFalse();
  }

  @Test
  void theAnswerHoldsWhatWasAskedForAndNoMore() {
    Attributes keys = new Attributes();
    keys.setNull(Tag.PatientName, VR.PN);
    keys.setNull(Tag.PatientWeight, VR.DS);
    Attributes step = new Attributes();
    step.setString(Tag.Modality, VR.CS, "DX");
    step.setNull(Tag.ScheduledStationAETitle, VR.AE);
    keys.newSequence(Tag.ScheduledProcedureStepSequence, 1).add(step);

    Attributes answer = QueryKeys.selected(keys, ITEM);

    assertThat(answer.getString(Tag.PatientName)).isEqualTo("Müller^Anna");
    assertThat(answer.contains(Tag.PatientWeight)).isTrue();
    assertThat(answer.contains(Tag.PatientID)).isFalse();
    Attributes scheduled = answer.getNestedDataset(Tag.ScheduledProcedureStepSequence);
    assertThat(scheduled.getString(Tag.ScheduledStationAETitle)).isEqualTo("DXROOM1");
    assertThat(scheduled.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "20261122, true",
    "20261122100000, true",
    "2026, true",
    "20261123, false",
    "20261122-, true",
    "-20261122, true",
    "-20261121, false",
    "20261121-20261123, true",
    "202611221000-202611221001, true",
    "20261122100001-, false",
    "20261122100000+0100, true",
    "20261122100000-0500, true",
  })
  void dateTimesAreComparedAsRanges(String key, boolean matches) {
    Attributes object = new Attributes();
    object.setString(Tag.ScheduledProcedureStepStartDateTime, VR.DT, "20261122100000.000+0100");
    Attributes keys = new Attributes();
    keys.setString(Tag.ScheduledProcedureStepStartDateTime, VR.DT, key);

    assertThat(QueryKeys.matches(keys, object)).isEqualTo(matches);
  }
}
