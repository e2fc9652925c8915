package org.vigil.imaging.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.vigil.kernel.Priority;

/**
 * Fired as a synchronous CDI event, with the tenant entered, inside the transaction that applies an
 * order: modalities will ask for it in the worklist, and the patient's priors are worth having.
 * Texts are null where the RIS left them out.
 *
 * @param cancelled whether it is taken back; else it is new or changed
 * @param patientName as in DICOM PN
 * @param referringPhysician as in DICOM PN
 */
public record ProcedureOrdered(
    UUID order,
    boolean cancelled,
    String accessionNumber,
    String issuerOfAccessionNumber,
    String placerOrderNumber,
    String fillerOrderNumber,
    String patientId,
    String issuerOfPatientId,
    String patientName,
    LocalDate patientBirthDate,
    String patientSex,
    String procedureCode,
    String procedureText,
    String modality,
    Priority priority,
    String referringPhysician,
    String reason,
    Instant scheduledAt) {}
