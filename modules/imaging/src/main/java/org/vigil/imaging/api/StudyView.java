package org.vigil.imaging.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import org.vigil.kernel.StudyInstanceUid;

/**
 * A study as received; texts are null where the modality left them out.
 *
 * @param version 1 for the first complete set of images, one more each time late images complete it
 *     anew
 * @param lastInstanceAt when the last image was durable
 */
public record StudyView(
    StudyInstanceUid studyInstanceUid,
    int version,
    boolean complete,
    String patientId,
    String issuerOfPatientId,
    String patientName,
    LocalDate patientBirthDate,
    String patientSex,
    String accessionNumber,
    String issuerOfAccessionNumber,
    String studyId,
    LocalDate studyDate,
    LocalTime studyTime,
    String studyDescription,
    String referringPhysicianName,
    Set<String> modalities,
    String callingAeTitle,
    int instanceCount,
    Instant firstInstanceAt,
    Instant lastInstanceAt) {}
