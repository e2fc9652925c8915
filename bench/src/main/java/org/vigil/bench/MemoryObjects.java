package org.vigil.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.net.StoreItem;

/**
 * Many objects of a study that share one copy of their pixels, so that the sender costs next to
 * nothing: each has a head of its own with its own UID.
 */
record MemoryObjects(String study, String series, List<StoreItem> items) {
  /** Multi-frame Grayscale Word Secondary Capture Image Storage. */
  private static final String MULTI_FRAME = "1.2.840.10008.5.1.4.1.1.7.3";

  /** Both lie in the body part that no model takes. */
  enum Kind {
    CT("1.2.840.10008.5.1.4.1.1.2", "CT", 512, 512),
    DX("1.2.840.10008.5.1.4.1.1.1.1", "DX", 2048, 2048);

    private final String sopClass;
    private final String modality;
    private final int rows;
    private final int columns;

    Kind(String sopClass, String modality, int rows, int columns) {
      this.sopClass = sopClass;
      this.modality = modality;
      this.rows = rows;
      this.columns = columns;
    }
  }

  /** Of each object, below a DICOMweb service. */
  List<String> paths() {
    return items.stream()
        .map(
            item ->
                "studies/" + study + "/series/" + series + "/instances/" + item.sopInstanceUid())
        .toList();
  }

  /** A CT's picture in each of many frames of one object (Multi-frame Grayscale Word SC). */
  static MemoryObjects multiFrame(int frames, String patientId) throws IOException {
    String study = Uids.fresh();
    String series = Uids.fresh();
    byte[] pixels = pixels(Kind.CT);
    Attributes object = object(Kind.CT, MULTI_FRAME, study, series, patientId, 1);
    object.setInt(Tag.NumberOfFrames, VR.IS, frames);
    StoreItem item =
        StoreItem.of(new Split(head(object, (long) frames * pixels.length), pixels, frames));
    return new MemoryObjects(study, series, List.of(item));
  }

  /** The stored values of a frame. */
  static byte[] pixels(Kind kind) {
    byte[] pixels = new byte[kind.rows * kind.columns * 2];
    new Random(kind.rows).nextBytes(pixels);
    return pixels;
  }

  /** New objects of a new study. */
  static MemoryObjects study(Kind kind, int count, String patientId) throws IOException {
    byte[] pixels = pixels(kind);
    String study = Uids.fresh();
    String series = Uids.fresh();
    List<StoreItem> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Attributes object = object(kind, kind.sopClass, study, series, patientId, i + 1);
      items.add(StoreItem.of(new Split(head(object, pixels.length), pixels, 1)));
    }
    return new MemoryObjects(study, series, items);
  }

  private static Attributes object(
      Kind kind, String sopClass, String study, String series, String patientId, int number) {
    Attributes object = new Attributes();
    object.setString(Tag.SOPClassUID, VR.UI, sopClass);
    object.setString(Tag.SOPInstanceUID, VR.UI, Uids.fresh());
    object.setString(Tag.StudyDate, VR.DA, "20260101");
    object.setString(Tag.Modality, VR.CS, kind.modality);
    object.setString(Tag.PatientName, VR.PN, "Bench^" + patientId);
    object.setString(Tag.PatientID, VR.LO, patientId);
    object.setString(Tag.BodyPartExamined, VR.CS, "HAND");
    object.setString(Tag.StudyInstanceUID, VR.UI, study);
    object.setString(Tag.SeriesInstanceUID, VR.UI, series);
    object.setInt(Tag.InstanceNumber, VR.IS, number);
    object.setInt(Tag.SamplesPerPixel, VR.US, 1);
    object.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    object.setInt(Tag.Rows, VR.US, kind.rows);
    object.setInt(Tag.Columns, VR.US, kind.columns);
    object.setInt(Tag.BitsAllocated, VR.US, 16);
    object.setInt(Tag.BitsStored, VR.US, 12);
    object.setInt(Tag.HighBit, VR.US, 11);
    object.setInt(Tag.PixelRepresentation, VR.US, 0);
    return object;
  }

  /** File meta information, the data set, and the first bytes of the pixel data element. */
  private static byte[] head(Attributes object, long pixelBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    DicomWriter.write(
        out, DicomWriter.fileMetaInformation(object, UID.ExplicitVRLittleEndian), object);
    out.write(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0x00});
    out.write("OW\0\0".getBytes(StandardCharsets.US_ASCII));
    for (int shift = 0; shift < 32; shift += 8) {
      out.write((int) (pixelBytes >> shift));
    }
    return out.toByteArray();
  }

  /** A head, and the same bytes after it so many times. */
  private record Split(byte[] head, byte[] tail, int times) implements ByteSource {
    @Override
    public InputStream open(long offset) {
      long inTail = Math.max(0, offset - head.length);
      int at = (int) Math.min(offset, head.length);
      return new SequenceInputStream(
          new ByteArrayInputStream(head, at, head.length - at), new Repeated(tail, times, inTail));
    }

    @Override
    public long length() {
      return head.length + (long) tail.length * times;
    }
  }

  private static final class Repeated extends InputStream {
    private final byte[] bytes;
    private final long end;
    private long at;

    Repeated(byte[] bytes, int times, long at) {
      this.bytes = bytes;
      this.end = (long) bytes.length * times;
      this.at = at;
    }

    @Override
    public int read() {
      return at == end ? -1 : bytes[(int) (at++ % bytes.length)] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (at == end) {
        return -1;
      }
      int from = (int) (at % bytes.length);
      int count = Math.min(length, bytes.length - from);
      System.arraycopy(bytes, from, target, offset, count);
      at += count;
      return count;
    }
  }
}
