package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** Priors of the patients of new orders, fetched from an Orthanc. */
class PriorsIT {
  @TempDir private static Path folder;
  private static TestHospital hospital;
  private static Orthanc orthanc;

  @BeforeAll
  static void open() {
    Program.ORTHANC.need();
    hospital = TestHospital.open();
    orthanc = Orthanc.start(hospital, folder);
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

  @BeforeEach
  void byMove() {
    node("query", "move");
  }

  private static void node(String... capabilities) {
    hospital
        .as("TENANT_ADMIN")
        .send("PUT", "api/pacs-nodes/archive", orthanc.node(capabilities))
        .ok();
  }

  /** An earlier visit of a patient. */
  private static Visit earlier(Visit visit) {
    return visit.with(
        visit.request().patient(), "OLD" + visit.accession().substring(4), Uids.fresh());
  }

  private static void archive(Visit visit, String description) {
    orthanc.store(visit.images(film -> old(film, description)));
  }

  private static void old(Attributes film, String description) {
    film.setString(Tag.StudyDate, VR.DA, "20250317");
    film.setString(Tag.StudyDescription, VR.LO, description);
  }

  private static List<JsonNode> priors(Visit visit) {
    return TestHospital.list(
        hospital.as("RADIOLOGIST").get("api/studies/" + visit.study()).ok().path("priors"));
  }

  private static JsonNode waitUntilStored(Visit visit, Visit prior) {
    return Patience.until(
            "the prior to be stored",
            () -> priors(visit),
            all ->
                all.stream()
                    .anyMatch(
                        p ->
                            p.path("studyInstanceUid").asText().equals(prior.study())
                                && p.path("state").asText().equals("stored")))
        .get(0);
  }

  @Test
  void anOrderBringsThePatientsRelevantPriorsAndNobodyAnalysesThem() {
    Visit visit = hospital.normal();
    Visit chest = earlier(visit);
    Visit knee = earlier(visit);
    Visit stranger = hospital.normal();
    archive(chest, "Chest PA");
    archive(knee, "Knee AP");
    archive(stranger, "Chest PA");

    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);

    JsonNode prior = waitUntilStored(visit, chest);
    assertThat(prior.path("studyDate").asText()).isEqualTo("2025-03-17");
    assertThat(prior.path("instances").asInt()).isEqualTo(1);
    assertThat(priors(visit)).hasSize(1);
    assertThat(hospital.line(chest)).isEmpty();
    assertThat(hospital.line(knee)).isEmpty();
    assertThat(hospital.line(stranger)).isEmpty();
    assertThat(hospital.audit("PRIOR_RETRIEVED")).isNotEmpty();
    // Its pixels can be looked at beside the new film's.
    hospital.as("RADIOLOGIST").get("dicomweb/studies/" + chest.study() + "/metadata").ok();

    // The order told again asks nobody again.
    int questions = hospital.audit("PRIORS_QUERIED").size();
    hospital.sendOrder(visit);
    Patience.staysTrue(
        "no more questions", () -> hospital.audit("PRIORS_QUERIED").size() == questions);

    // What a modality sends itself is to be read, though it was fetched before.
    hospital.send(chest.images(film -> old(film, "Chest PA")));
    hospital.waitUntilAnalysed(chest);
  }

  @Test
  void cGetBringsThemToo() {
    node("query", "get");
    Visit visit = hospital.normal();
    Visit chest = earlier(visit);
    archive(chest, "Chest PA");
    hospital.sendStudy(visit);
    hospital.sendOrder(visit);

    waitUntilStored(visit, chest);
    assertThat(hospital.line(chest)).isEmpty();
  }

  @Test
  void aPacsThatIsDownIsAskedUntilItAnswers() {
    Visit visit = hospital.normal();
    Visit chest = earlier(visit);
    archive(chest, "Chest PA");
    orthanc.stop();
    hospital.sendStudy(visit);
    hospital.sendOrder(visit);
    assertThat(hospital.waitUntilAnalysed(visit).get("aiStatus").asText()).isEqualTo("completed");
    orthanc.start();

    waitUntilStored(visit, chest);
  }
}
