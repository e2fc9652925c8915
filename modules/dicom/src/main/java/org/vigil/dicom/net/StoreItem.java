package org.vigil.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.io.DicomHeader;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;

/**
 * One instance to be sent by {@link StorageScu}: from a file, a source or memory. A file is sent as
 * it lies where the peer accepts its transfer syntax, and is never held in memory then.
 */
public final class StoreItem {

  private final String sopClassUid;
  private final String sopInstanceUid;
  private final String transferSyntax;
  private final ByteSource source;
  private final long datasetOffset;
  private final Attributes dataset;

  private StoreItem(
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntax,
      ByteSource source,
      long datasetOffset,
      Attributes dataset) {
    this.sopClassUid = sopClassUid;
    this.sopInstanceUid = sopInstanceUid;
    this.transferSyntax = transferSyntax;
    this.source = source;
    this.datasetOffset = datasetOffset;
    this.dataset = dataset;
  }

  /** A Part 10 file, whose beginning is read now. */
  public static StoreItem of(Path file) throws IOException {
    return of(ByteSource.of(file));
  }

  /** A Part 10 object in a source, whose beginning is read now. */
  public static StoreItem of(ByteSource source) throws IOException {
    DicomHeader header = DicomReader.readHeader(source);
    return new StoreItem(
        header.sopClassUid(),
        header.sopInstanceUid(),
        header.transferSyntax(),
        source,
        header.datasetOffset(),
        null);
  }

  /**
   * A data set in memory.
   *
   * @param transferSyntaxUid how to send it: any uncompressed one, or that of its encapsulated
   *     pixel data
   * @throws DicomException if SOP Class or Instance UID is missing
   */
  public static StoreItem of(Attributes dataset, String transferSyntaxUid) throws DicomException {
    String sopClass = dataset.getString(Tag.SOPClassUID);
    String sopInstance = dataset.getString(Tag.SOPInstanceUID);
    if (sopClass == null || sopInstance == null) {
      throw new DicomException(
          DicomError.ELEMENT_MISSING,
          sopClass == null ? Tag.SOPClassUID : Tag.SOPInstanceUID,
          "The object cannot be sent without this element");
    }
    return new StoreItem(sopClass, sopInstance, transferSyntaxUid, null, 0, dataset);
  }

  /** (0008,0016) SOP Class UID. */
  public String sopClassUid() {
    return sopClassUid;
  }

  /** (0008,0018) SOP Instance UID. */
  public String sopInstanceUid() {
    return sopInstanceUid;
  }

  /** Transfer syntax it is encoded in, or is to be sent in. */
  public String transferSyntax() {
    return transferSyntax;
  }

  /** Whether it can be sent in any uncompressed transfer syntax. */
  boolean isNative() {
    return TransferSyntax.of(transferSyntax).isNative();
  }

  /** Writes the data set in the accepted transfer syntax. */
  void writeTo(PdvOutputStream out, String acceptedSyntax) throws IOException {
    if (source != null && acceptedSyntax.equals(transferSyntax)) {
      try (InputStream in = source.open(datasetOffset)) {
        out.writeFrom(in);
      }
    } else {
      Attributes attributes =
          dataset != null ? dataset : DicomReader.of(source).leaveBulk(64 * 1024).read().dataset();
      DicomWriter.writeDataset(out, attributes, acceptedSyntax);
    }
  }
}
