package org.vigil.phantom;

import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * Whose film it is, what it was ordered as, and when it was taken: what a modality copies from its
 * worklist into the images.
 *
 * @param patient whose
 * @param accessionNumber accession number, at most 16 characters, or null
 * @param orderId placer order number; also the Requested Procedure ID, at most 16 characters; or
 *     null
 * @param studyInstanceUid the study
 * @param referringPhysician the ordering clinician as a DICOM person name, or empty
 * @param description Study Description
 * @param taken when the film was taken, with the hospital's offset from UTC
 */
public record ImagingRequest(
    DemoPatient patient,
    String accessionNumber,
    String orderId,
    String studyInstanceUid,
    String referringPhysician,
    String description,
    OffsetDateTime taken) {

  /** Checks what must be there. */
  public ImagingRequest {
    Objects.requireNonNull(patient, "patient");
    Objects.requireNonNull(studyInstanceUid, "studyInstanceUid");
    Objects.requireNonNull(referringPhysician, "referringPhysician");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(taken, "taken");
  }
}
