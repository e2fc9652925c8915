package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

class DicomXmlTest {
  private static final Path IMAGES = Path.of("../../../shared/data/dicom");

  @TempDir Path folder;

  private static Attributes dataset() {
    Attributes a = new Attributes();
    a.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    a.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    a.setString(Tag.ImageType, VR.CS, "ORIGINAL", "", "AXIAL");
    a.setString(Tag.PatientName, VR.PN, "Yamada^Tarou=山田^太郎=やまだ^たろう");
    a.setString(Tag.PatientComments, VR.LT, "a < b & c\n  two spaces");
    a.setNull(Tag.PatientBirthDate, VR.DA);
    a.setInt(Tag.Rows, VR.US, 65535);
    a.setDouble(Tag.RescaleSlope, VR.DS, 0.25);
    a.setBytes(Tag.ICCProfile, VR.OB, new byte[] {1, 2, 3, -1});
    Attributes item = new Attributes();
    item.setString(Tag.CodeMeaning, VR.LO, "Größe");
    a.newSequence(Tag.ProcedureCodeSequence, 1).add(item);
    a.setString(0x00091001, VR.LO, "private");
    a.setString(0x00090010, VR.LO, "MAKER");
    return a;
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    String xml = DicomXml.toXml(dataset(), (path, length) -> null);

    assertThat(xml).contains("privateCreator=\"MAKER\"").contains("keyword=\"PatientName\"");
    Attributes back = DicomXmlReader.read(new StringReader(xml), (of, tag, vr, uri) -> {});
    assertThat(back).isEqualTo(dataset());
  }

  @Test
  void bulkDataIsReferredTo() throws Exception {
    String xml = DicomXml.toXml(dataset(), (path, length) -> "bulk/" + path);
    Map<Integer, String> references = new HashMap<>();
    DicomXmlReader.read(new StringReader(xml), (of, tag, vr, uri) -> references.put(tag, uri));

    assertThat(references).containsExactly(Map.entry(Tag.ICCProfile, "bulk/00282000"));
  }

  @Test
  void whatIsNoModelIsRefused() {
    for (String xml :
        new String[] {
          "<a/>",
          "<NativeDicomModel><DicomAttribute tag='1' vr='CS'/></NativeDicomModel>",
          "<NativeDicomModel><DicomAttribute tag='00080060' vr='ZZ'/></NativeDicomModel>",
          "<NativeDicomModel><DicomAttribute tag='00280010' vr='US'><Value>x</Value>"
              + "</DicomAttribute></NativeDicomModel>",
          "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><NativeDicomModel/>",
          "<NativeDicomModel><DicomAttribute tag='00080060' vr='CS'>"
              + "<Value number='2000000000'>CT</Value></DicomAttribute></NativeDicomModel>",
          "<NativeDicomModel>",
          ""
        }) {
      assertThatThrownBy(() -> DicomXmlReader.read(new StringReader(xml), (of, tag, vr, uri) -> {}))
          .as(xml)
          .isInstanceOf(DicomException.class);
    }
  }

  static boolean dcmtkIsThereOrMustBe() {
    return "true".equals(System.getenv("CI"))
        || Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
            .anyMatch(d -> Files.isExecutable(Path.of(d, "dcm2xml")));
  }

  @Test
  @EnabledIf("dcmtkIsThereOrMustBe")
  void whatDcmtkWritesIsRead() throws Exception {
    Path file = folder.resolve("a.dcm");
    Path xml = folder.resolve("a.xml");
    DicomWriter.write(file, dataset(), UID.ExplicitVRLittleEndian);
    Process process =
        new ProcessBuilder("dcm2xml", "-nat", "+Eb", file.toString(), xml.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();

    Attributes back =
        DicomXmlReader.read(new StringReader(Files.readString(xml)), (of, tag, vr, uri) -> {});
    back.removeIf(tag -> Tag.group(tag) == 2);
    assertThat(back).isEqualTo(dataset());
  }

  static boolean imagesAreThere() {
    return Files.isDirectory(IMAGES);
  }

  @Test
  @EnabledIf("imagesAreThere")
  void theOpenFilesComeBack() throws Exception {
    int same = 0;
    try (Stream<Path> files = Files.walk(IMAGES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Attributes dataset;
        try {
          dataset = DicomReader.of(file).read().dataset();
        } catch (java.io.IOException e) {
          continue;
        }
        dataset.remove(Tag.PixelData);
        String xml = DicomXml.toXml(dataset, (path, length) -> null);
        Attributes back = DicomXmlReader.read(new StringReader(xml), (of, tag, vr, uri) -> {});
        dataset.removeIf(tag -> Tag.element(tag) == 0);
        assertThat(back.size()).as(file.toString()).isEqualTo(dataset.size());
        same++;
      }
    }
    assertThat(same).isGreaterThan(150);
  }
}
