package org.vigil.analysis.domain;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vigil.analysis.api.OrderView;

/**
 * Finds the order a study was made for: by accession number (and issuer), else by patient id and
 * issuer with a plausible modality and date. One order or none: it never guesses.
 */
public final class OrderMatcher {
  /** Images made in an emergency before the order is written; also covers time zones. */
  private static final Period BEFORE_ORDER = Period.ofDays(1);

  /** How long an order may wait for its images when only the patient id ties them. */
  private static final Period AFTER_ORDER = Period.ofDays(90);

  /** Names the field uses for the same plain radiograph. */
  private static final Set<String> PLAIN_RADIOGRAPHY = Set.of("CR", "DX", "DR", "RG", "XR", "RX");

  /** What came out. */
  public sealed interface Outcome permits Matched, Conflicting, NoOrder {}

  /**
   * The study belongs to this order.
   *
   * @param by what tied them
   * @param differences attributes that differ without making it another patient, by name
   */
  public record Matched(ImagingOrder order, By by, List<String> differences) implements Outcome {}

  /**
   * The study claims this order's accession number or patient id but shows another patient.
   *
   * @param order or null where several orders have the accession number and none fits
   * @param differences attributes that differ, by name
   */
  public record Conflicting(ImagingOrder order, List<String> differences) implements Outcome {}

  /** No order, or more than one that could be it. */
  public record NoOrder(boolean ambiguous) implements Outcome {}

  /** What ties a study to an order. */
  public enum By {
    ACCESSION_NUMBER,
    PATIENT_ID
  }

  /**
   * Matches.
   *
   * @param orders those with the study's accession number or patient id; others do no harm
   */
  public Outcome match(StudyIdentity study, Collection<ImagingOrder> orders) {
    List<ImagingOrder> open =
        orders.stream()
            .filter(o -> o.status() != OrderView.Status.CANCELLED)
            .filter(o -> !study.rejectedOrders().contains(o.id()))
            .toList();
    List<ImagingOrder> sameAccession = open.stream().filter(o -> sameAccession(study, o)).toList();
    return sameAccession.isEmpty() ? byPatient(study, open) : byAccession(study, sameAccession);
  }

  private static Outcome byAccession(StudyIdentity study, List<ImagingOrder> orders) {
    if (orders.size() == 1) {
      return settle(study, orders.get(0), By.ACCESSION_NUMBER);
    }
    List<ImagingOrder> ofPatient =
        orders.stream().filter(o -> !compare(study, o).conflict()).toList();
    if (ofPatient.isEmpty()) {
      List<String> differences =
          orders.stream()
              .flatMap(o -> compare(study, o).differences().stream())
              .distinct()
              .toList();
      return new Conflicting(null, differences);
    }
    return onlyOne(study, ofPatient, By.ACCESSION_NUMBER);
  }

  private static Outcome byPatient(StudyIdentity study, List<ImagingOrder> orders) {
    List<ImagingOrder> plausible =
        orders.stream()
            .filter(o -> o.status() == OrderView.Status.AWAITING_STUDY)
            .filter(o -> study.patient().sameIdAs(o.patient()))
            // Two accession numbers that differ are two examinations of the patient.
            .filter(
                o ->
                    !PatientIdentity.present(study.accessionNumber())
                        || !PatientIdentity.present(o.accessionNumber()))
            .filter(o -> plausibleModality(study, o) && plausibleDate(study, o))
            .toList();
    return onlyOne(study, plausible, By.PATIENT_ID);
  }

  private static Outcome onlyOne(StudyIdentity study, List<ImagingOrder> orders, By by) {
    if (orders.size() == 1) {
      return settle(study, orders.get(0), by);
    }
    List<ImagingOrder> ofModality =
        orders.stream().filter(o -> plausibleModality(study, o)).toList();
    return ofModality.size() == 1
        ? settle(study, ofModality.get(0), by)
        : new NoOrder(!orders.isEmpty());
  }

  private static Outcome settle(StudyIdentity study, ImagingOrder order, By by) {
    PatientComparison patients = compare(study, order);
    return patients.conflict()
        ? new Conflicting(order, patients.differences())
        : new Matched(order, by, patients.differences());
  }

  private static PatientComparison compare(StudyIdentity study, ImagingOrder order) {
    return PatientComparison.of(order.patient(), study.patient());
  }

  private static boolean sameAccession(StudyIdentity study, ImagingOrder order) {
    return PatientIdentity.present(study.accessionNumber())
        && PatientIdentity.present(order.accessionNumber())
        && study.accessionNumber().strip().equals(order.accessionNumber().strip())
        && !differ(study.issuerOfAccessionNumber(), order.issuerOfAccessionNumber());
  }

  private static boolean differ(String a, String b) {
    return PatientIdentity.present(a)
        && PatientIdentity.present(b)
        && !a.strip().equalsIgnoreCase(b.strip());
  }

  private static boolean plausibleModality(StudyIdentity study, ImagingOrder order) {
    if (!PatientIdentity.present(order.modality()) || study.modalities().isEmpty()) {
      return true;
    }
    String ordered = order.modality().strip().toUpperCase(Locale.ROOT);
    return study.modalities().stream()
        .map(m -> m.strip().toUpperCase(Locale.ROOT))
        .anyMatch(
            m ->
                m.equals(ordered)
                    || (PLAIN_RADIOGRAPHY.contains(m) && PLAIN_RADIOGRAPHY.contains(ordered)));
  }

  private static boolean plausibleDate(StudyIdentity study, ImagingOrder order) {
    if (study.studyDate() == null) {
      return true;
    }
    LocalDate ordered = order.orderedAt().atOffset(ZoneOffset.UTC).toLocalDate();
    return !study.studyDate().isBefore(ordered.minus(BEFORE_ORDER))
        && !study.studyDate().isAfter(ordered.plus(AFTER_ORDER));
  }
}
