package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;

class RoundTripTest {

  @TempDir Path folder;

  /** A data set with every VR, nested sequences, private elements and text of several scripts. */
  static Attributes everything() {
    Attributes a = new Attributes();
    a.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    a.setString(Tag.SOPClassUID, UID.SecondaryCaptureImageStorage);
    a.setString(Tag.SOPInstanceUID, Uids.named("everything"));
    a.setString(Tag.ImageType, "DERIVED", "SECONDARY");
    a.setString(Tag.StudyDate, "20261122");
    a.setString(Tag.StudyTime, "021700.123");
    a.setString(Tag.AcquisitionDateTime, "20261122021700+0100");
    a.setString(Tag.RetrieveAETitle, "STAGNES");
    a.setString(Tag.PatientName, "Žižka^Jan=山田^太郎");
    a.setString(Tag.PatientAge, "042Y");
    a.setString(Tag.AccessionNumber, "A1");
    a.setString(Tag.StudyDescription, "Thorax à plat");
    a.setString(Tag.PatientComments, "  indented\r\nsecond line");
    a.setString(Tag.InstitutionAddress, "Straße 1");
    a.setString(Tag.TextValue, "text \\ with backslash");
    a.setString(Tag.LongCodeValue, "a long code");
    a.setString(Tag.RetrieveURL, "https://example.org/x");
    a.setDouble(Tag.PixelSpacing, 0.5, 0.25);
    a.setString(Tag.InstanceNumber, "7");
    a.setInt(Tag.Rows, 2);
    a.setInt(Tag.PixelPaddingValue, VR.SS, -2000);
    a.setInt(Tag.FrameIncrementPointer, VR.AT, Tag.FrameTime);
    a.setInt(Tag.RegionFlags, VR.UL, -1);
    a.setInt(Tag.DisplayedAreaTopLeftHandCorner, VR.SL, 1, -1);
    a.setDouble(Tag.GraphicData, VR.FL, 1.5, -2.25);
    a.setDouble(Tag.FloatingPointValue, VR.FD, Math.PI);
    a.setLong(Tag.ExtendedOffsetTable, VR.OV, 0, 1L << 40);
    a.setLong(0x00080221, VR.SV, -5L);
    a.setLong(0x00080222, VR.UV, 1L << 62);
    a.setBytes(Tag.EncapsulatedDocument, VR.OB, new byte[] {1, 2, 3, 4});
    a.setLong(Tag.RedPaletteColorLookupTableData, VR.OW, 1, 2, 0xFFFF);
    a.setDouble(Tag.FloatPixelData, VR.OF, 1, 2);
    a.setDouble(Tag.DoubleFloatPixelData, VR.OD, 3);
    a.setLong(0x00660040, VR.OL, 9, 10);
    a.setNull(Tag.PatientBirthDate, VR.DA);
    a.setNull(Tag.ReferencedStudySequence, VR.SQ);
    Attributes item = new Attributes();
    a.newSequence(Tag.RequestAttributesSequence, 2).add(item);
    a.getSequence(Tag.RequestAttributesSequence).add(new Attributes());
    item.setString(Tag.RequestedProcedureID, "P1");
    Attributes inner = new Attributes();
    item.newSequence(Tag.RequestedProcedureCodeSequence, 1).add(inner);
    inner.setString(Tag.CodeMeaning, "Röntgen");
    a.setString(a.reservePrivateTag("VIGIL TEST", 0x00090001), VR.LO, "private");
    a.setBytes(a.reservePrivateTag("VIGIL TEST", 0x00090002), VR.UN, new byte[] {9, 8});
    a.setBytes(Tag.PixelData, VR.OW, new byte[] {1, 0, 2, 0, 3, 0, 4, 0});
    return a;
  }

