package org.vigil.analysis.domain;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.vigil.kernel.StudyInstanceUid;

/**
 * By what a study can be matched to its order.
 *
 * @param accessionNumber (0008,0050), or null
 * @param issuerOfAccessionNumber (0008,0051), or null
 * @param modalities of its series
 * @param studyDate (0008,0020), or the date of arrival
 * @param rejectedOrders orders to which a person has said it does not belong
 */
public record StudyIdentity(
    StudyInstanceUid study,
    String accessionNumber,
    String issuerOfAccessionNumber,
    PatientIdentity patient,
    Set<String> modalities,
    LocalDate studyDate,
    Set<UUID> rejectedOrders) {

  public StudyIdentity {
    modalities = Set.copyOf(modalities);
    rejectedOrders = Set.copyOf(rejectedOrders);
  }
}
