package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

class DicomJsonReaderTest {
  private static final Path IMAGES = Path.of("../../../shared/data/dicom");

  private static Attributes read(String json) throws Exception {
    return DicomJsonReader.read(new StringReader(json), (of, tag, vr, uri) -> {});
  }

  @Test
  void everyValueThatIsWrittenIsReadBack() throws Exception {
    Attributes everything = RoundTripTest.everything();
    Attributes back = read(DicomJson.toJson(everything, (path, length) -> null));

    assertThat(back).isEqualTo(everything);
  }

  @Test
  void textIsUnicodeWhateverItWas() throws Exception {
    Attributes back =
        read(
            "{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 100\"]},"
                + "\"00100010\":{\"Value\":[{\"Alphabetic\":\"Yamada^Tarou\","
                + "\"Ideographic\":\"山田^太郎\"}],\"vr\":\"PN\"}}");

    assertThat(back.getString(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
    assertThat(back.getString(Tag.PatientName)).isEqualTo("Yamada^Tarou=山田^太郎");
  }

  @Test
  void answersOfSeveralDataSetsComeOneByOne() throws Exception {
    List<String> uids = new ArrayList<>();
    DicomJsonReader.readAll(
        new StringReader(
            "[{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}},"
                + "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.3\"]}}]"),
        (of, tag, vr, uri) -> {},
        dataset -> uids.add(dataset.getString(Tag.StudyInstanceUID)));

    assertThat(uids).containsExactly("1.2", "1.3");
  }

  @Test
  void referencesAreHandedOver() throws Exception {
    Map<Integer, String> references = new HashMap<>();
    Attributes dataset =
        DicomJsonReader.read(
            new StringReader("{\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"../frames/1\"}}"),
            (of, tag, vr, uri) -> references.put(tag, vr + " " + uri));

    assertThat(references).containsExactly(Map.entry(Tag.PixelData, "OW ../frames/1"));
    assertThat(dataset.contains(Tag.PixelData)).isFalse();
  }

  @Test
  void emptyItemsAndNumbersAsTextAreRead() throws Exception {
    Attributes back =
        read(
            "{\"00081032\":{\"vr\":\"SQ\",\"Value\":[{},{\"00080100\":{\"vr\":\"SH\","
                + "\"Value\":[\"P1\"]}}]},\"00280010\":{\"vr\":\"US\",\"Value\":[\"512\"]},"
                + "\"00280030\":{\"vr\":\"DS\",\"Value\":[0.5,null]}}");

    assertThat(back.getSequence(Tag.ProcedureCodeSequence)).hasSize(2);
    assertThat(back.getInt(Tag.Rows, 0)).isEqualTo(512);
    assertThat(back.getStrings(Tag.PixelSpacing)).containsExactly("0.5", "");
    assertThat(back.getVR(Tag.PixelSpacing)).isEqualTo(VR.DS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "[]",
        "[{},{}]",
        "{",
        "{} {}",
        "{\"1\":{\"vr\":\"CS\"}}",
        "{\"00080060\":{\"Value\":[\"CT\"]}}",
        "{\"00080060\":{\"vr\":\"ZZ\"}}",
        "{\"00080060\":{\"vr\":\"CS\",\"Value\":\"CT\"}}",
        "{\"00080060\":{\"vr\":\"CS\",\"Value\":[[\"CT\"]]}}",
        "{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"A\\\\B\"]}}",
        "{\"00280010\":{\"vr\":\"US\",\"Value\":[\"secret\"]}}",
        "{\"00280010\":{\"vr\":\"US\",\"Value\":[{}]}}",
        "{\"00280010\":{\"vr\":\"US\",\"Value\":[secret]}}",
        "{\"00282000\":{\"vr\":\"OB\",\"Value\":[{\"secret\":1}]}}"
      })
  void whatIsNoDataSetIsRefusedWithoutQuotingIt(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DicomException.class)
        .hasMessageStartingWith("DICOM-0002")
        .hasMessageNotContaining("secret");
  }

  @Test
  void nestingIsLimited() {
    String deep = "{\"0040A730\":{\"vr\":\"SQ\",\"Value\":[".repeat(100) + "{}" + "]}}".repeat(100);
    assertThatThrownBy(() -> read(deep)).hasMessageContaining("DICOM-0004");
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
        String json = DicomJson.toJson(dataset, (path, length) -> null);
        assertThat(DicomJson.toJson(read(json), (path, length) -> null))
            .as(file.toString())
            .isEqualTo(json);
        same++;
      }
    }
    assertThat(same).isGreaterThan(150);
  }
}
