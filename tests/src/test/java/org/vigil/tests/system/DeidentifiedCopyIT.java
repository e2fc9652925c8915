package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.pixel.Frame;
import org.vigil.dicom.pixel.PixelDecoder;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** What leaves for teaching and research identifies nobody, and stays together. */
class DeidentifiedCopyIT {
  private static TestHospital hospital;
  private static Rest archivist;

  @BeforeAll
  static void open() {
    hospital = TestHospital.open();
    archivist = hospital.as("PACS_ADMIN");
  }

  @AfterAll
  static void close() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void studiesOfAPatientStayTogetherAndNameNobody() throws IOException {
    Visit first = stored(d -> d.setString(Tag.BurnedInAnnotation, VR.CS, "NO"));
    Visit other = hospital.normal();
    Visit second =
        stored(
            other.with(first.request().patient(), other.accession(), other.study()),
            d -> d.setString(Tag.BurnedInAnnotation, VR.CS, "NO"));

    Map<String, byte[]> copy = copy(first, Map.of("reason", "teaching file"));
    Attributes of = dataset(copy.get("000001.dcm"));
    Attributes later = dataset(copy(second, Map.of("reason", "teaching file")).get("000001.dcm"));

    assertThat(of.getString(Tag.PatientIdentityRemoved)).isEqualTo("YES");
    assertThat(of.getString(Tag.StudyInstanceUID)).isNotEqualTo(first.study());
    assertThat(of.getString(Tag.PatientID))
        .isNotEqualTo(first.patientId())
        .isEqualTo(later.getString(Tag.PatientID));
    assertThat(of.getString(Tag.StudyInstanceUID))
        .isNotEqualTo(later.getString(Tag.StudyInstanceUID));
    for (byte[] file : copy.values()) {
      assertThat(new String(file, StandardCharsets.ISO_8859_1))
          .doesNotContain(
              first.patientId(),
              first.request().patient().familyName(),
              first.accession(),
              first.study());
    }
    assertThat(new String(copy.get("report.txt"), StandardCharsets.UTF_8))
        .contains("000001.dcm", "PatientName", "1 written, 0 left out");
    assertThat(hospital.audit("STUDY_DEIDENTIFIED"))
        .anyMatch(e -> e.toString().contains("teaching file"));
  }

  @Test
  void burnedInTextIsRefusedOrMasked() throws IOException {
    Visit visit = stored(d -> d.setString(Tag.BurnedInAnnotation, VR.CS, "YES"));

    Rest.Answer refused = ask(visit, Map.of("reason", "research"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("code").asText()).isEqualTo("IMAGING-0081");
    assertThat(refused.text()).contains("(0028,0301)").doesNotContain(visit.patientId());

    Map<String, Object> mask = Map.of("x", 0, "y", 0, "width", 32, "height", 16);
    byte[] file =
        copy(visit, Map.of("reason", "research", "masks", List.of(mask))).get("000001.dcm");
    Frame frame = PixelDecoder.of(DicomReader.of(new ByteArrayInputStream(file)).read()).frame(0);
    int black = frame.value(0);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        assertThat(frame.value(y * frame.columns() + x)).isEqualTo(black);
      }
    }
    assertThat(dataset(file).getString(Tag.BurnedInAnnotation)).isEqualTo("NO");
  }

  @Test
  void aReportBesideTheFilmIsCopiedUnmasked() throws IOException {
    Visit visit = stored(d -> d.setString(Tag.BurnedInAnnotation, VR.CS, "YES"));
    Attributes report = new Attributes();
    report.setString(Tag.SOPClassUID, VR.UI, UID.BasicTextSRStorage);
    report.setString(Tag.SOPInstanceUID, VR.UI, Uids.fresh());
    report.setString(Tag.StudyInstanceUID, VR.UI, visit.study());
    report.setString(Tag.SeriesInstanceUID, VR.UI, Uids.fresh());
    report.setString(Tag.PatientID, VR.LO, visit.patientId());
    report.setString(Tag.Modality, VR.CS, "SR");
    hospital.send(List.of(StoreItem.of(report, UID.ExplicitVRLittleEndian)));

    Map<String, Object> mask = Map.of("x", 0, "y", 0, "width", 8, "height", 8);
    Map<String, byte[]> copy = copy(visit, Map.of("reason", "research", "masks", List.of(mask)));

    assertThat(copy).containsOnlyKeys("000001.dcm", "000002.dcm", "report.txt");
    assertThat(List.of(dataset(copy.get("000001.dcm")), dataset(copy.get("000002.dcm"))))
        .extracting(d -> d.getString(Tag.Modality))
        .containsExactlyInAnyOrder("DX", "SR");
  }

  @Test
  void aMaskOutsideOfAnImageIsRefusedBeforeTheFirstByte() {
    Visit visit = stored(d -> d.setString(Tag.BurnedInAnnotation, VR.CS, "YES"));
    Map<String, Object> mask = Map.of("x", 0, "y", 0, "width", 60_000, "height", 16);

    Rest.Answer refused = ask(visit, Map.of("reason", "research", "masks", List.of(mask)));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("code").asText()).isEqualTo("KERNEL-0003");
    assertThat(refused.text()).contains("masks", "reaches out of an image");
  }

  @Test
  void whatIsNotAllowedLeavesNot() {
    Visit visit = stored(d -> d.setString(Tag.BurnedInAnnotation, VR.CS, "NO"));
    assertThat(ask(visit, Map.of()).json().get("code").asText()).isEqualTo("TENANCY-0011");
    assertThat(
            ask(visit, Map.of("reason", "x", "options", List.of("KEEP_EVERYTHING")))
                .json()
                .get("code")
                .asText())
        .isEqualTo("KERNEL-0003");
    hospital
        .as("PRIVACY_OFFICER")
        .send(
            "PUT",
            "api/consents",
            Map.of(
                "patientId",
                visit.patientId(),
                "scope",
                "export",
                "optedOut",
                true,
                "reason",
                "said so"))
        .ok();
    Rest.Answer refused = ask(visit, Map.of("reason", "research"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("code").asText()).isEqualTo("TENANCY-0010");
  }

  private static Visit stored(Consumer<Attributes> change) {
    return stored(hospital.normal(), change);
  }

  private static Visit stored(Visit visit, Consumer<Attributes> change) {
    hospital.send(visit.images(change));
    Patience.until(
        "the study is there",
        () -> archivist.get("api/studies/" + visit.study()).status(),
        status -> status == 200);
    return visit;
  }

  private static Rest.Answer ask(Visit visit, Map<String, Object> body) {
    return archivist.post("api/studies/" + visit.study() + "/deidentified-copy", body);
  }

  private static Map<String, byte[]> copy(Visit visit, Map<String, Object> body)
      throws IOException {
    byte[] archive =
        archivist.download("api/studies/" + visit.study() + "/deidentified-copy", body);
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static Attributes dataset(byte[] file) throws IOException {
    DicomObject object = DicomReader.of(new ByteArrayInputStream(file)).read();
    return object.dataset();
  }
}
