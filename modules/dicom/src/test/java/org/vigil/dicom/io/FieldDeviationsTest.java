package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;

/** Deviations from the standard seen in files of the field. */
class FieldDeviationsTest {

  @TempDir Path folder;

  /** A JPEG object whose last 8 bytes, the sequence delimiter, are cut off. */
  private static byte[] withoutDelimiter(byte... fragment) throws Exception {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, UID.SecondaryCaptureImageStorage);
    a.setString(Tag.SOPInstanceUID, Uids.named("deviation"));
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(fragment);
    a.setFragments(Tag.PixelData, fragments);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFileMetaInformation(
        out, DicomWriter.fileMetaInformation(a, UID.JPEGLosslessSV1));
    DicomWriter.writeDataset(out, a, UID.JPEGLosslessSV1);
    return Arrays.copyOf(out.toByteArray(), out.size() - 8);
  }

  @Test
  void aMissingDelimiterIsToleratedAfterACompleteImage() throws Exception {
    byte[] padded = withoutDelimiter((byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9);
    DicomObject streamed = DicomReader.of(new ByteArrayInputStream(padded)).read();
    assertThat(((Fragments) streamed.dataset().getValue(Tag.PixelData)).size()).isEqualTo(2);
    assertThat(streamed.warnings()).singleElement().asString().contains("delimiter");

    byte[] odd = withoutDelimiter((byte) 0xFF, (byte) 0xD8, (byte) 1, (byte) 0xFF, (byte) 0xD9);
    Path file = Files.write(folder.resolve("odd.dcm"), odd);
    assertThat(DicomReader.of(file).leaveBulk(1).read().warnings()).hasSize(1);
  }

  @Test
  void aMissingDelimiterIsRefusedAfterAnImageThatIsNotComplete() throws Exception {
    byte[] bytes = withoutDelimiter((byte) 0xFF, (byte) 0xD8, (byte) 1, (byte) 2);
    assertThatThrownBy(() -> DicomReader.of(new ByteArrayInputStream(bytes)).read())
        .hasMessageContaining("DICOM-0001");
  }

  @Test
  void aBlankValueRepresentationHasTheShortHeader() throws Exception {
    byte[] bytes =
        "\u0008\0\u0060\0CS\u0002\0CT\u0028\0\u0010\0  \u0002\0\u0007\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    DicomObject object = DicomReader.of(new ByteArrayInputStream(bytes)).read();
    assertThat(object.dataset().getInt(Tag.Rows, 0)).isEqualTo(7);
    assertThat(object.warnings()).anyMatch(w -> w.contains("blank"));
  }

  private static DicomObject read(String latin1) throws Exception {
    return DicomReader.of(new ByteArrayInputStream(latin1.getBytes(StandardCharsets.ISO_8859_1)))
        .read();
  }

  @Test
  void aBlankValueRepresentationMayHaveNoLengthAtAll() throws Exception {
    DicomObject object =
        read(
            "\u0008\0\u0060\0CS\u0002\0CT\u0028\0\u0020\u0001  "
                + "\u0028\0\u0050\u0010DS\u0002\0-2");
    assertThat(object.dataset().contains(Tag.PixelPaddingValue)).isTrue();
    assertThat(object.dataset().getString(Tag.WindowCenter)).isEqualTo("-2");
  }

  @Test
  void theFirstOfTwoElementsOfOneTagIsKept() throws Exception {
    DicomObject object = read("\u0008\0\u0060\0CS\u0002\0CT\u0008\0\u0060\0CS\u0002\0MR");
    assertThat(object.dataset().getString(Tag.Modality)).isEqualTo("CT");
    assertThat(object.warnings()).anyMatch(w -> w.contains("twice"));
  }

  @Test
  void aStrayByteBeforeABareDataSetIsPassedOver() throws Exception {
    DicomObject object = read(" \u0008\0\u0060\0CS\u0002\0CT");
    assertThat(object.dataset().getString(Tag.Modality)).isEqualTo("CT");
    assertThat(object.warnings()).anyMatch(w -> w.contains("stray"));
  }

  @Test
  void anItemLongerThanItsSequenceIsReadIfItsElementsAreThere() throws Exception {
    String start =
        "\u0008\0\u0060\0CS\u0002\0CT\u0008\0\u0040\u0011SQ\0\0\u0012\0\0\0\u00fe\u00ff\0\u00e0";
    String element = "\u0008\0\0\u0001SH\u0002\0P1";
    DicomObject object = read(start + "\u0030\0\0\0" + element);
    assertThat(
            object.dataset().getNestedDataset(Tag.ReferencedImageSequence).getString(Tag.CodeValue))
        .isEqualTo("P1");
    assertThat(object.warnings()).anyMatch(w -> w.contains("beyond its sequence"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "\r\n",
        "end of file",
        "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"
      })
  void bytesThatFollowThePixelsAreNoElements(String tail) throws Exception {
    String explicit = "\u0008\0\u0060\0CS\u0002\0CT\u00e0\u007f\u0010\0OW\0\0\u0002\0\0\0ab";
    String implicit = "\u0008\0\u0060\0\u0002\0\0\0CT\u00e0\u007f\u0010\0\u0002\0\0\0ab";
    for (String dataset : new String[] {explicit, implicit}) {
      byte[] bytes = (dataset + tail).getBytes(StandardCharsets.ISO_8859_1);
      DicomObject object = DicomReader.of(Files.write(folder.resolve("tail"), bytes)).read();

      assertThat(object.dataset().tags()).containsExactly(Tag.Modality, Tag.PixelData);
      assertThat(object.warnings()).anyMatch(w -> w.contains("no elements"));
    }
  }

  @Test
  void anElementThatIsCutOffBeforeThePixelsIsRefused() {
    assertThatThrownBy(() -> read("\u0008\0\u0060\0CS\u0002\0CT\u0010\0\u0010"))
        .hasMessageContaining("DICOM-0001");
  }

  @Test
  void aSequenceCalledUnknownMayHaveExplicitItems() throws Exception {
    String item = "\u00fe\u00ff\0\u00e0\n\0\0\0\u0008\0\0\u0001SH\u0002\0P1";
    String end = "\u00fe\u00ff\u00dd\u00e0\0\0\0\0";
    String start = "\u0008\0\u0060\0CS\u0002\0CT\u0008\0\u0040\u0011UN\0\0";
    for (String sequence :
        new String[] {"\u00ff\u00ff\u00ff\u00ff" + item + end, "\u0012\0\0\0" + item}) {
      DicomObject object = read(start + sequence);
      assertThat(
              object
                  .dataset()
                  .getNestedDataset(Tag.ReferencedImageSequence)
                  .getString(Tag.CodeValue))
          .isEqualTo("P1");
      assertThat(object.warnings()).anyMatch(w -> w.contains("explicit VR"));
    }
  }

  @Test
  void anImageInPlaceOfTheOffsetTableIsTheFirstFrame() throws Exception {
    String head = "\u0008\0\u0060\0CS\u0002\0CT\u00e0\u007f\u0010\0OB\0\0\u00ff\u00ff\u00ff\u00ff";
    String frame = "\u00fe\u00ff\0\u00e0\u0004\0\0\0\u00ff\u00d8\u00ff\u00d9";
    DicomObject object = read(head + frame + frame + "\u00fe\u00ff\u00dd\u00e0\0\0\0\0");

    Fragments fragments = object.dataset().getFragments(Tag.PixelData);
    assertThat(fragments.size()).isEqualTo(3);
    assertThat(fragments.bytesOf(0)).isEmpty();
    assertThat(fragments.bytesOf(1)).hasSize(4);
    assertThat(object.warnings()).anyMatch(w -> w.contains("offset table"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UN", "SQ", "OF"})
  void encapsulatedPixelsAreFragmentsUnderAnyRepresentation(String vr) throws Exception {
    String head = "\u0008\0\u0060\0CS\u0002\0CT\u00e0\u007f\u0010\0" + vr + "\0\0";
    String items = "\u00fe\u00ff\0\u00e0\0\0\0\0\u00fe\u00ff\0\u00e0\u0002\0\0\0ab";
    DicomObject object =
        read(head + "\u00ff\u00ff\u00ff\u00ff" + items + "\u00fe\u00ff\u00dd\u00e0\0\0\0\0");

    assertThat(object.dataset().getFragments(Tag.PixelData).bytesOf(1)).containsExactly('a', 'b');
    assertThat(object.warnings()).anyMatch(w -> w.contains("VR OB"));
  }

  /** A file that says it is deflated, with these bytes for a data set. */
  private static DicomObject calledDeflated(byte[] dataset) throws Exception {
    Attributes meta = new Attributes();
    meta.setString(Tag.SOPClassUID, UID.SecondaryCaptureImageStorage);
    meta.setString(Tag.SOPInstanceUID, Uids.named("deflated"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFileMetaInformation(
        out, DicomWriter.fileMetaInformation(meta, UID.DeflatedExplicitVRLittleEndian));
    out.write(dataset);
    return DicomReader.of(new ByteArrayInputStream(out.toByteArray())).read();
  }

  private static byte[] deflate(byte[] bytes, boolean bare) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9, bare))) {
      deflater.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void aDataSetCalledDeflatedMayHaveAZlibHeaderOrBePlain() throws Exception {
    byte[] plain = "\u0008\0\u0060\0CS\u0002\0CT".getBytes(StandardCharsets.ISO_8859_1);

    for (byte[] dataset : List.of(deflate(plain, true), deflate(plain, false), plain)) {
      assertThat(calledDeflated(dataset).dataset().getString(Tag.Modality)).isEqualTo("CT");
    }
    assertThat(calledDeflated(deflate(plain, true)).warnings()).isEmpty();
    assertThat(calledDeflated(deflate(plain, false)).warnings()).hasSize(1);
    assertThat(calledDeflated(plain).warnings()).hasSize(1);
  }

  @Test
  void aDamagedDeflateStreamIsRefusedWithAReason() throws Exception {
    byte[] noise = new byte[5000];
    new java.util.Random(5).nextBytes(noise);
    byte[] dataset =
        Arrays.copyOf(
            "\u0008\0\u0060\0UN\0\0\u0088\u0013\0\0".getBytes(StandardCharsets.ISO_8859_1),
            12 + 5000);
    System.arraycopy(noise, 0, dataset, 12, 5000);
    byte[] deflated = deflate(dataset, true);

    assertThatThrownBy(() -> calledDeflated(Arrays.copyOf(deflated, 2500)))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("DICOM-0001");
    byte[] other = {(byte) 0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertThatThrownBy(() -> calledDeflated(other))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("DICOM-0002");
  }
}
