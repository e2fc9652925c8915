package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Uids;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * Two hospitals that number patients and orders alike, and even send the same study, never see each
 * other's: not in lists, not by UID, not in the audit trail, not by naming the other in a header.
 */
class TwoHospitalsIT {
  private static TestHospital first;
  private static TestHospital second;
  private static Visit here;
  private static Visit there;

  @BeforeAll
  static void playTheSameNumbersInBoth() {
    first = TestHospital.open();
    second = TestHospital.open();
    here = first.critical();
    there = here.with(here.request().patient(), here.accession(), Uids.fresh());
    first.sendOrder(here);
    second.sendOrder(there);
    first.sendStudy(here);
    second.sendStudy(there);
    first.waitUntilAnalysed(here);
    second.waitUntilAnalysed(there);
    first.waitUntilDelivered();
    second.waitUntilDelivered();
  }

  @AfterAll
  static void closeHospitals() {
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
  }

  @Test
  void eachHasItsOwnStudyMatchedToItsOwnOrder() {
    assertThat(studies(first)).containsExactly(here.study());
    assertThat(studies(second)).containsExactly(there.study());
    assertThat(first.summary().get("awaitingOrders").asInt()).isZero();
    assertThat(second.summary().get("awaitingOrders").asInt()).isZero();
    assertThat(first.ris().results()).hasSize(1);
    assertThat(second.ris().results()).hasSize(1);
  }

  @Test
  void theOthersUidsAreUnknown() {
    Rest radiologist = first.as("RADIOLOGIST");
    assertThat(radiologist.get("api/studies/" + there.study()).status()).isEqualTo(404);
    assertThat(radiologist.get("dicomweb/studies/" + there.study() + "/metadata").status())
        .isEqualTo(404);
    String analysis = second.line(there).orElseThrow().get("analysisIds").get(0).asText();
    assertThat(radiologist.get("api/image-analysis/" + analysis).status()).isEqualTo(404);
    assertThat(radiologist.get("api/image-analysis/" + analysis + "/heat-map").status())
        .isEqualTo(404);
    String alert = second.as("RADIOLOGIST").get("api/alerts").ok().at("/alerts/0/id").asText();
    assertThat(radiologist.post("api/alerts/" + alert + "/acknowledge", Map.of()).status())
        .isEqualTo(404);
  }

  @Test
  void aSearchByTheSharedNumbersFindsOnlyTheOwn() {
    for (String query :
        List.of("PatientID=" + here.patientId(), "AccessionNumber=" + here.accession())) {
      JsonNode found =
          first
              .as("RADIOLOGIST")
              .with("Accept", "application/dicom+json")
              .get("dicomweb/studies?" + query)
              .ok();
      assertThat(found).hasSize(1);
      assertThat(found.get(0).at("/0020000D/Value/0").asText()).isEqualTo(here.study());
    }
  }

  @Test
  void namingTheOtherHospitalIsForbidden() {
    for (String path : List.of("api/worklist", "api/alerts", "dicomweb/studies")) {
      assertThat(first.as("RADIOLOGIST").with("X-Tenant-ID", second.id()).get(path).status())
          .as(path)
          .isEqualTo(403);
      assertThat(first.as("RADIOLOGIST").with("X-Tenant-ID", first.id()).get(path).status())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void theAuditTrailsAreApart() {
    assertThat(first.audit().toString()).contains(here.study()).doesNotContain(there.study());
    assertThat(second.audit().toString()).contains(there.study()).doesNotContain(here.study());
  }

  private static List<String> studies(TestHospital hospital) {
    return hospital.worklist().stream().map(l -> l.get("studyInstanceUid").asText()).toList();
  }
}
