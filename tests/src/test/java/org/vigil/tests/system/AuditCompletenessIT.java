package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** After a night and a look at everything, the trail knows each thing that was done and seen. */
class AuditCompletenessIT {
  private static TestHospital hospital;
  private static Visit visit;
  private static List<JsonNode> trail;

  @BeforeAll
  static void playANight() {
    hospital = TestHospital.open();
    visit = hospital.critical();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    JsonNode line = hospital.waitUntilAnalysed(visit);
    hospital.waitUntilDelivered();
    String analysis = line.get("analysisIds").get(0).asText();
    Rest reader = hospital.as("RADIOLOGIST");
    for (String path :
        List.of(
            "api/studies/" + visit.study(),
            "api/image-analysis",
            "api/image-analysis/" + analysis,
            "api/alerts",
            "api/orders",
            "api/quarantine",
            "api/deliveries",
            "api/models",
            "dicomweb/studies",
            "dicomweb/studies/" + visit.study() + "/series",
            "dicomweb/studies/" + visit.study() + "/metadata")) {
      reader.get(path).ok();
    }
    reader.open("GET", "api/worklist/events");
    reader.send("POST", "api/image-analysis/" + analysis + "/reveal", null);
    hospital.as("AUDITOR").get("api/worklist");
    Rest anonymous = hospital.server().anonymous();
    anonymous.post("api/auth/login", login("radiologist", TestHospital.PASSWORD));
    anonymous.post("api/auth/login", login("radiologist", "wrong"));
    hospital.as("AUDITOR").post("api/audit-integrity/verify", null).ok();
    hospital.as("AUDITOR").post("api/audit-export/csv", Map.of());
    trail = hospital.audit();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  private static Map<String, String> login(String user, String password) {
    return Map.of("tenant", hospital.id(), "username", user, "password", password);
  }

  @Test
  void everythingDoneAndSeenIsThere() {
    Set<String> seen =
        trail.stream()
            .map(event -> event.get("action").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(seen)
        .contains(
            "ORDER_RECEIVED",
            "STUDY_RECEIVED",
            "STUDY_COMPLETED",
            "STUDY_MATCHED",
            "ANALYSIS_REQUESTED",
            "ANALYSIS_STARTED",
            "ANALYSIS_COMPLETED",
            "RESULT_DELIVERED",
            "ALERT_RAISED",
            "WORKLIST_VIEWED",
            "WORKLIST_FOLLOWED",
            "STUDY_VIEWED",
            "STUDIES_SEARCHED",
            "IMAGE_ACCESSED",
            "ANALYSES_LISTED",
            "ANALYSIS_VIEWED",
            "AI_REVEALED",
            "ALERTS_VIEWED",
            "ORDERS_VIEWED",
            "QUARANTINE_VIEWED",
            "DELIVERIES_VIEWED",
            "ADMINISTRATION_QUERIED",
            "ACCESS_REFUSED",
            "LOGIN",
            "AUDIT_VERIFIED",
            "AUDIT_EXPORTED",
            "AUDIT_QUERIED");
  }

  @Test
  void eachSaysWhoWhenWhoseAndFromWhere() {
    assertThat(trail)
        .allSatisfy(
            event -> {
              assertThat(event.get("actorName").asText()).isNotBlank();
              assertThat(event.get("occurredAt").asText()).isNotBlank();
              assertThat(event.get("outcome").asText()).isNotBlank();
              if (!event.get("actorKind").asText().equals("SYSTEM")) {
                assertThat(event.get("actorAddress").asText()).isNotBlank();
              }
            });
    for (String action : List.of("IMAGE_ACCESSED", "STUDY_VIEWED", "ANALYSIS_VIEWED")) {
      assertThat(of(action))
          .isNotEmpty()
          .allSatisfy(
              event -> {
                assertThat(event.get("patientId").asText()).isEqualTo(visit.patientId());
                assertThat(event.get("studyInstanceUid").asText()).isEqualTo(visit.study());
              });
    }
    assertThat(of("ANALYSIS_VIEWED").get(0).get("details").has("modelVersion")).isTrue();
    assertThat(of("LOGIN"))
        .extracting(event -> event.get("outcome").asText())
        .contains("SUCCESS", "REFUSED");
  }

  @Test
  void aPatientIsSearchedForInTheBody() {
    JsonNode page =
        hospital
            .as("AUDITOR")
            .post("api/audit/search", Map.of("patientId", visit.patientId(), "limit", 3))
            .ok();
    assertThat(page.get("events")).hasSize(3);
    assertThat(page.get("events"))
        .allSatisfy(e -> assertThat(e.get("patientId").asText()).isEqualTo(visit.patientId()));
    assertThat(page.get("next").asText()).isNotBlank();
  }

  @Test
  void watchedPatientsAreToldToThePrivacyOfficer() {
    Rest officer = hospital.as("PRIVACY_OFFICER");
    officer.post(
        "api/anomalies/watched", Map.of("patientId", visit.patientId(), "note", "well known"));

    hospital.as("TECHNOLOGIST").get("api/studies/" + visit.study()).ok();

    JsonNode anomaly =
        Patience.until(
                "the access to be told",
                () ->
                    TestHospital.list(
                        officer.get("api/anomalies?openOnly=true").ok().get("anomalies")),
                found -> !found.isEmpty())
            .get(0);
    assertThat(anomaly.get("rule").asText()).isEqualTo("WATCHED_PATIENT");
    assertThat(anomaly.get("patientId").asText()).isEqualTo(visit.patientId());
  }

  private static List<JsonNode> of(String action) {
    return trail.stream().filter(e -> e.get("action").asText().equals(action)).toList();
  }
}
