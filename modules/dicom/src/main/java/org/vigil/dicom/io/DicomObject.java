package org.vigil.dicom.io;

import java.util.List;
import org.vigil.dicom.data.Attributes;

/**
 * What a {@link DicomReader} found.
 *
 * @param fileMetaInformation group 0002; empty where the stream had none
 * @param dataset the data set
 * @param transferSyntax UID of the syntax the data set was really encoded in
 * @param warnings deviations that were tolerated, each naming tag and offset, without values
 */
public record DicomObject(
    Attributes fileMetaInformation,
    Attributes dataset,
    String transferSyntax,
    List<String> warnings) {}
