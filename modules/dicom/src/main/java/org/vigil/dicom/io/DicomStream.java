package org.vigil.dicom.io;

import java.io.InputStream;

/**
 * A Part 10 object whose data set is still to come, see {@link DicomReader#openStream}.
 *
 * @param sopClassUid (0002,0002); likewise the instance, (0002,0003)
 * @param transferSyntaxUid in which the data set is encoded, (0002,0010)
 * @param dataset from its first byte; to the end of the stream that was opened
 */
public record DicomStream(
    String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataset) {}
