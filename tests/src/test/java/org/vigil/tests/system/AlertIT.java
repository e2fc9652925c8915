package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Communication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** A critical finding alerts the clinician until a person acknowledges, once. */
class AlertIT {
  private static TestHospital hospital;

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
  void anAcknowledgementCompletesTheCommunicationAndASecondChangesNothing() {
    Visit visit = hospital.critical();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);
    hospital.waitUntilDelivered();
    JsonNode alert = Patience.until("the alert to be sent", this::alert, this::isSent);
    assertThat(alert.get("severity").asText()).isEqualTo("critical");
    assertThat(communication().getStatus()).isEqualTo(Communication.CommunicationStatus.INPROGRESS);
    String path = "api/alerts/" + alert.get("id").asText() + "/acknowledge";

    Rest clinician = hospital.as("REFERRING_CLINICIAN");
    assertThat(clinician.post(path, Map.of("comment", "On my way")).status() / 100).isEqualTo(2);

    Patience.untilAsserted(
        "the Communication to be completed",
        () ->
            assertThat(communication().getStatus())
                .isEqualTo(Communication.CommunicationStatus.COMPLETED));
    hospital.waitUntilDelivered();
    JsonNode acknowledged = alert();
    assertThat(acknowledged.get("status").asText()).isEqualTo("acknowledged");
    assertThat(acknowledged.get("acknowledgedBy").asText()).isNotBlank();
    int received = hospital.chart().transactionsReceived();

    hospital.as("RADIOLOGIST").post(path, Map.of("comment", "Me too"));

    Patience.staysTrue(
        "the first acknowledgement to stand",
        () -> alert().equals(acknowledged) && hospital.chart().transactionsReceived() == received);
    // Both persons are in the trail, one of them as the one who took the alert.
    assertThat(hospital.audit("ALERT_ACKNOWLEDGED"))
        .extracting(event -> event.get("details").get("first").asText())
        .containsExactlyInAnyOrder("true", "false");
  }

  private JsonNode alert() {
    JsonNode alerts = hospital.as("RADIOLOGIST").get("api/alerts").ok().get("alerts");
    assertThat(alerts).hasSize(1);
    return alerts.get(0);
  }

  private boolean isSent(JsonNode alert) {
    return alert.get("status").asText().equals("sent");
  }

  private static Communication communication() {
    List<Communication> all = hospital.chart().all(Communication.class);
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
