package org.vigil.dicom.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;

/**
 * Writes DICOM objects, strictly: ascending tags, even lengths, values padded as their VR demands
 * (PS3.5 §6.2, §7.1), no group lengths but that of group 0002, sequences of undefined length.
 *
 * <p>Any uncompressed transfer syntax can be written from any other. Encapsulated pixel data is
 * copied as it is; turning it into native pixels or back is the codec's business and refused here.
 */
public final class DicomWriter {

  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final long MAX_LENGTH = 0xFFFFFFFEL;
  private static final byte[] PREFIX = "DICM".getBytes(StandardCharsets.US_ASCII);

  private final DicomOutput out;
  private final boolean explicit;
  private final boolean bigEndian;

  private DicomWriter(DicomOutput out, boolean explicit, boolean bigEndian) {
    this.out = out;
    this.explicit = explicit;
    this.bigEndian = bigEndian;
  }

  /**
   * The file meta information (PS3.10 §7.1) for a data set.
   *
   * @throws DicomException if SOP Class UID or SOP Instance UID is missing
   */
  public static Attributes fileMetaInformation(Attributes dataset, String transferSyntaxUid)
      throws DicomException {
    return fileMetaInformation(
        required(dataset, Tag.SOPClassUID),
        required(dataset, Tag.SOPInstanceUID),
        transferSyntaxUid);
  }

  /** The file meta information (PS3.10 §7.1) for an object, made by this implementation. */
  public static Attributes fileMetaInformation(
      String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
    Attributes meta = new Attributes(8);
    meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
    meta.setString(Tag.MediaStorageSOPClassUID, VR.UI, sopClassUid);
    meta.setString(Tag.MediaStorageSOPInstanceUID, VR.UI, sopInstanceUid);
    meta.setString(Tag.TransferSyntaxUID, VR.UI, transferSyntaxUid);
    meta.setString(Tag.ImplementationClassUID, VR.UI, Uids.IMPLEMENTATION_CLASS_UID);
    meta.setString(Tag.ImplementationVersionName, VR.SH, Uids.IMPLEMENTATION_VERSION_NAME);
    return meta;
  }

  static String required(Attributes attributes, int tag) throws DicomException {
    String value = attributes.getString(tag);
    if (value == null) {
      throw new DicomException(
          DicomError.ELEMENT_MISSING, tag, "The object cannot be stored without this element");
    }
    return value;
  }

