package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** What a limited grant keeps out of reach, emergency access, and who holds which role. */
class BreakGlassIT {
  private static final String RESIDENT = "RESIDENT;modality=CT+MR";

  private static TestHospital hospital;
  private static Visit film;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
    film = hospital.normal();
    hospital.sendOrder(film);
    hospital.sendStudy(film);
    hospital.waitUntilAnalysed(film);
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void aResidentForCtAndMrSeesNothingOfADigitalRadiograph() {
    Rest resident = as("limited", RESIDENT);
    String analysis = hospital.line(film).orElseThrow().get("analysisIds").get(0).asText();

    assertThat(resident.get("api/worklist").ok().get("entries")).isEmpty();
    assertThat(resident.get("dicomweb/studies").text()).doesNotContain(film.study());
    for (String path :
        List.of(
            "api/studies/" + film.study(),
            "api/image-analysis/" + analysis,
            "dicomweb/studies/" + film.study(),
            "dicomweb/studies/" + film.study() + "/metadata",
            "dicomweb/studies/" + film.study() + "/series",
            "dicomweb/studies/" + film.study() + "/instances")) {
      assertThat(resident.get(path).status()).as(path).isEqualTo(403);
    }
    assertThat(resident.get("api/image-analysis").text()).doesNotContain(analysis);
    assertThat(
            resident
                .send(
                    "PUT",
                    "api/worklist/" + film.study() + "/reading-status",
                    Map.of("readingStatus", "reading"))
                .status())
        .isEqualTo(403);
    assertThat(resident.post("api/image-analysis/" + analysis + "/reveal", null).status())
        .isEqualTo(403);

    Rest wider = as("wider", "RESIDENT;modality=DX");
    assertThat(wider.get("api/worklist").text()).contains(film.study());
    assertThat(wider.get("dicomweb/studies").text()).contains(film.study());
    assertThat(wider.get("dicomweb/studies/" + film.study() + "/metadata").status()).isEqualTo(200);
    assertThat(wider.get("api/image-analysis/" + analysis).status()).isEqualTo(200);
  }

  @Test
  void aGrantForOneFeatureGivesNothingOfAnother() {
    Rest flagging = as("flagging", "RADIOLOGIST;feature=FLAGGING");

    assertThat(flagging.get("api/alerts").status()).isEqualTo(200);
    assertThat(flagging.get("api/worklist").status()).isEqualTo(200);
    assertThat(flagging.get("api/image-analysis").status()).isEqualTo(403);
  }

  @Test
  void emergencyAccessWidensAtOnceForAReasonAndATimeAndIsReviewedBySomebodyElse() {
    Rest resident = as("dr.night", RESIDENT);
    assertThat(resident.get("api/studies/" + film.study()).status()).isEqualTo(403);
    assertThat(resident.post("api/break-glass", Map.of("reason", " ")).status()).isEqualTo(400);

    JsonNode access =
        resident.post("api/break-glass", Map.of("reason", "alone on call, trauma")).ok();

    Instant ends = Instant.parse(access.get("endsAt").asText());
    assertThat(Duration.between(Instant.now(), ends))
        .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
    assertThat(resident.get("api/studies/" + film.study()).status()).isEqualTo(200);
    assertThat(resident.get("api/worklist").text()).contains(film.study());
    assertThat(resident.get("api/break-glass/current").ok().get("id")).isEqualTo(access.get("id"));
    assertThat(resident.get("api/quarantine").status()).isEqualTo(403);
    assertThat(hospital.audit("BREAK_GLASS_BEGUN")).hasSize(1);
    assertThat(hospital.audit("BREAK_GLASS_USED"))
        .anyMatch(e -> e.get("studyInstanceUid").asText().equals(film.study()));

    resident.send("DELETE", "api/break-glass/current", null);
    assertThat(resident.get("api/studies/" + film.study()).status()).isEqualTo(403);

    Rest officer = as("officer", "PRIVACY_OFFICER");
    assertThat(officer.get("api/break-glass?onlyUnreviewed=true").text())
        .contains(access.get("id").asText());
    Map<String, String> verdict = Map.of("verdict", "justified", "comment", "as it should be");
    String review = "api/break-glass/" + access.get("id").asText() + "/review";
    assertThat(as("dr.night", "PRIVACY_OFFICER").post(review, verdict).status()).isEqualTo(403);
    assertThat(officer.post(review, verdict).status()).isEqualTo(200);
    assertThat(officer.post(review, verdict).status()).isEqualTo(409);
    assertThat(officer.get("api/break-glass?onlyUnreviewed=true").text())
        .doesNotContain(access.get("id").asText());
    assertThat(hospital.audit("BREAK_GLASS_REVIEWED")).hasSize(1);
  }

  @Test
  void anAccessReviewSaysWhoHoldsWhatAndWhatWasNotUsed() {
    Rest reader =
        Rest.loggedIn(hospital.server(), hospital.id(), "radiologist", TestHospital.PASSWORD, null);
    reader.get("api/worklist").ok();
    Rest officer = as("officer", "COMPLIANCE_OFFICER");

    JsonNode line =
        TestHospital.list(officer.get("api/access-review").ok().get("holders")).stream()
            .filter(l -> l.get("userName").asText().equals("radiologist"))
            .findFirst()
            .orElseThrow();

    assertThat(line.get("roles").get(0).asText()).isEqualTo("RADIOLOGIST");
    assertThat(line.get("lastLoginAt").isNull()).isFalse();
    assertThat(line.get("lastUse").get("READING").isNull()).isFalse();
    assertThat(line.get("unused").toString()).contains("ALERTS").doesNotContain("READING");
    Rest.Answer csv = officer.get("api/access-review/csv");
    assertThat(csv.headers()).contains("text/csv");
    assertThat(csv.text().lines())
        .anyMatch(l -> l.startsWith("\"radiologist\",") && l.contains("\"RADIOLOGIST\""));
    assertThat(hospital.audit("ACCESS_REVIEWED")).isNotEmpty();
  }

  private static Rest as(String user, String grant) {
    return hospital.server().as(hospital.id(), user, grant);
  }
}
