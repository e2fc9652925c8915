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

/**
 * An order that never gets its study is to be seen as awaiting; a study with no order is analysed
 * and listed, but nothing of it leaves until its order comes.
 */
class OrderAndStudyApartIT {
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
  void anOrderThatGetsNoStudyIsAwaiting() {
    Visit alone = hospital.normal();
    Visit served = hospital.normal();
    hospital.sendOrder(alone);
    hospital.sendOrder(served);
    hospital.sendStudy(served);
    hospital.waitUntilLine(served, "matchStatus", "matched");

    JsonNode awaiting = hospital.as("TECHNOLOGIST").get("api/orders?status=awaiting").ok();

    assertThat(awaiting.get("orders")).hasSize(1);
    assertThat(awaiting.get("orders").get(0).get("accessionNumber").asText())
        .isEqualTo(alone.accession());
    assertThat(hospital.summary().get("awaitingOrders").asInt()).isEqualTo(1);
  }

  @Test
  void aStudyWithoutAnOrderIsAnalysedAndListedAndItsResultsLeaveWhenTheOrderComes() {
    Visit visit = hospital.critical();
    hospital.sendStudy(visit);

    JsonNode line = hospital.waitUntilAnalysed(visit);

    assertThat(line.get("aiStatus").asText()).isEqualTo("completed");
    assertThat(line.get("matchStatus").asText()).isEqualTo("unmatched");
    assertThat(line.get("severity").asText()).isEqualTo("critical");
    Patience.staysTrue(
        "nothing to leave without an order",
        () ->
            hospital.ris().results().isEmpty()
                && hospital.chart().transactionsReceived() == 0
                && alerts().isEmpty());

    hospital.sendOrder(visit);

    hospital.waitUntilLine(visit, "matchStatus", "matched");
    Patience.untilAsserted(
        "the results to leave",
        () -> {
          assertThat(hospital.ris().results()).hasSize(1);
          assertThat(hospital.chart().all(DiagnosticReport.class)).hasSize(1);
          assertThat(hospital.pacs().objects(UID.Comprehensive3DSRStorage)).hasSize(1);
          assertThat(alerts()).hasSize(1);
        });
    assertThat(hospital.audit("ANALYSIS_COMPLETED")).hasSize(1);
  }

  private JsonNode alerts() {
    return hospital.as("RADIOLOGIST").get("api/alerts").ok().get("alerts");
  }
}
