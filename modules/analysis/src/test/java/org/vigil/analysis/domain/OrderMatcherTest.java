package org.vigil.analysis.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.analysis.domain.OrderMatcher.By;
import org.vigil.analysis.domain.OrderMatcher.Conflicting;
import org.vigil.analysis.domain.OrderMatcher.Matched;
import org.vigil.analysis.domain.OrderMatcher.NoOrder;
import org.vigil.kernel.Priority;
import org.vigil.kernel.StudyInstanceUid;

class OrderMatcherTest {
  private static final Instant ORDERED = Instant.parse("2026-11-22T02:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final PatientIdentity JANE =
      new PatientIdentity("P1", "HOSP", "Doe^Jane", LocalDate.of(1958, 3, 14), "F");
  private static final PatientIdentity CARL =
      new PatientIdentity("P2", "HOSP", "Smith^Carl", LocalDate.of(1971, 11, 2), "M");

  private final OrderMatcher matcher = new OrderMatcher();
  private int numbers;

  @Test
  void theAccessionNumberTies() {
    ImagingOrder order = order("A1", null, JANE, "DX");
    assertThat(
            matcher.match(
                study("A1", null, JANE, "DX"), List.of(order, order("A2", null, JANE, "DX"))))
        .isEqualTo(new Matched(order, By.ACCESSION_NUMBER, List.of()));
  }

  @Test
  void paddingOfTheAccessionNumberDoesNotMatter() {
    ImagingOrder order = order("A1", null, JANE, "DX");
    assertThat(matcher.match(study("A1 ", null, JANE, "DX"), List.of(order)))
        .isInstanceOf(Matched.class);
  }

  @Test
  void theSameAccessionNumberOfAnotherPatientIsAConflict() {
    ImagingOrder order = order("A1", null, CARL, "DX");
    assertThat(matcher.match(study("A1", null, JANE, "DX"), List.of(order)))
        .isEqualTo(
            new Conflicting(
                order, List.of("patientId", "patientName", "patientBirthDate", "patientSex")));
  }

  @Test
  void theSameAccessionNumberOfAnotherIssuerIsAnotherNumber() {
    ImagingOrder other = order("A1", "CARDIO", CARL, "DX");
    ImagingOrder own = order("A1", "RADIO", JANE, "DX");
    assertThat(matcher.match(study("A1", "RADIO", JANE, "DX"), List.of(other, own)))
        .isEqualTo(new Matched(own, By.ACCESSION_NUMBER, List.of()));
    assertThat(matcher.match(study("A1", "RADIO", JANE, "DX"), List.of(other)))
        .isEqualTo(new NoOrder(false));
  }

  @Test
  void aMissingIssuerOfTheAccessionNumberIsTolerated() {
    ImagingOrder own = order("A1", "RADIO", JANE, "DX");
    assertThat(matcher.match(study("A1", null, JANE, "DX"), List.of(own)))
        .isInstanceOf(Matched.class);
  }

  @Test
  void ofTwoOrdersWithOneAccessionNumberThePatientDecides() {
    ImagingOrder janes = order("A1", null, JANE, "DX");
    ImagingOrder carls = order("A1", null, CARL, "DX");
    assertThat(matcher.match(study("A1", null, JANE, "DX"), List.of(carls, janes)))
        .isEqualTo(new Matched(janes, By.ACCESSION_NUMBER, List.of()));
  }

  @Test
  void twoOrdersOfThePatientUnderOneAccessionNumberAreToldApartByModality() {
    ImagingOrder film = order("A1", null, JANE, "DX");
    ImagingOrder ct = order("A1", null, JANE, "CT");
    assertThat(matcher.match(study("A1", null, JANE, "CT"), List.of(film, ct)))
        .isEqualTo(new Matched(ct, By.ACCESSION_NUMBER, List.of()));
  }

  @Test
  void itNeverGuessesBetweenTwo() {
    assertThat(
            matcher.match(
                study("A1", null, JANE, "DX"),
                List.of(order("A1", null, JANE, "DX"), order("A1", null, JANE, "CR"))))
        .isEqualTo(new NoOrder(true));
    assertThat(
            matcher.match(
                study(null, null, JANE, "DX"),
                List.of(order("A1", null, JANE, "DX"), order("A2", null, JANE, "DX"))))
        .isEqualTo(new NoOrder(true));
  }

  @Test
  void severalOrdersOfOtherPatientsUnderTheNumberAreAConflictWithNone() {
    PatientIdentity third =
        new PatientIdentity("P3", null, "Roe^Ann", LocalDate.of(1990, 1, 1), "F");
    assertThat(
            matcher.match(
                study("A1", null, JANE, "DX"),
                List.of(order("A1", null, CARL, "DX"), order("A1", null, third, "DX"))))
        .isInstanceOfSatisfying(Conflicting.class, c -> assertThat(c.order()).isNull());
  }

  @Test
  void withoutAnAccessionNumberPatientModalityAndDateTie() {
    ImagingOrder order = order("A1", null, JANE, "CR");
    assertThat(matcher.match(study(null, null, JANE, "DX"), List.of(order)))
        .isEqualTo(new Matched(order, By.PATIENT_ID, List.of()));
  }

  @Test
  void aStudyWithAnotherAccessionNumberIsAnotherExaminationOfThePatient() {
    assertThat(matcher.match(study("A9", null, JANE, "DX"), List.of(order("A1", null, JANE, "DX"))))
        .isEqualTo(new NoOrder(false));
  }

  @Test
  void anImplausibleModalityOrDateDoesNotTie() {
    ImagingOrder order = order("A1", null, JANE, "CT");
    assertThat(matcher.match(study(null, null, JANE, "DX"), List.of(order)))
        .isEqualTo(new NoOrder(false));
    ImagingOrder film = order("A1", null, JANE, "DX");
    assertThat(matcher.match(on(TODAY.minusDays(1)), List.of(film))).isInstanceOf(Matched.class);
    assertThat(matcher.match(on(TODAY.minusDays(2)), List.of(film))).isEqualTo(new NoOrder(false));
    assertThat(matcher.match(on(TODAY.plusDays(90)), List.of(film))).isInstanceOf(Matched.class);
    assertThat(matcher.match(on(TODAY.plusDays(91)), List.of(film))).isEqualTo(new NoOrder(false));
  }

  @Test
  void anOrderWithoutModalityMayBeAny() {
    assertThat(matcher.match(study(null, null, JANE, "DX"), List.of(order("A1", null, JANE, null))))
        .isInstanceOf(Matched.class);
  }

  @Test
  void thePatientIdOfAnotherIssuerDoesNotTie() {
    PatientIdentity elsewhere =
        new PatientIdentity("P1", "OTHER", JANE.name(), JANE.birthDate(), "F");
    assertThat(
            matcher.match(
                study(null, null, elsewhere, "DX"), List.of(order("A1", null, JANE, "DX"))))
        .isEqualTo(new NoOrder(false));
  }

  @Test
  void aReusedPatientIdOfAnotherPersonIsAConflict() {
    PatientIdentity impostor =
        new PatientIdentity("P1", null, CARL.name(), CARL.birthDate(), CARL.sex());
    ImagingOrder order = order("A1", null, JANE, "DX");
    assertThat(matcher.match(study(null, null, impostor, "DX"), List.of(order)))
        .isEqualTo(
            new Conflicting(order, List.of("patientName", "patientBirthDate", "patientSex")));
  }

  @Test
  void cancelledAndRejectedOrdersAreOut() {
    ImagingOrder cancelled = order("A1", null, JANE, "DX");
    cancelled.cancel();
    assertThat(matcher.match(study("A1", null, JANE, "DX"), List.of(cancelled)))
        .isEqualTo(new NoOrder(false));
    ImagingOrder rejected = order("A1", null, CARL, "DX");
    StudyIdentity study =
        new StudyIdentity(
            StudyInstanceUid.of("1.2.3"),
            "A1",
            null,
            JANE,
            Set.of("DX"),
            TODAY,
            Set.of(rejected.id()));
    assertThat(matcher.match(study, List.of(rejected))).isEqualTo(new NoOrder(false));
  }

  @Test
  void anExaminationMayMakeTwoStudiesUnderItsAccessionNumberButNotByPatientAlone() {
    ImagingOrder order = order("A1", null, JANE, "DX");
    order.matchedTo(StudyInstanceUid.of("1.2.9"));
    assertThat(matcher.match(study("A1", null, JANE, "DX"), List.of(order)))
        .isInstanceOf(Matched.class);
    assertThat(matcher.match(study(null, null, JANE, "DX"), List.of(order)))
        .isEqualTo(new NoOrder(false));
  }

  @Test
  void nothingTiesNothing() {
    PatientIdentity nobody = new PatientIdentity(null, null, null, null, null);
    assertThat(
            matcher.match(
                study(null, null, nobody, "DX"), List.of(order(null, null, nobody, "DX"))))
        .isEqualTo(new NoOrder(false));
  }

  private StudyIdentity on(LocalDate date) {
    return new StudyIdentity(
        StudyInstanceUid.of("1.2.3"), null, null, JANE, Set.of("DX"), date, Set.of());
  }

  private static StudyIdentity study(
      String accession, String issuer, PatientIdentity patient, String modality) {
    return new StudyIdentity(
        StudyInstanceUid.of("1.2.3"),
        accession,
        issuer,
        patient,
        Set.of(modality),
        TODAY,
        Set.<UUID>of());
  }

  private ImagingOrder order(
      String accession, String issuer, PatientIdentity patient, String modality) {
    return ImagingOrder.place(
        new PlaceOrder(
            PlaceOrder.Control.NEW,
            "ORD" + ++numbers,
            null,
            accession,
            patient.id(),
            patient.issuer(),
            patient.name(),
            patient.birthDate(),
            patient.sex(),
            "71045",
            "Chest 1 view",
            modality,
            Priority.ROUTINE,
            null,
            null,
            null,
            ORDERED,
            "RIS",
            "STAGNES",
            issuer),
        ORDERED);
  }
}
