package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Tag;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * Orthanc's DICOMweb plugin both ways: as a client of Vigil with the token of a service account,
 * and as the archive that results are stored at.
 */
class OrthancWebIT {
  @TempDir private static Path folder;
  private static TestHospital hospital;
  private static Orthanc orthanc;

  @BeforeAll
  static void open() {
    Program.ORTHANC.need();
    Assumptions.assumeTrue(Orthanc.hasDicomWeb(), "install the Debian package orthanc-dicomweb");
    hospital = TestHospital.open();
    Map<String, Object> vigil = new LinkedHashMap<>();
    vigil.put("Url", hospital.server().pages() + "dicomweb/");
    vigil.put(
        "HttpHeaders",
        Map.of(
            "Authorization", "Bearer " + hospital.server().token(hospital.id(), "PACS_SERVICE")));
    // Of Orthanc 1.10 in particular: its multipart is sent in chunks otherwise.
    vigil.put("ChunkedTransfers", true);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("Plugins", List.of(Orthanc.PLUGINS.toString()));
    settings.put("HttpsVerifyPeers", true);
    settings.put("HttpsCACertificates", hospital.server().home().certificate().toString());
    settings.put("DicomWeb", Map.of("Enable", true, "Servers", Map.of("vigil", vigil)));
    orthanc = Orthanc.start(hospital, folder, settings);
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

  @Test
  void orthancStoresAStudyInVigilWhichAnalysesIt() {
    Visit visit = hospital.critical();
    hospital.sendOrder(visit);
    orthanc.store(visit.images());

    orthanc.post(
        "/dicom-web/servers/vigil/stow",
        Map.of("Resources", List.of(instance(visit)), "Synchronous", true));

    assertThat(hospital.waitUntilAnalysed(visit).get("severity").asText()).isEqualTo("critical");
  }

  @Test
  void orthancSearchesVigilAndRetrievesAStudyFromIt() {
    Visit visit = hospital.normal();
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);

    JsonNode found =
        orthanc.post(
            "/dicom-web/servers/vigil/qido",
            Map.of("Uri", "/studies", "Arguments", Map.of("PatientID", visit.patientId())));
    assertThat(found).hasSize(1);
    assertThat(found.toString()).contains(visit.study());

    orthanc.post(
        "/dicom-web/servers/vigil/retrieve",
        Map.of(
            "Resources",
            List.of(
                Map.of(
                    "Study",
                    visit.study(),
                    "Series",
                    visit.dicom().getString(Tag.SeriesInstanceUID))),
            "Synchronous",
            true));

    assertThat(
            orthanc.post(
                "/tools/find",
                Map.of("Level", "Study", "Query", Map.of("StudyInstanceUID", visit.study()))))
        .hasSize(1);
  }

  @Test
  void resultsAreStoredAtOrthancAndCommitted() {
    hospital
        .as("TENANT_ADMIN")
        .send("PUT", "api/pacs-nodes/archive", orthanc.node("store", "commit"))
        .ok();
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
                            "url",
                            orthanc.webUrl(),
                            "aeTitle",
                            Orthanc.AE_TITLE))))
        .ok();
    Visit visit = hospital.critical();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);

    JsonNode stored =
        Patience.until(
            "report and heat map to be at Orthanc",
            () ->
                orthanc.post(
                    "/tools/find",
                    Map.of(
                        "Level",
                        "Series",
                        "Expand",
                        true,
                        "Query",
                        Map.of("StudyInstanceUID", visit.study()))),
            series -> series.size() == 2);
    assertThat(stored.toString()).contains("\"SR\"", "\"OT\"");
    Patience.until(
        "both to be committed",
        () ->
            hospital
                .as("TENANT_ADMIN")
                .get("api/storage-commitments?state=committed")
                .ok()
                .path("commitments"),
        committed -> committed.size() >= 2);
  }

  /** Orthanc's name of the only image. */
  private static String instance(Visit visit) {
    return orthanc
        .post(
            "/tools/find",
            Map.of("Level", "Instance", "Query", Map.of("StudyInstanceUID", visit.study())))
        .get(0)
        .asText();
  }
}