  /** Writes a Part 10 file with new file meta information, replacing what is there. */
  public static void write(Path file, Attributes dataset, String transferSyntaxUid)
      throws IOException {
    Attributes meta = fileMetaInformation(dataset, transferSyntaxUid);
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out, meta, dataset);
    }
  }

  /**
   * Writes preamble, file meta information and data set in the transfer syntax that the file meta
   * information names. The stream is flushed and left open.
   */
  public static void write(OutputStream out, Attributes fileMetaInformation, Attributes dataset)
      throws IOException {
    String transferSyntaxUid = required(fileMetaInformation, Tag.TransferSyntaxUID);
    writeFileMetaInformation(out, fileMetaInformation);
    writeDataset(out, dataset, transferSyntaxUid);
  }

  /**
   * Writes preamble, prefix and group 0002; a data set in the named transfer syntax must follow.
   */
  public static void writeFileMetaInformation(OutputStream out, Attributes fileMetaInformation)
      throws IOException {
    required(fileMetaInformation, Tag.MediaStorageSOPClassUID);
    required(fileMetaInformation, Tag.MediaStorageSOPInstanceUID);
    required(fileMetaInformation, Tag.TransferSyntaxUID);
    Attributes meta =
        new Attributes(
            fileMetaInformation,
            tag -> Tag.group(tag) == 2 && tag != Tag.FileMetaInformationGroupLength);
    if (!meta.contains(Tag.FileMetaInformationVersion)) {
      meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
    }
    if (!meta.contains(Tag.ImplementationClassUID)) {
      meta.setString(Tag.ImplementationClassUID, VR.UI, Uids.IMPLEMENTATION_CLASS_UID);
      meta.setString(Tag.ImplementationVersionName, VR.SH, Uids.IMPLEMENTATION_VERSION_NAME);
    }
    ByteArrayOutputStream group = new ByteArrayOutputStream(256);
    writeElements(group, meta);
    meta.setInt(Tag.FileMetaInformationGroupLength, VR.UL, group.size());
    ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    head.write(new byte[128]);
    head.write(PREFIX);
    writeElements(head, meta);
    head.writeTo(out);
  }

  private static void writeElements(OutputStream out, Attributes meta) throws IOException {
    DicomOutput buffered = new DicomOutput(out, false);
    new DicomWriter(buffered, true, false).elements(meta, true);
    buffered.flush();
  }

  /**
   * Writes a bare data set, as it travels in a P-DATA-TF. The stream is flushed and left open.
   *
   * @throws DicomException if the pixel data is encapsulated and the transfer syntax is not, or the
   *     other way round; or a value cannot be encoded
   */
  public static void writeDataset(OutputStream out, Attributes dataset, String transferSyntaxUid)
      throws IOException {
    TransferSyntax syntax = TransferSyntax.of(transferSyntaxUid);
    checkPixelData(dataset, syntax);
    if (syntax.deflated()) {
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      try {
        EvenCounter counter = new EvenCounter(out);
        DeflaterOutputStream deflated = new DeflaterOutputStream(counter, deflater, 16 * 1024);
        write(deflated, dataset, syntax);
        deflated.finish();
        counter.padToEven();
        out.flush();
      } finally {
        deflater.end();
      }
    } else {
      write(out, dataset, syntax);
    }
  }

  private static void write(OutputStream out, Attributes dataset, TransferSyntax syntax)
      throws IOException {
    DicomOutput buffered = new DicomOutput(out, syntax.bigEndian());
    new DicomWriter(buffered, syntax.explicitVr(), syntax.bigEndian()).elements(dataset, false);
    buffered.flush();
  }

  private static void checkPixelData(Attributes dataset, TransferSyntax syntax)
      throws DicomException {
    Object pixels = dataset.getValue(Tag.PixelData);
    if (pixels == null || syntax.encapsulated() == pixels instanceof Fragments) {
      return;
    }
    throw new DicomException(
        DicomError.TRANSFER_SYNTAX_UNSUPPORTED,
        Tag.PixelData,
        (pixels instanceof Fragments ? "Encapsulated" : "Native")
            + " pixel data cannot be written in transfer syntax "
            + syntax.uid()
            + " ("
            + syntax.name()
            + ")");
  }

  private void elements(Attributes attributes, boolean withGroupLength) throws IOException {
    for (int tag : attributes.tags()) {
      if (Tag.element(tag) != 0 || withGroupLength) {
        element(attributes, tag);
      }
    }
  }

  private void element(Attributes attributes, int tag) throws IOException {
    VR vr = attributes.getVR(tag);
    Object value = attributes.getValue(tag);
    if (value instanceof Sequence sequence) {
      sequence(tag, sequence);
    } else if (value instanceof Fragments fragments) {
      fragments(tag, fragments);
    } else if (value instanceof BulkData bulk && (!bigEndian || vr.unit() == 1)) {
      long padded = bulk.length() + (bulk.length() & 1);
      header(tag, vr, padded);
      bulk.writeTo(out);
      pad(bulk.length(), vr);
    } else {
      byte[] bytes = attributes.getBytes(tag);
      if (bigEndian && vr.unit() > 1) {
        bytes = bytes.clone();
        vr.swap(bytes);
      }
      header(tag, vr, bytes.length + (bytes.length & 1));
      out.write(bytes, 0, bytes.length);
      pad(bytes.length, vr);
    }
  }

  private void pad(long length, VR vr) throws IOException {
    if ((length & 1) != 0) {
      out.write(vr.padding());
    }
  }

  private void header(int tag, VR vr, long length) throws IOException {
    if (length > MAX_LENGTH && length != UNDEFINED) {
      throw new DicomException(
          DicomError.VALUE_TOO_LONG, tag, "A value of " + length + " bytes cannot be written");
    }
    out.tag(tag);
    if (!explicit) {
      out.u32(length);
    } else if (vr.hasLongLength()) {
      out.write(vr.code() >>> 8);
      out.write(vr.code());
      out.u16(0);
      out.u32(length);
    } else if (length > 0xFFFE) {
      // PS3.5 §6.2.2 note 1: what does not fit a 16-bit length travels as UN.
      if (bigEndian && vr.unit() > 1) {
        throw new DicomException(
            DicomError.VALUE_TOO_LONG,
            tag,
            "A " + vr + " value of " + length + " bytes has no big endian encoding");
      }
      out.write('U');
      out.write('N');
      out.u16(0);
      out.u32(length);
    } else {
      out.write(vr.code() >>> 8);
      out.write(vr.code());
      out.u16((int) length);
    }
  }

  private void sequence(int tag, Sequence sequence) throws IOException {
    if (sequence.isEmpty()) {
      header(tag, VR.SQ, 0);
      return;
    }
    header(tag, VR.SQ, UNDEFINED);
    for (Attributes item : sequence) {
      out.tag(Tag.Item);
      out.u32(UNDEFINED);
      elements(item, false);
      out.tag(Tag.ItemDelimitationItem);
      out.u32(0);
    }
    out.tag(Tag.SequenceDelimitationItem);
    out.u32(0);
  }

  private void fragments(int tag, Fragments fragments) throws IOException {
    header(tag, fragments.vr(), UNDEFINED);
    for (int i = 0; i < fragments.size(); i++) {
      long length = fragments.lengthOf(i);
      out.tag(Tag.Item);
      out.u32(length + (length & 1));
      fragments.writeTo(i, out);
      pad(length, VR.OB);
    }
    out.tag(Tag.SequenceDelimitationItem);
    out.u32(0);
  }

  /** Counts bytes, because a deflated data set of odd length is padded with NUL (PS3.5 §A.5). */
  private static final class EvenCounter extends OutputStream {
    private final OutputStream out;
    private long count;

    EvenCounter(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }

    void padToEven() throws IOException {
      if ((count & 1) != 0) {
        out.write(0);
      }
    }
  }
}
