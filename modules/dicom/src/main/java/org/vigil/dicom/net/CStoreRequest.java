package org.vigil.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomWriter;

/**
 * One C-STORE request (PS3.7 §9.3.1.1).
 *
 * @param association over which it came
 * @param command the command set: Affected SOP Class and Instance UID, Priority, Move Originator
 * @param presentationContext names the transfer syntax of the data set
 * @param data the data set as it arrives, encoded in that transfer syntax; ends with the data set
 */
public record CStoreRequest(
    Association association,
    Attributes command,
    PresentationContext presentationContext,
    InputStream data) {

  /** (0000,0002) Affected SOP Class UID. */
  public String sopClassUid() {
    return command.getString(Tag.AffectedSOPClassUID);
  }

  /** (0000,1000) Affected SOP Instance UID. */
  public String sopInstanceUid() {
    return command.getString(Tag.AffectedSOPInstanceUID);
  }

  /** Transfer syntax of the data set. */
  public String transferSyntax() {
    return presentationContext.transferSyntax();
  }

  /** File meta information for this instance, naming the sender (PS3.10 §7.1). */
  public Attributes fileMetaInformation() {
    Attributes meta =
        DicomWriter.fileMetaInformation(sopClassUid(), sopInstanceUid(), transferSyntax());
    meta.setString(Tag.SourceApplicationEntityTitle, association.remoteAe());
    return meta;
  }

  /**
   * Writes the instance as a Part 10 file while it arrives, without parsing it; returns the number
   * of data set bytes. The stream is left open.
   */
  public long writeFile(OutputStream out) throws IOException {
    DicomWriter.writeFileMetaInformation(out, fileMetaInformation());
    return data.transferTo(out);
  }
}
