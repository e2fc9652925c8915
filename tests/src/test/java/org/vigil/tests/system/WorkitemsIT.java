package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Uids;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/** The unified worklist (UPS-RS, PS3.18 §11) as a peer's service account uses it. */
class WorkitemsIT {
  private static final String WORKITEMS = "dicomweb/workitems";
  private static final String JSON = "application/dicom+json";

  private static TestHospital hospital;
  private static Rest peer;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
    peer = hospital.as("PACS_SERVICE");
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void aWorkitemIsCreatedClaimedUpdatedCompletedAndFound() {
    String uid = Uids.fresh();
    Rest.Answer created =
        peer.post(WORKITEMS + "?" + uid, List.of(WorkitemBodies.step("UPS-IT-1")));
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    assertThat(created.headers().toLowerCase(java.util.Locale.ROOT))
        .contains("location=[", "/dicomweb/workitems/" + uid);
    assertThat(
            peer.post(WORKITEMS + "?workitem=" + uid, List.of(WorkitemBodies.step("OTHER")))
                .status())
        .isEqualTo(409);

    String transaction = Uids.fresh();
    String state = WORKITEMS + "/" + uid + "/state";
    assertWarned(
        peer.send("PUT", state, WorkitemBodies.change("COMPLETED", transaction)),
        409,
        "The target URI did not reference a claimed Workitem.");
    assertWarned(
        peer.send("PUT", state, WorkitemBodies.change("IN PROGRESS", null)),
        400,
        "The Transaction UID is missing.");
    assertThat(peer.send("PUT", state, WorkitemBodies.change("IN PROGRESS", transaction)).status())
        .isEqualTo(200);
    assertWarned(
        peer.send("PUT", state, WorkitemBodies.change("COMPLETED", Uids.fresh())),
        400,
        "The Transaction UID is incorrect.");
    assertWarned(
        peer.send("PUT", state, WorkitemBodies.change("COMPLETED", transaction)),
        409,
        "The submitted request is inconsistent with the current state of the Workitem.");
    assertWarned(
        peer.post(WORKITEMS + "/" + uid, List.of(WorkitemBodies.performed())),
        400,
        "The Transaction UID is missing.");
    assertThat(
            peer.post(
                    WORKITEMS + "/" + uid + "?" + transaction, List.of(WorkitemBodies.performed()))
                .status())
        .isEqualTo(200);
    assertThat(peer.send("PUT", state, WorkitemBodies.change("COMPLETED", transaction)).status())
        .isEqualTo(200);
    Rest.Answer again = peer.send("PUT", state, WorkitemBodies.change("COMPLETED", transaction));
    assertWarned(again, 200, "The UPS is already in the requested state of COMPLETED.");
    assertWarned(
        peer.post(WORKITEMS + "/" + uid + "?" + transaction, List.of(WorkitemBodies.performed())),
        400,
        "The submitted request is inconsistent with the current state of the Workitem.");

    JsonNode kept = peer.with("Accept", JSON).get(WORKITEMS + "/" + uid).ok().get(0);
    assertThat(kept.at("/00741000/Value/0").asText()).isEqualTo("COMPLETED");
    assertThat(kept.has("00081195")).isFalse();
    assertThat(peer.with("Accept", "application/dicom+xml").get(WORKITEMS + "/" + uid).text())
        .startsWith("<?xml")
        .contains("NativeDicomModel", "COMPLETED");
    JsonNode found =
        peer.get(WORKITEMS + "?PatientID=UPS-IT-*&ProcedureStepState=COMPLETED&limit=5").ok();
    assertThat(found).hasSize(1);
    Rest.Answer none =
        peer.with("Accept", "multipart/related; type=\"application/dicom+xml\"")
            .get(WORKITEMS + "?PatientID=UPS-IT-1&limit=0");
    assertThat(none.status()).isEqualTo(204);
    assertThat(none.headers()).contains("There are 1 additional results that can be requested");
    assertThat(
            peer.get(WORKITEMS + "?ScheduledWorkitemCodeSequence.CodeValue=999&00100020=UPS-IT-1")
                .ok())
        .isEmpty();
    assertThat(hospital.audit("WORKITEM_CHANGED")).isNotEmpty();
    assertThat(hospital.audit("WORKITEMS_VIEWED")).isNotEmpty();
  }

