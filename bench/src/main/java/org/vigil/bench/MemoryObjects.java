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

  /** New objects of a new study. */
  static MemoryObjects study(Kind kind, int count, String patientId) throws IOException {
    byte[] pixels = new byte[kind.rows * kind.columns * 2];
    new Random(kind.rows).nextBytes(pixels);
    String study = Uids.fresh();
    String series = Uids.fresh();
    List<StoreItem> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Attributes object = new Attributes();
      object.setString(Tag.SOPClassUID, VR.UI, kind.sopClass);
      object.setString(Tag.SOPInstanceUID, VR.UI, Uids.fresh());
      object.setString(Tag.StudyDate, VR.DA, "20260101");
      object.setString(Tag.Modality, VR.CS, kind.modality);
      object.setString(Tag.PatientName, VR.PN, "Bench^" + patientId);
      object.setString(Tag.PatientID, VR.LO, patientId);
      object.setString(Tag.BodyPartExamined, VR.CS, "HAND");
      object.setString(Tag.StudyInstanceUID, VR.UI, study);
      object.setString(Tag.SeriesInstanceUID, VR.UI, series);
      object.setInt(Tag.InstanceNumber, VR.IS, i + 1);
      object.setInt(Tag.SamplesPerPixel, VR.US, 1);
      object.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
      object.setInt(Tag.Rows, VR.US, kind.rows);
      object.setInt(Tag.Columns, VR.US, kind.columns);
      object.setInt(Tag.BitsAllocated, VR.US, 16);
      object.setInt(Tag.BitsStored, VR.US, 12);
      object.setInt(Tag.HighBit, VR.US, 11);
      object.setInt(Tag.PixelRepresentation, VR.US, 0);
      items.add(StoreItem.of(new Split(head(object, pixels.length), pixels)));
    }
    return new MemoryObjects(study, series, items);
  }

  /** File meta information, the data set, and the first bytes of the pixel data element. */
  private static byte[] head(Attributes object, int pixelBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    DicomWriter.write(
        out, DicomWriter.fileMetaInformation(object, UID.ExplicitVRLittleEndian), object);
    out.write(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0x00});
    out.write("OW\0\0".getBytes(StandardCharsets.US_ASCII));
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(pixelBytes >> shift);
    }
    return out.toByteArray();
  }

  private record Split(byte[] head, byte[] tail) implements ByteSource {
    @Override
    public InputStream open(long offset) {
      int at = (int) offset;
      int inTail = Math.max(0, at - head.length);
      return new SequenceInputStream(
          new ByteArrayInputStream(head, Math.min(at, head.length), head.length),
          new ByteArrayInputStream(tail, inTail, tail.length - inTail));
    }

    @Override
    public long length() {
      return (long) head.length + tail.length;
    }
  }
}
