package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreResult;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** dcmtk's dcmqrscp as the archive that priors come from, with and without TLS around it. */
class DcmtkArchiveIT {
  @TempDir private static Path folder;
  private static TestHospital hospital;

  @BeforeAll
  static void open() {
    Program.DCMQRSCP.need();
    hospital = TestHospital.open();
  }

  @AfterAll
  static void close() {
    if (hospital != null) {
      hospital.close();
    }
  }

  private static void node(int port, String how, Map<String, Object> more) {
    Map<String, Object> node = new HashMap<>(more);
    node.put("kind", "dimse");
    node.put("aeTitle", Dcmqrscp.AE_TITLE);
    node.put("host", "localhost");
    node.put("port", port);
    node.put("capabilities", List.of("query", how));
    hospital.as("TENANT_ADMIN").send("PUT", "api/pacs-nodes/dcmqrscp", node).ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"move", "get"})
  void thePriorOfAnOrdersPatientIsFoundAndFetched(String how) throws IOException {
    int vigil = hospital.server().port(Port.DICOM);
    try (Dcmqrscp archive = Dcmqrscp.start(folder, hospital.aeTitle(), vigil)) {
      node(archive.port(), how, Map.of());
      assertPriorIsFetchedFrom(archive);
    }
  }

  /** Both what Vigil asks and what it is sent. */
  @ParameterizedTest
  @ValueSource(strings = {"move", "get"})
  void theSameOverTls(String how) throws IOException {
    Certificate certificate = Certificate.make(folder, "localhost");
    Path vigils = hospital.server().home().certificate();
    try (Stunnel vigil = Stunnel.towards(folder, hospital.server().port(Port.DICOM_TLS), vigils);
        Dcmqrscp archive = Dcmqrscp.start(folder, hospital.aeTitle(), vigil.port());
        Stunnel before = Stunnel.before(folder, archive.port(), certificate)) {
      node(before.port(), how, Map.of("tls", true, "trusted", certificate.text()));
      assertPriorIsFetchedFrom(archive);
    }
  }

  private static void assertPriorIsFetchedFrom(Dcmqrscp archive) throws IOException {
    Visit visit = hospital.normal();
    Visit old =
        visit.with(visit.request().patient(), "OLD" + visit.accession().substring(4), Uids.fresh());
    assertThat(
            StorageScu.storeAll(
                archive.calledBy("OLDMODALITY"), old.images(DcmtkArchiveIT::earlier)))
        .allMatch(StoreResult::isStored);

    hospital.sendOrder(visit);
    hospital.sendStudy(visit);

    JsonNode prior =
        Patience.until(
                "the prior to be here",
                () ->
                    TestHospital.list(
                        hospital
                            .as("RADIOLOGIST")
                            .get("api/studies/" + visit.study())
                            .ok()
                            .path("priors")),
                all -> all.stream().anyMatch(p -> p.path("state").asText().equals("stored")))
            .get(0);
    assertThat(prior.path("studyInstanceUid").asText()).isEqualTo(old.study());
    assertThat(prior.path("instances").asInt()).isEqualTo(1);
    assertThat(prior.path("problem").isNull()).isTrue();
  }

  private static void earlier(Attributes film) {
    film.setString(Tag.StudyDate, VR.DA, "20250317");
    film.setString(Tag.StudyDescription, VR.LO, "Chest PA");
  }
}
