package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * A hospital switches AI features: nothing is inferred while detection is off, nothing moves up
 * while flagging is off, what was found stays, and every switch and attempt is on record.
 */
class FeatureTogglesIT {
  private static final String DETECTION = "abnormality_detection";
  private static final String FLAGGING = "priority_flagging";

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

  @AfterEach
  void everythingOnAgain() {
    change(DETECTION, null, true, "end of the test").ok();
    change(FLAGGING, null, true, "end of the test").ok();
  }

  @Test
  void aNewHospitalDetectsAndFlagsAndDoesNothingElse() {
    JsonNode features = hospital.as("RADIOLOGIST").get("api/ai-features").ok().get("features");
    assertThat(features).hasSize(6);
    for (JsonNode feature : features) {
      boolean wanted = List.of(DETECTION, FLAGGING).contains(feature.get("featureKey").asText());
      assertThat(feature.get("enabled").asBoolean()).as(feature.toString()).isEqualTo(wanted);
    }
  }

  @Test
  void whileDetectionIsOffAStudyIsNotAnalysedAndAskingForItIsRefusedAndOnRecord() {
    change(DETECTION, "DX", false, "model under review").ok();
    Visit visit = hospital.critical();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);

    JsonNode line = hospital.waitUntilLine(visit, "aiStatus", "not_run");
    assertThat(line.get("aiNotRunReason").asText()).contains("not available", "model under review");
    JsonNode study = hospital.as("RADIOLOGIST").get("api/studies/" + visit.study()).ok();
    assertThat(study.at("/aiUnavailable/code").asText()).isEqualTo("TENANCY-0009");

