package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.UID;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** A receiver that is down gets its results when it is back; the others get theirs meanwhile. */
class DownReceiverIT {
  private TestHospital hospital;

  @BeforeEach
  void openHospital() {
    hospital = TestHospital.open();
  }

  @AfterEach
  void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void theArchiveGetsItsResultsWhenItIsBack() {
    hospital.stopPacs();
    Visit visit = hospital.normal();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);

    Patience.untilAsserted(
        "RIS and EHR to have theirs",
        () -> {
          assertThat(hospital.ris().results()).hasSize(1);
          assertThat(hospital.chart().all(DiagnosticReport.class)).hasSize(1);
        });
    Patience.untilAsserted(
        "the archive's to be tried in vain",
        () -> assertThat(delivery("dicom_sr").get("attempts").asInt()).isPositive());
    assertThat(delivery("dicom_sr").get("status").asText()).isIn("pending", "retrying");
    assertThat(delivery("dicom_sr").get("lastError").asText()).isNotBlank();

    hospital.startPacs();

    Patience.untilAsserted(
        "the archive to have its own",
        () -> {
          assertThat(hospital.pacs().objects(UID.Comprehensive3DSRStorage)).hasSize(1);
          assertThat(hospital.pacs().objects(UID.SecondaryCaptureImageStorage)).hasSize(1);
        });
    hospital.waitUntilDelivered();
    assertThat(delivery("dicom_sr").get("status").asText()).isEqualTo("delivered");
    assertThat(hospital.ris().results()).hasSize(1);
  }

  private JsonNode delivery(String kind) {
    return TestHospital.list(
            hospital.as("TECHNOLOGIST").get("api/deliveries").ok().get("deliveries"))
        .stream()
        .filter(d -> d.get("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
