package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** A patient opts out: no model sees his images, or no result leaves, from then on. */
class ConsentIT {
  private static TestHospital hospital;

  @BeforeAll
  static void open() {
    hospital = TestHospital.open();
  }

  @AfterAll
  static void close() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void whoOptedOutOfAnalysisIsNotAnalysedUntilHeAgrees() {
    Visit visit = hospital.critical();
    record(visit, "ai_analysis", true, "told the front desk").ok();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);

    JsonNode line = hospital.waitUntilLine(visit, "aiStatus", "not_run");
    assertThat(line.get("aiNotRunReason").asText()).contains("opted out");
    Rest.Answer refused = ask(visit);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("code").asText()).isEqualTo("TENANCY-0010");
    assertThat(refused.text()).doesNotContain(visit.patientId());

    record(visit, "ai_analysis", false, "changed her mind").ok();
    assertThat(ask(visit).status()).isEqualTo(202);
    hospital.waitUntilLine(visit, "severity", "critical");
    assertThat(hospital.audit("CONSENT_CHANGED"))
        .filteredOn(e -> visit.patientId().equals(e.path("patientId").asText()))
        .hasSize(2);
  }

  @Test
  void whoOptedOutOfExportIsAnalysedAndNothingOfItLeaves() {
    Visit visit = hospital.critical();
    record(visit, "export", true, "wants the report by hand").ok();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    hospital.waitUntilLine(visit, "severity", "critical");

    List<JsonNode> withheld =
        Patience.until(
            "every delivery to be withheld",
            () -> deliveriesOf(visit, "failed"),
            found -> found.size() >= 4);
    assertThat(withheld).allMatch(d -> d.get("lastError").asText().startsWith("TENANCY-0010"));
    assertThat(deliveriesOf(visit, "delivered")).isEmpty();
    assertThat(hospital.ris().results()).noneMatch(r -> r.contains(visit.accession()));
  }

  @Test
  void theRegisterIsForThoseWhoKeepItAndNeedsAReason() {
    Visit visit = hospital.normal();
    assertThat(record(visit, "ai_analysis", true, "").json().get("code").asText())
        .isEqualTo("TENANCY-0011");
    assertThat(record(visit, "everything", true, "x").json().get("code").asText())
        .isEqualTo("KERNEL-0003");
    assertThat(hospital.as("TECHNOLOGIST").post("api/consents/query", Map.of()).status())
        .isEqualTo(403);
    record(visit, "ai_analysis", true, "by letter").ok();
    JsonNode found =
        hospital
            .as("PRIVACY_OFFICER")
            .post("api/consents/query", Map.of("patientId", visit.patientId()))
            .ok()
            .get("consents");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).get("reason").asText()).isEqualTo("by letter");
  }

  private static Rest.Answer ask(Visit visit) {
    return hospital
        .as("RADIOLOGIST")
        .post("api/image-analysis", Map.of("studyInstanceUid", visit.study()));
  }

  private static Rest.Answer record(Visit visit, String scope, boolean optedOut, String reason) {
    Map<String, Object> wish = new HashMap<>();
    wish.put("patientId", visit.patientId());
    wish.put("scope", scope);
    wish.put("optedOut", optedOut);
    wish.put("reason", reason);
    return hospital.as("PRIVACY_OFFICER").send("PUT", "api/consents", wish);
  }

  private static List<JsonNode> deliveriesOf(Visit visit, String status) {
    return TestHospital.list(
            hospital
                .as("TENANT_ADMIN")
                .get("api/deliveries?status=" + status)
                .ok()
                .get("deliveries"))
        .stream()
        .filter(d -> d.get("studyInstanceUid").asText().equals(visit.study()))
        .toList();
  }
}
