package org.vigil.analysis.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.vigil.kernel.Priority;
import org.vigil.kernel.StudyInstanceUid;

/**
 * An order as stored.
 *
 * @param study the study matched to it, or null
 */
public record OrderView(
    UUID id,
    Status status,
    String placerOrderNumber,
    String fillerOrderNumber,
    String accessionNumber,
    String patientId,
    String issuerOfPatientId,
    String patientName,
    LocalDate patientBirthDate,
    String patientSex,
    String procedureCode,
    String procedureText,
    String modality,
    Priority priority,
    String orderingProviderId,
    String orderingProviderName,
    String reasonForStudy,
    Instant orderedAt,
    Instant receivedAt,
    String sendingApplication,
    String sendingFacility,
    StudyInstanceUid study) {

  /** Where an order stands. */
  public enum Status {
    AWAITING_STUDY,
    MATCHED,
    CANCELLED
  }
}