  @Test
  void cancellationIsRequestedByWhoHasNotClaimedIt() {
    String uid = Uids.fresh();
    peer.post(
            WORKITEMS + "?AffectedSOPInstanceUID=" + uid, List.of(WorkitemBodies.step("UPS-IT-2")))
        .ok();
    String cancel = WORKITEMS + "/" + uid + "/cancelrequest";

    Map<String, Object> why = new LinkedHashMap<>();
    WorkitemBodies.put(why, "00741238", "LT", "ordered twice");
    assertThat(peer.post(cancel, List.of(why)).status()).isEqualTo(202);
    JsonNode kept = peer.get(WORKITEMS + "/" + uid).ok().get(0);
    assertThat(kept.at("/00741000/Value/0").asText()).isEqualTo("CANCELED");
    assertThat(kept.at("/00741002/Value/0/00741238/Value/0").asText()).isEqualTo("ordered twice");
    assertWarned(
        peer.post(cancel, null), 202, "The UPS is already in the requested state of CANCELED.");

    String claimed = Uids.fresh();
    peer.post(WORKITEMS + "?" + claimed, List.of(WorkitemBodies.step("UPS-IT-3"))).ok();
    peer.send(
            "PUT",
            WORKITEMS + "/" + claimed + "/state",
            WorkitemBodies.change("IN PROGRESS", Uids.fresh()))
        .ok();
    assertThat(peer.post(WORKITEMS + "/" + claimed + "/cancelrequest", null).status())
        .isEqualTo(409);
  }

  @Test
  void whatIsNoWorkitemIsRefused() {
    assertThat(peer.bytes(WORKITEMS, "text/plain", bytes("no")).status()).isEqualTo(415);
    assertThat(peer.bytes(WORKITEMS, JSON, bytes("[{")).status()).isEqualTo(400);
    assertThat(peer.bytes(WORKITEMS, JSON, bytes("[{},{}]")).status()).isEqualTo(400);
    assertThat(peer.post(WORKITEMS, List.of(Map.of())).text()).contains("IMAGING-0073");
    assertThat(
            peer.post(WORKITEMS + "?workitem=x", List.of(WorkitemBodies.step("UPS-IT-4"))).status())
        .isEqualTo(400);
    assertThat(peer.get(WORKITEMS + "/1.2.3").status()).isEqualTo(404);
    assertThat(peer.get(WORKITEMS + "?Nonsense=1").status()).isEqualTo(400);
    assertThat(peer.get(WORKITEMS + "?ScheduledWorkitemCodeSequence=1").status()).isEqualTo(400);
  }

  @Test
  void anotherHospitalSeesNoneAndAReaderChangesNone() {
    String uid = Uids.fresh();
    peer.post(WORKITEMS + "?" + uid, List.of(WorkitemBodies.step("UPS-IT-5"))).ok();
    try (TestHospital other = TestHospital.open()) {
      assertThat(other.as("PACS_SERVICE").get(WORKITEMS + "/" + uid).status()).isEqualTo(404);
      assertThat(other.as("PACS_SERVICE").get(WORKITEMS).ok()).isEmpty();
    }
    Rest reader = hospital.as("RADIOLOGIST");
    reader.get(WORKITEMS + "/" + uid).ok();
    assertThat(reader.post(WORKITEMS + "/" + uid + "/cancelrequest", null).status()).isEqualTo(403);
  }

  private static void assertWarned(Rest.Answer answer, int status, String warning) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.headers()).contains("299 ", "/dicomweb: " + warning);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