  private static byte[] dataset(Attributes a, String syntax) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, a, syntax);
    return out.toByteArray();
  }

  private static Attributes read(byte[] bytes, String syntax) throws Exception {
    return DicomReader.readDataset(new ByteArrayInputStream(bytes), syntax);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UID.ExplicitVRLittleEndian,
        UID.ExplicitVRBigEndian,
        UID.DeflatedExplicitVRLittleEndian
      })
  void everyValueSurvivesAnExplicitTransferSyntax(String syntax) throws Exception {
    byte[] bytes = dataset(everything(), syntax);
    assertThat(bytes.length % 2).isZero();
    assertThat(read(bytes, syntax)).isEqualTo(everything());
  }

  @Test
  void everyStandardValueSurvivesImplicitVr() throws Exception {
    Attributes back =
        read(dataset(everything(), UID.ImplicitVRLittleEndian), UID.ImplicitVRLittleEndian);
    Attributes expected = everything();
    assertThat(back.tags()).isEqualTo(expected.tags());
    for (int tag : expected.tags()) {
      if (!Tag.isPrivate(tag)
          && tag != Tag.PixelPaddingValue
          && tag != 0x00080221
          && tag != 0x00080222) {
        assertThat(back.getStrings(tag))
            .as(Tag.toString(tag))
            .containsExactly(expected.getStrings(tag));
      }
    }
    assertThat(back.getString(0x00091001)).isEqualTo("private");
    assertThat(back.getBytes(Tag.PixelPaddingValue)).isEqualTo(new byte[] {0x30, (byte) 0xF8});
  }

  @Test
  void aFileHasPreambleMetaInformationAndDataSet() throws Exception {
    Path file = folder.resolve("a.dcm");
    DicomWriter.write(file, everything(), UID.ExplicitVRLittleEndian);
    DicomObject object = DicomReader.of(file).read();
    assertThat(object.warnings()).isEmpty();
    assertThat(object.dataset()).isEqualTo(everything());
    assertThat(object.fileMetaInformation().getString(Tag.MediaStorageSOPInstanceUID))
        .isEqualTo(Uids.named("everything"));
    assertThat(object.fileMetaInformation().getString(Tag.ImplementationVersionName))
        .isEqualTo("VIGIL_0_1");
    byte[] bytes = Files.readAllBytes(file);
    int groupLength = object.fileMetaInformation().getInt(Tag.FileMetaInformationGroupLength, 0);
    assertThat(DicomReader.readHeader(org.vigil.dicom.data.ByteSource.of(file)).datasetOffset())
        .isEqualTo(132 + 12 + groupLength);
    assertThat(bytes).hasSizeGreaterThan(132);
  }

  @Test
  void bulkDataStaysInItsFileAndCanBeWrittenAgain() throws Exception {
    Attributes a = everything();
    byte[] pixels = new byte[100_000];
    Arrays.fill(pixels, (byte) 7);
    a.setBytes(Tag.PixelData, VR.OW, pixels);
    Path file = folder.resolve("big.dcm");
    DicomWriter.write(file, a, UID.ImplicitVRLittleEndian);
    Attributes lean = DicomReader.of(file).leaveBulk(1000).read().dataset();
    assertThat(lean.getValue(Tag.PixelData)).isInstanceOf(BulkData.class);
    assertThat(lean.getBytes(Tag.PixelData)).isEqualTo(pixels);
    for (String syntax : new String[] {UID.ExplicitVRLittleEndian, UID.ExplicitVRBigEndian}) {
      assertThat(read(dataset(lean, syntax), syntax).getBytes(Tag.PixelData)).isEqualTo(pixels);
    }
    assertThat(DicomReader.of(file).stopAt(Tag.PixelData).read().dataset().contains(Tag.PixelData))
        .isFalse();
  }

  @Test
  void fragmentsAreCopiedAsTheyAre() throws Exception {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, UID.SecondaryCaptureImageStorage);
    a.setString(Tag.SOPInstanceUID, "1.2.3");
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2});
    a.setFragments(Tag.PixelData, fragments);
    Path file = folder.resolve("j.dcm");
    DicomWriter.write(file, a, UID.JPEGBaseline8Bit);
    Fragments back = DicomReader.of(file).leaveBulk(1).read().dataset().getFragments(Tag.PixelData);
    assertThat(back.size()).isEqualTo(2);
    assertThat(back.bytesOf(1)).containsExactly(0xFF, 0xD8, 1, 2);
    assertThatThrownBy(() -> dataset(a, UID.ExplicitVRLittleEndian))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("DICOM-0006");
    assertThatThrownBy(() -> dataset(everything(), UID.JPEGBaseline8Bit))
        .isInstanceOf(DicomException.class);
  }

  @Test
  void textTooLongForItsVrTravelsAsUnknown() throws Exception {
    Attributes a = new Attributes();
    String text = "x".repeat(70_000);
    a.setString(Tag.PatientComments, VR.LT, text);
    Attributes back = read(dataset(a, UID.ExplicitVRLittleEndian), UID.ExplicitVRLittleEndian);
    assertThat(back.getString(Tag.PatientComments)).isEqualTo(text);
  }

  @Test
  void aTruncatedObjectIsRefusedWithTagAndOffsetWhereverItEnds() throws Exception {
    for (String syntax : new String[] {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian}) {
      byte[] whole = dataset(everything(), syntax);
      int refused = 0;
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        try {
          // Between two elements a shorter data set is a data set.
          assertThat(read(part, syntax).size()).isLessThan(everything().size());
        } catch (DicomException e) {
          assertThat(e.error()).isEqualTo(DicomError.TRUNCATED);
          assertThat(e.offset()).isBetween(0L, (long) length);
          assertThat(e.getMessage()).contains("at byte");
          refused++;
        }
      }
      assertThat(refused).isGreaterThan(whole.length * 9 / 10);
    }
  }

  @Test
  void aTruncatedFileIsRefusedWithoutReadingItsPixels() throws Exception {
    Path file = folder.resolve("t.dcm");
    DicomWriter.write(file, everything(), UID.ExplicitVRLittleEndian);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> DicomReader.of(file).leaveBulk(1).read())
        .isInstanceOfSatisfying(
            DicomException.class,
            e -> {
              assertThat(e.error()).isEqualTo(DicomError.TRUNCATED);
              assertThat(e.tag()).isEqualTo(Tag.PixelData);
            });
  }

  @Test
  void damagedBytesNeverEndInAnythingButADicomException() throws Exception {
    byte[] whole = dataset(everything(), UID.ExplicitVRLittleEndian);
    java.util.Random random = new java.util.Random(17);
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k < 3; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        Attributes back = read(damaged, UID.ExplicitVRLittleEndian);
        dataset(back, UID.ExplicitVRLittleEndian);
      } catch (DicomException e) {
        assertThat(e.error()).isNotNull();
      }
    }
  }

  @Test
  void nestingIsLimited() throws Exception {
    Attributes top = new Attributes();
    Attributes at = top;
    for (int i = 0; i < 40; i++) {
      Attributes item = new Attributes();
      at.newSequence(Tag.ContentSequence, 1).add(item);
      at = item;
    }
    byte[] bytes = dataset(top, UID.ExplicitVRLittleEndian);
    assertThatThrownBy(() -> read(bytes, UID.ExplicitVRLittleEndian))
        .hasMessageContaining("DICOM-0004");
    assertThat(
            DicomReader.of(new ByteArrayInputStream(bytes)).maxNesting(50).read().dataset().size())
        .isEqualTo(1);
  }

  @Test
  void whatIsNoDicomIsRefused() {
    assertThatThrownBy(
            () -> DicomReader.of(new ByteArrayInputStream("hello world".getBytes())).read())
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("DICOM-0002");
    assertThatThrownBy(() -> DicomReader.of(new ByteArrayInputStream(new byte[500])).read())
        .isInstanceOf(DicomException.class);
  }

  @Test
  void aWrongTransferSyntaxIsNoticed() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFileMetaInformation(
        out, DicomWriter.fileMetaInformation(everything(), UID.ImplicitVRLittleEndian));
    DicomWriter.writeDataset(out, everything(), UID.ExplicitVRLittleEndian);
    DicomObject object = DicomReader.of(new ByteArrayInputStream(out.toByteArray())).read();
    assertThat(object.dataset()).isEqualTo(everything());
    assertThat(object.transferSyntax()).isEqualTo(UID.ExplicitVRLittleEndian);
    assertThat(object.warnings()).hasSize(1);
  }
}
