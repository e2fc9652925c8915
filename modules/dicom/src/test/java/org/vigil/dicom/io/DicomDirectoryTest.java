package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomDirectory.Entry;

class DicomDirectoryTest {
  private static final Path IMAGES = Path.of("../../../shared/data/dicom");
  private static final String[] TYPES = {
    "PATIENT", "STUDY", "SERIES", "IMAGE", "IMAGE", "PATIENT", "STUDY", "SERIES", "IMAGE"
  };

  @TempDir Path folder;

  private static Attributes directory() {
    Attributes a = new Attributes();
    a.setString(Tag.FileSetID, VR.CS, "NIGHT");
    a.setLong(Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, VR.UL, 0);
    Sequence records = a.newSequence(Tag.DirectoryRecordSequence, TYPES.length);
    for (int i = 0; i < TYPES.length; i++) {
      Attributes record = new Attributes();
      records.add(record);
      record.setLong(Tag.OffsetOfTheNextDirectoryRecord, VR.UL, 0);
      record.setLong(Tag.OffsetOfReferencedLowerLevelDirectoryEntity, VR.UL, 0);
      record.setString(Tag.DirectoryRecordType, VR.CS, TYPES[i]);
      record.setInt(Tag.InstanceNumber, VR.IS, i);
      if (TYPES[i].equals("IMAGE")) {
        record.setString(Tag.ReferencedFileID, VR.CS, "IMAGES", "IM" + i);
      }
    }
    return a;
  }

  private Path write(Attributes a) throws Exception {
    Path file = folder.resolve("DICOMDIR");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.write(
        out,
        DicomWriter.fileMetaInformation(
            "1.2.840.10008.1.3.10", "1.2.3", UID.ExplicitVRLittleEndian),
        a);
    return Files.write(file, out.toByteArray());
  }

  /** Writes once to learn where the records lie, and once more with the links. */
  private Path linked(int[] next, int[] lower) throws Exception {
    Attributes a = directory();
    Path file = write(a);
    Map<Attributes, Long> offsets = new IdentityHashMap<>();
    Attributes read = DicomReader.of(file).itemOffsets(offsets).read().dataset();
    List<Long> at = new ArrayList<>();
    read.getSequence(Tag.DirectoryRecordSequence).forEach(r -> at.add(offsets.get(r)));
    a.setLong(Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, VR.UL, at.get(0));
    Sequence records = a.getSequence(Tag.DirectoryRecordSequence);
    for (int i = 0; i < TYPES.length; i++) {
      long to = next[i] < 0 ? 0 : at.get(next[i]);
      records.get(i).setLong(Tag.OffsetOfTheNextDirectoryRecord, VR.UL, to);
      long down = lower[i] < 0 ? 0 : at.get(lower[i]);
      records.get(i).setLong(Tag.OffsetOfReferencedLowerLevelDirectoryEntity, VR.UL, down);
    }
    return write(a);
  }

  private static String shape(List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(entry.type().charAt(0))
          .append(entry.attributes().getInt(Tag.InstanceNumber, -1))
          .append('(')
          .append(shape(entry.children()))
          .append(')');
    }
    return text.toString();
  }

  @Test
  void theLinksMakeTheTree() throws Exception {
    // The first patient comes second, the images in reverse: order in the file says nothing.
    int[] next = {-1, -1, -1, -1, 3, 0, -1, -1, -1};
    int[] lower = {1, 2, 4, -1, -1, 6, 7, 8, -1};
    next[0] = 5;
    next[5] = -1;
    DicomDirectory directory = DicomDirectory.read(linked(next, lower));

    assertThat(directory.fileSetId()).isEqualTo("NIGHT");
    assertThat(shape(directory.roots())).isEqualTo("P0(S1(S2(I4()I3())))P5(S6(S7(I8())))");
    assertThat(directory.warnings()).isEmpty();
  }

  @Test
  void withoutLinksTheOrderIsUsedAndSaid() throws Exception {
    DicomDirectory directory = DicomDirectory.read(write(directory()));

    assertThat(shape(directory.roots())).isEqualTo("P0(S1(S2(I3()I4())))P5(S6(S7(I8())))");
    assertThat(directory.warnings()).singleElement().asString().contains("9 of 9");
  }

  @Test
  void circlesEnd() throws Exception {
    int[] next = {0, 0, 0, 0, 0, 0, 0, 0, 0};
    int[] lower = {0, 0, 0, 0, 0, 0, 0, 0, 0};

    assertThat(DicomDirectory.read(linked(next, lower)).warnings()).hasSize(1);
  }

  @Test
  void filesAreFoundInEitherCaseAndNeverOutsideOfTheMedium() throws Exception {
    Path file = write(directory());
    Files.createDirectories(folder.resolve("images"));
    Files.writeString(folder.resolve("images/im3"), "x");
    DicomDirectory directory = DicomDirectory.read(file);
    Entry series = directory.roots().get(0).children().get(0).children().get(0);

    assertThat(directory.fileOf(series)).isEmpty();
    assertThat(directory.fileOf(series.children().get(0)).orElseThrow()).isRegularFile();
    assertThat(directory.fileOf(series.children().get(1)).orElseThrow()).doesNotExist();
    for (String hostile : List.of("..", "../../etc", "/etc/passwd", "a\\\\b", "C:")) {
      Attributes record = new Attributes();
      record.setBytes(Tag.ReferencedFileID, VR.LT, hostile.getBytes());
      assertThatThrownBy(() -> directory.fileOf(new Entry("IMAGE", record, List.of())))
          .as(hostile)
          .isInstanceOf(DicomException.class);
    }
  }

  @Test
  void whatIsNoDirectoryIsRefused() {
    assertThatThrownBy(() -> DicomDirectory.read(write(new Attributes())))
        .hasMessageContaining("no directory");
  }

  static boolean imagesAreThere() {
    return Files.isDirectory(IMAGES);
  }

  @Test
  @EnabledIf("imagesAreThere")
  void openDirectoriesAreRead() throws Exception {
    for (String name : List.of("DICOMDIR", "DICOMDIR-bigEnd", "DICOMDIR-nooffset")) {
      DicomDirectory directory =
          DicomDirectory.read(IMAGES.resolve("pydicom/test_files_dicomdirtests_" + name));
      assertThat(directory.roots()).as(name).extracting(Entry::type).containsOnly("PATIENT");
      assertThat(directory.roots()).as(name).hasSize(2);
    }
    assertThat(DicomDirectory.read(IMAGES.resolve("dcm4che/DICOMDIR")).roots()).isNotEmpty();
    assertThat(
            DicomDirectory.read(
                    IMAGES.resolve("pydicom/test_files_dicomdirtests_DICOMDIR-empty.dcm"))
                .roots())
        .isEmpty();
  }
}