    Rest.Answer refused = ask(visit);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("code").asText()).isEqualTo("TENANCY-0009");
    assertThat(refused.json().at("/details/feature").asText()).isEqualTo(DETECTION);
    assertThat(refused.json().at("/details/modality").asText()).isEqualTo("DX");
    assertThat(hospital.audit("ANALYSIS_NOT_RUN"))
        .filteredOn(e -> visit.study().equals(e.path("studyInstanceUid").asText()))
        .as("the job that was not made, and the person's attempt")
        .hasSize(2)
        .allMatch(e -> e.get("outcome").asText().equals("REFUSED"));

    change(DETECTION, "DX", true, "reviewed").ok();
    assertThat(ask(visit).status()).isEqualTo(202);
    hospital.waitUntilLine(visit, "severity", "critical");
  }

  @Test
  void whileFlaggingIsOffTheFindingIsThereAndMovesNothing() {
    Visit ordinary = hospital.normal();
    hospital.sendStudy(ordinary);
    hospital.waitUntilAnalysed(ordinary);
    int alerts = hospital.as("RADIOLOGIST").get("api/alerts").ok().get("alerts").size();
    change(FLAGGING, null, false, "alarm fatigue").ok();
    Visit critical = hospital.critical();
    hospital.sendOrder(critical);
    hospital.sendStudy(critical);
    hospital.waitUntilLine(critical, "aiStatus", "completed");

    JsonNode line = hospital.line(critical).orElseThrow();
    assertThat(line.get("severity").isNull()).isTrue();
    assertThat(line.get("topFinding").isNull()).isTrue();
    assertThat(line.get("position").asInt())
        .isGreaterThan(hospital.line(ordinary).orElseThrow().get("position").asInt());
    assertThat(hospital.as("RADIOLOGIST").get("api/alerts").ok().get("alerts")).hasSize(alerts);
    String analysis = line.get("analysisIds").get(0).asText();
    assertThat(
            hospital
                .as("RADIOLOGIST")
                .get("api/image-analysis/" + analysis)
                .ok()
                .get("findings")
                .toString())
        .contains("\"positive\":true");

    change(FLAGGING, null, true, "threshold raised").ok();
    assertThat(hospital.line(critical).orElseThrow().get("severity").asText())
        .isEqualTo("critical");
    assertThat(hospital.line(critical).orElseThrow().get("position").asInt())
        .isLessThan(hospital.line(ordinary).orElseThrow().get("position").asInt());
  }

  @Test
  void whatWasFoundBeforeStaysReadable() {
    Visit visit = hospital.critical();
    hospital.sendStudy(visit);
    JsonNode line = hospital.waitUntilLine(visit, "aiStatus", "completed");
    change(DETECTION, null, false, "contract ended").ok();

    String analysis = line.get("analysisIds").get(0).asText();
    Rest radiologist = hospital.as("RADIOLOGIST");
    assertThat(radiologist.get("api/image-analysis/" + analysis).ok().get("status").asText())
        .isEqualTo("completed");
    assertThat(radiologist.post("api/image-analysis/" + analysis + "/reveal", null).status())
        .isEqualTo(204);
    assertThat(hospital.line(visit).orElseThrow().get("severity").asText()).isEqualTo("critical");
  }

  @Test
  void aSwitchNeedsAReasonAKnownFeatureAndTheRight() {
    assertThat(code(change(DETECTION, null, false, " "))).isEqualTo("TENANCY-0011");
    assertThat(code(change("mind_reading", null, false, "why not"))).isEqualTo("TENANCY-0012");
    assertThat(code(change(DETECTION, "dx'; --", false, "x"))).isEqualTo("KERNEL-0003");
    Rest.Answer asReader =
        hospital
            .as("RADIOLOGIST")
            .send("PUT", "api/ai-features/" + DETECTION, body(null, false, "I do not like it"));
    assertThat(asReader.status()).isEqualTo(403);
    assertThat(hospital.as("RADIOLOGIST").get("api/ai-features/audit-log").status()).isEqualTo(403);
  }

  @Test
  void everySwitchIsInTheLogAndInTheAuditTrail() {
    change(FLAGGING, "CT", false, "no CT model yet").ok();

    JsonNode newest =
        hospital
            .as("TENANT_ADMIN")
            .get("api/ai-features/audit-log?featureKey=" + FLAGGING)
            .ok()
            .at("/auditLog/0");
    assertThat(newest.get("modality").asText()).isEqualTo("CT");
    assertThat(newest.get("action").asText()).isEqualTo("disabled");
    assertThat(newest.get("reason").asText()).isEqualTo("no CT model yet");
    assertThat(newest.get("performedBy").asText()).isEqualTo("test-TENANT_ADMIN");
    assertThat(hospital.audit("FEATURE_CHANGED").toString()).contains("no CT model yet");

    change(FLAGGING, null, true, "all again").ok();
    assertThat(feature(FLAGGING).toString())
        .as("a switch for all replaces those for single modalities")
        .doesNotContain("no CT model yet");
  }

  @Test
  void aJobThatWaitsWhenDetectionGoesOffIsNotInferred() {
    Visit visit = hospital.normal();
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);
    // Enough jobs that some still wait when the switch is thrown; if it comes too late, again.
    Patience.until(
        "a job to wait when the switch is thrown",
        () -> withheldBySwitch(visit),
        withheld -> withheld > 0);
    for (JsonNode analysis : cancelled()) {
      assertThat(analysis.get("errorCode").asText()).isEqualTo("TENANCY-0009");
      assertThat(analysis.get("findings")).isEmpty();
    }
  }

  /** Throws the switch behind many jobs; how many studies or jobs it was in time for. */
  private static long withheldBySwitch(Visit visit) {
    change(DETECTION, null, true, "to be switched off").ok();
    for (int i = 0; i < 40; i++) {
      ask(visit);
    }
    List<Visit> waiting = java.util.stream.Stream.generate(hospital::normal).limit(12).toList();
    waiting.forEach(hospital::sendStudy);
    change(DETECTION, null, false, "kill switch").ok();

    Patience.until(
        "nothing to wait any more",
        () -> hospital.summary().get("pending").asInt(),
        pending -> pending == 0);
    long lines =
        hospital.worklist().stream()
            .filter(l -> l.path("aiNotRunReason").asText().contains("kill switch"))
            .count();
    return cancelled().size() + lines;
  }

  private static JsonNode cancelled() {
    return hospital
        .as("RADIOLOGIST")
        .get("api/image-analysis?status=cancelled&limit=200")
        .ok()
        .get("analyses");
  }

  @Test
  void aModelTakenOutOfServiceIsNotRunAndTheDecisionIsOnRecord() {
    Rest steward = hospital.as("MODEL_STEWARD");
    JsonNode models = steward.get("api/models").ok().get("models");
    try {
      for (JsonNode model : models) {
        String path = "api/models/" + model.get("id").asText() + "/deployment";
        assertThat(code(steward.send("PUT", path, Map.of("enabled", false, "reason", ""))))
            .isEqualTo("TENANCY-0011");
        steward.send("PUT", path, Map.of("enabled", false, "reason", "drifted")).ok();
      }
      Visit visit = hospital.normal();
      hospital.sendStudy(visit);
      assertThat(
              hospital.waitUntilLine(visit, "aiStatus", "not_run").get("aiNotRunReason").asText())
          .contains("no model is deployed");
      assertThat(hospital.audit("MODEL_DEPLOYED").toString()).contains("drifted");
      assertThat(
              code(
                  steward.send(
                      "PUT",
                      "api/models/nowhere/deployment",
                      Map.of("enabled", true, "reason", "x"))))
          .isEqualTo("INFERENCE-0002");
    } finally {
      for (JsonNode model : models) {
        steward
            .send(
                "PUT",
                "api/models/" + model.get("id").asText() + "/deployment",
                Map.of("enabled", model.get("enabled").asBoolean(), "reason", "end of the test"))
            .ok();
      }
    }
  }

  private static Rest.Answer ask(Visit visit) {
    return hospital
        .as("RADIOLOGIST")
        .post("api/image-analysis", Map.of("studyInstanceUid", visit.study()));
  }

  private static Rest.Answer change(String key, String modality, boolean enabled, String reason) {
    return hospital
        .as("TENANT_ADMIN")
        .send("PUT", "api/ai-features/" + key, body(modality, enabled, reason));
  }

  private static Map<String, Object> body(String modality, boolean enabled, String reason) {
    return modality == null
        ? Map.of("enabled", enabled, "reason", reason)
        : Map.of("enabled", enabled, "modality", modality, "reason", reason);
  }

  private static JsonNode feature(String key) {
    for (JsonNode feature :
        hospital.as("RADIOLOGIST").get("api/ai-features").ok().get("features")) {
      if (feature.get("featureKey").asText().equals(key)) {
        return feature;
      }
    }
    throw new AssertionError(key + " is not listed");
  }

  private static String code(Rest.Answer answer) {
    return answer.json().path("code").asText();
  }
}
