package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vigil.phantom.DemoPatient;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * A study whose patient differs from its order's is quarantined and alerts nobody; nothing leaves
 * until a person releases it with a reason.
 */
class QuarantineIT {
  private TestHospital hospital;
  private Visit sent;

  @BeforeEach
  void sendAStudyOfAnotherPatientThanItsOrder() {
    hospital = TestHospital.open();
    Visit ordered = hospital.critical();
    hospital.sendOrder(ordered);
    DemoPatient other =
        new DemoPatient(
            "QpidOther",
            hospital.id(),
            "Zwyrkother",
            "Mxoluother",
            ordered.request().patient().sex(),
            LocalDate.of(1931, 2, 3));
    sent = ordered.with(other, ordered.accession(), ordered.study());
    hospital.sendStudy(sent);
  }

  @AfterEach
  void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void nothingLeavesUntilAPersonReleasesIt() {
    JsonNode line = hospital.waitUntilLine(sent, "matchStatus", "quarantined");
    assertThat(line.get("topFinding").isNull()).isTrue();
    JsonNode listed = hospital.as("RADIOLOGIST").get("api/quarantine").ok().get("studies");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).get("studyInstanceUid").asText()).isEqualTo(sent.study());
    assertThat(listed.get(0).get("differences")).isNotEmpty();
    Patience.staysTrue(
        "nothing to leave and nobody to be alerted",
        () ->
            hospital.ris().results().isEmpty()
                && hospital.chart().transactionsReceived() == 0
                && hospital.pacs().objects().isEmpty()
                && hospital.summary().get("alerts").asInt() == 0);

    Rest.Answer released =
        hospital
            .as("RADIOLOGIST")
            .post(
                "api/quarantine/" + sent.study() + "/release",
                Map.of("reason", "Name corrected at admission"));

    assertThat(released.status()).as(released.toString()).isBetween(200, 204);
    hospital.waitUntilLine(sent, "aiStatus", "completed");
    Patience.untilAsserted(
        "the results to leave",
        () -> {
          assertThat(hospital.ris().results()).hasSize(1);
          assertThat(hospital.chart().all(DiagnosticReport.class)).hasSize(1);
          assertThat(hospital.chart().all(Communication.class)).hasSize(1);
        });
    assertThat(hospital.audit("STUDY_RELEASED")).hasSize(1);
  }

  @Test
  void aReleaseNeedsAReasonAndARole() {
    hospital.waitUntilLine(sent, "matchStatus", "quarantined");
    String path = "api/quarantine/" + sent.study() + "/release";

    assertThat(hospital.as("RADIOLOGIST").post(path, Map.of("reason", "")).status()).isEqualTo(400);
    assertThat(hospital.as("REFERRING_CLINICIAN").post(path, Map.of("reason", "x")).status())
        .isEqualTo(403);

    assertThat(hospital.line(sent).orElseThrow().get("matchStatus").asText())
        .isEqualTo("quarantined");
  }
}
