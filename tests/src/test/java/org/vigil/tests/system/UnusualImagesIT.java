package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.net.AssociationRejectedException;
import org.vigil.dicom.net.RejectReason;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * Bad and unforeseen images: an unknown AE title is rejected, a truncated object refused without
 * hurting the next on the same association, and what no model can look at is "AI not run" with the
 * reason, never negative.
 */
class UnusualImagesIT {
  private static TestHospital hospital;

  @TempDir private Path folder;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void anUnknownCalledAeTitleIsRejectedPermanently() {
    RemoteAe nobody =
        RemoteAe.of("127.0.0.1", hospital.server().port(Port.DICOM), "NOBODY", "DXROOM1");

    assertThatExceptionOfType(AssociationRejectedException.class)
        .isThrownBy(() -> StorageScu.storeAll(nobody, hospital.normal().images()))
        .satisfies(
            e -> {
              RejectReason expected = RejectReason.CALLED_AE_TITLE_NOT_RECOGNIZED;
              assertThat(e.result()).isEqualTo(expected.result());
              assertThat(e.source()).isEqualTo(expected.source());
              assertThat(e.reason()).isEqualTo(expected.reason());
            });
  }

  @Test
  void aTruncatedObjectFailsAndTheNextOnTheSameAssociationIsStored() throws Exception {
    Visit broken = hospital.normal();
    Visit whole = hospital.normal();
    Path file = folder.resolve("whole.dcm");
    DicomWriter.write(file, broken.dicom(), UID.ExplicitVRLittleEndian);
    byte[] bytes = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.dcm");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

    List<StoreResult> results = hospital.send(List.of(StoreItem.of(cut), whole.images().get(0)));

    assertThat(results.get(0).isStored()).isFalse();
    assertThat(results.get(0).status().code() & 0xF000).isEqualTo(0xC000);
    assertThat(results.get(0).status().comment()).contains("IMAGING-0001");
    assertThat(results.get(1).isStored()).isTrue();
    assertThat(hospital.waitUntilAnalysed(whole).get("aiStatus").asText()).isEqualTo("completed");
    assertThat(hospital.line(broken)).isEmpty();
    assertThat(hospital.audit("OBJECT_REFUSED")).isNotEmpty();
  }

  @Test
  void anImageWithoutPixelDataIsStoredButNotCalledNegative() {
    Visit visit = hospital.normal();
    hospital.sendOrder(visit);

    List<StoreResult> results = hospital.send(visit.images(a -> a.remove(Tag.PixelData)));

    assertThat(results.get(0).isStored()).isTrue();
    assertNeverNegative(visit, hospital.waitUntilAnalysed(visit));
  }

  @Test
  void aModalityThatNoModelAcceptsIsNotRunWithTheReason() {
    Visit visit = hospital.normal();
    hospital.sendOrder(visit);

    List<StoreResult> results =
        hospital.send(
            visit.images(
                a -> {
                  a.setString(Tag.SOPClassUID, UID.CTImageStorage);
                  a.setString(Tag.Modality, "CT");
                }));

    assertThat(results.get(0).isStored()).isTrue();
    JsonNode line = hospital.waitUntilAnalysed(visit);
    assertThat(line.get("aiStatus").asText()).isEqualTo("not_run");
    assertThat(line.get("aiNotRunReason").asText()).contains("AI was not run", "model");
    assertNeverNegative(visit, line);
  }

  @Test
  void anotherObjectUnderTheSameUidIsRefusedAndTheFirstIsKept() {
    Visit visit = hospital.normal();
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);
    Attributes first = visit.dicom();

    List<StoreResult> results =
        hospital.send(visit.images(a -> a.setString(Tag.ImageComments, "Another picture")));

    assertThat(results.get(0).isStored()).isFalse();
    assertThat(results.get(0).status().code()).isEqualTo(0x0111);
    List<JsonNode> films =
        TestHospital.list(
                hospital
                    .as("RADIOLOGIST")
                    .with("Accept", "application/dicom+json")
                    .get("dicomweb/studies/" + visit.study() + "/metadata")
                    .ok())
            .stream()
            .filter(o -> o.at("/00080060/Value/0").asText().equals("DX"))
            .toList();
    assertThat(films).hasSize(1);
    assertThat(films.get(0).at("/00204000/Value/0").asText())
        .isEqualTo(first.getString(Tag.ImageComments));
  }

  private static void assertNeverNegative(Visit visit, JsonNode line) {
    assertThat(line.get("aiStatus").asText()).isIn("not_run", "failed");
    assertThat(line.get("topFinding").isNull()).isTrue();
    assertThat(line.get("severity").isNull()).isTrue();
    if (line.get("aiStatus").asText().equals("not_run")) {
      assertThat(line.get("aiNotRunReason").asText()).contains("AI was not run");
    } else {
      JsonNode analysis =
          hospital
              .as("RADIOLOGIST")
              .get("api/image-analysis/" + line.get("analysisIds").get(0).asText())
              .ok();
      assertThat(analysis.get("errorCode").asText()).isNotBlank();
      assertThat(analysis.get("errorMessage").asText()).isNotBlank();
    }
    assertThat(hospital.pacs().objects(UID.Comprehensive3DSRStorage))
        .noneMatch(o -> holds(o.file(), visit.study()));
    assertThat(hospital.ris().results()).noneMatch(r -> r.contains(visit.accession()));
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
