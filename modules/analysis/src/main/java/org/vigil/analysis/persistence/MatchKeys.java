package org.vigil.analysis.persistence;

import java.util.ArrayList;
import java.util.List;
import org.vigil.kernel.StudyInstanceUid;

/**
 * By what an order and a study can meet.
 *
 * @param names kind and value, e.g. {@code accession/A1}
 */
public record MatchKeys(List<String> names) {
  public MatchKeys {
    names = List.copyOf(names);
  }

  /** Of a study; accession number and patient id may be null. */
  public static MatchKeys ofStudy(
      StudyInstanceUid study, String accessionNumber, String patientId) {
    return of("study/" + study.value(), accessionNumber, patientId);
  }

  /** Of an order; accession number and patient id may be null. */
  public static MatchKeys ofOrder(
      String placerOrderNumber, String sendingFacility, String accessionNumber, String patientId) {
    return of("order/" + sendingFacility + "/" + placerOrderNumber, accessionNumber, patientId);
  }

  private static MatchKeys of(String own, String accessionNumber, String patientId) {
    List<String> names = new ArrayList<>();
    names.add(own);
    if (accessionNumber != null && !accessionNumber.isBlank()) {
      names.add("accession/" + accessionNumber.strip());
    }
    if (patientId != null && !patientId.isBlank()) {
      names.add("patient/" + patientId.strip());
    }
    return new MatchKeys(names);
  }
}
