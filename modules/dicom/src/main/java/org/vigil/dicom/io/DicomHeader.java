package org.vigil.dicom.io;

import org.vigil.dicom.data.Attributes;

/**
 * The beginning of a DICOM object, see {@link DicomReader#readHeader}.
 *
 * @param fileMetaInformation group 0002; empty where there is none
 * @param sopClassUid class of the object
 * @param sopInstanceUid the object's own UID
 * @param transferSyntax UID of the syntax the data set is encoded in
 * @param datasetOffset first byte of the data set, from the start of the source
 */
public record DicomHeader(
    Attributes fileMetaInformation,
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntax,
    long datasetOffset) {}
