package org.vigil.analysis.api;

import java.time.Instant;
import java.time.LocalDate;
import org.vigil.kernel.Priority;

/**
 * An imaging order as the RIS states it (ORM^O01, OMG^O19, OMI^O23).
 *
 * @param control what to do (ORC-1)
 * @param placerOrderNumber ORC-2.1
 * @param fillerOrderNumber ORC-3.1, or null
 * @param accessionNumber OBR-18 or IPC-1 or, where the RIS uses neither, ORC-3.1
 * @param issuerOfPatientId PID-3.4.1, or null
 * @param patientName {@code family^given^middle^prefix^suffix} as in DICOM PN
 * @param procedureCode OBR-4.1
 * @param orderingProviderId ORC-12.1 / OBR-16.1, or null
 * @param sendingApplication MSH-3, by which the answer is addressed
 * @param issuerOfAccessionNumber IPC-1.2, or null; where two departments number alike it keeps
 *     their orders apart
 */
public record PlaceOrder(
    Control control,
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
    String sendingApplication,
    String sendingFacility,
    String issuerOfAccessionNumber) {

  /** An order whose accession number has no issuer. */
  public PlaceOrder(
      Control control,
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
      String sendingApplication,
      String sendingFacility) {
    this(
        control,
        placerOrderNumber,
        fillerOrderNumber,
        accessionNumber,
        patientId,
        issuerOfPatientId,
        patientName,
        patientBirthDate,
        patientSex,
        procedureCode,
        procedureText,
        modality,
        priority,
        orderingProviderId,
        orderingProviderName,
        reasonForStudy,
        orderedAt,
        sendingApplication,
        sendingFacility,
        null);
  }

  /** HL7 table 0119, as far as Vigil acts on it. */
  public enum Control {
    /** NW: a new order; repeated, it changes the present one. */
    NEW,
    /** XO, XX: change. */
    CHANGE,
    /** CA, OC, DC: cancel. */
    CANCEL
  }
}
