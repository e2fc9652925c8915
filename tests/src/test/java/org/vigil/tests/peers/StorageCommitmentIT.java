package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.NormalizedScu;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** Storage commitment with Orthanc: Vigil asks it, and it asks Vigil. */
class StorageCommitmentIT {
  @TempDir private static Path folder;
  private static TestHospital hospital;
  private static Orthanc orthanc;

  @BeforeAll
  static void open() {
    Program.ORTHANC.need();
    hospital = TestHospital.open();
    orthanc = Orthanc.start(hospital, folder);
    hospital
        .as("TENANT_ADMIN")
        .send("PUT", "api/pacs-nodes/archive", orthanc.node("store", "commit"))
        .ok();
    // Results go to Orthanc too.
    hospital
        .server()
        .as(null, "PLATFORM_ADMIN")
        .post(
            "api/platform/tenants",
            Map.of(
                "id", hospital.id(),
                "name", "Hospital of a test",
                "timeZone", "UTC",
                "aeTitle", hospital.aeTitle(),
                "receivingFacility", hospital.aeTitle(),
                "destinations",
                    List.of(
                        Map.of(
                            "kind",
                            "DICOM",
                            "host",
                            "127.0.0.1",
                            "port",
                            orthanc.dicomPort(),
                            "aeTitle",
                            Orthanc.AE_TITLE))))
        .ok();
  }

  @AfterAll
  static void close() {
    if (orthanc != null) {
      orthanc.close();
    }
    if (hospital != null) {
      hospital.close();
    }
  }

  private static List<JsonNode> commitments(String state) {
    return TestHospital.list(
        hospital
            .as("TENANT_ADMIN")
            .get("api/storage-commitments?state=" + state)
            .ok()
            .path("commitments"));
  }

  @Test
  void resultsAreCommittedByTheArchive() {
    Visit visit = hospital.critical();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);

    // The measurement report and the heat map.
    List<JsonNode> committed =
        Patience.until(
            "both results to be committed", () -> commitments("committed"), c -> c.size() == 2);
    assertThat(committed).allSatisfy(c -> assertThat(c.path("node").asText()).isEqualTo("archive"));
    assertThat(hospital.audit("STORAGE_COMMITMENT_RECEIVED")).hasSize(2);
  }

  @Test
  void vigilCommitsWhatItHasAndNamesWhatItHasNot() {
    Visit visit = hospital.normal();
    hospital.sendStudy(visit);
    orthanc.store(visit.images());
    JsonNode instances = orthanc.get("/instances?expand");
    String id = null;
    for (JsonNode instance : instances) {
      if (instance.path("MainDicomTags").path("SOPInstanceUID").asText().equals(uid(visit))) {
        id = instance.path("ID").asText();
      }
    }
    JsonNode asked =
        orthanc.post(
            "/modalities/vigil/storage-commitment",
            Map.of(
                "Resources", List.of(id),
                "DicomInstances",
                    List.of(
                        Map.of(
                            "SOPClassUID", UID.CTImageStorage, "SOPInstanceUID", "1.2.3.4.5.6"))));

    JsonNode report =
        Patience.until(
            "the report to arrive",
            () -> orthanc.get(asked.path("Path").asText()),
            r -> !r.path("Status").asText().equals("Pending"));
    assertThat(report.path("Status").asText()).isEqualTo("Failure");
    assertThat(report.path("Success").toString()).contains(uid(visit));
    assertThat(report.path("Failures").toString()).contains("1.2.3.4.5.6");
  }

  @Test
  void nobodyElsesReportIsBelieved() throws IOException {
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, Uids.fresh());
    Attributes reference = new Attributes();
    reference.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.CTImageStorage);
    reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.3");
    information.newSequence(Tag.ReferencedSOPSequence, 1).add(reference);
    try (NormalizedScu scp =
        NormalizedScu.openAsScp(hospital.dicom(), UID.StorageCommitmentPushModel)) {
      assertThat(scp.report(UID.StorageCommitmentPushModelInstance, 1, information).status().code())
          .isEqualTo(DimseStatus.NO_SUCH_OBJECT_INSTANCE);
    }
    try (NormalizedScu scu = NormalizedScu.open(hospital.dicom(), UID.StorageCommitmentPushModel)) {
      assertThat(scu.requestCommitment(Uids.fresh(), List.of(new Attributes(reference))).code())
          .isEqualTo(DimseStatus.NOT_AUTHORIZED);
    }
  }

  private static String uid(Visit visit) {
    return visit.images().get(0).sopInstanceUid();
  }
}
