package org.vigil.imaging.domain;

import java.time.LocalDate;
import java.util.Set;
import org.vigil.kernel.StudyInstanceUid;

/**
 * A study that a PACS says it has.
 *
 * @param issuerOfPatientId or null where the PACS does not say
 * @param patientBirthDate likewise
 * @param instances in the study, -1 where the PACS does not say
 */
public record PriorCandidate(
    StudyInstanceUid study,
    String patientId,
    String issuerOfPatientId,
    LocalDate patientBirthDate,
    String accessionNumber,
    LocalDate studyDate,
    Set<String> modalities,
    String studyDescription,
    int instances) {

  public PriorCandidate {
    modalities = Set.copyOf(modalities);
  }
}
