package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Uids;
import org.vigil.tests.server.NotificationSocket;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/** Subscriptions to workitems and their notifications (PS3.18 §8.10, §11.10 to §11.12). */
class WorkitemSubscriptionsIT {
  private static final String WORKITEMS = "dicomweb/workitems/";
  private static final String ALL = WORKITEMS + "1.2.840.10008.5.1.4.34.5/subscribers/";
  private static final String FILTERED = WORKITEMS + "1.2.840.10008.5.1.4.34.5.1/subscribers/";
  private static final String CHANNEL = "dicomweb/ws/subscribers/";

  private static TestHospital hospital;
  private static Rest watcher;
  private static Rest peer;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
    watcher = hospital.as("PACS_SERVICE");
    peer = hospital.as("RIS_SERVICE");
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  private static String created(String patientId) {
    String uid = Uids.fresh();
    peer.post("dicomweb/workitems?" + uid, List.of(WorkitemBodies.step(patientId))).ok();
    return uid;
  }

  private static void change(String uid, String state, String transaction) {
    peer.send("PUT", WORKITEMS + uid + "/state", WorkitemBodies.change(state, transaction)).ok();
  }

  private static void waitFor(NotificationSocket socket, String uid, String... reports) {
    Patience.until(
        "the reports about the workitem",
        () -> socket.about(uid),
        heard -> heard.equals(List.of(reports)));
  }

  @Test
  void whoIsSubscribedHearsAWorkitemsWholeLife() {
    String uid = created("SUB-1");
    try (NotificationSocket socket = watcher.socket(CHANNEL + "WATCHER1")) {
      Rest.Answer answer =
          watcher.post(WORKITEMS + uid + "/subscribers/WATCHER1?deletionlock=true", null);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
      assertThat(answer.headers().toLowerCase(Locale.ROOT))
          .contains("content-location=[wss://", "/dicomweb/ws/subscribers/watcher1")
          .doesNotContain("warning");
      waitFor(socket, uid, "1 SCHEDULED");

      String transaction = Uids.fresh();
      change(uid, "IN PROGRESS", transaction);
      Map<String, Object> progress = new LinkedHashMap<>();
      WorkitemBodies.put(progress, "00741004", "DS", "40");
      peer.post(
              WORKITEMS + uid + "?" + transaction,
              List.of(Map.of("00741002", WorkitemBodies.sequence(progress))))
          .ok();
      Map<String, Object> why = new LinkedHashMap<>();
      WorkitemBodies.put(why, "00741238", "LT", "ordered twice");
      assertThat(peer.post(WORKITEMS + uid + "/cancelrequest", List.of(why)).status())
          .isEqualTo(202);
      peer.post(WORKITEMS + uid + "?" + transaction, List.of(WorkitemBodies.performed())).ok();
      change(uid, "COMPLETED", transaction);

      waitFor(socket, uid, "1 SCHEDULED", "1 IN PROGRESS", "3", "2", "1 COMPLETED");
      assertThat(socket.heard().get(2).at("/00741002/Value/0/00741004/Value/0").asInt())
          .isEqualTo(40);
      assertThat(socket.heard().get(3).at("/00741238/Value/0").asText()).isEqualTo("ordered twice");
      assertThat(socket.heard())
          .extracting(report -> report.at("/00000110/Value/0").asInt())
          .containsExactly(1, 2, 3, 4, 5);
    }
  }

  @Test
  void aFilterLetsThroughWhatMatchesAndSuspensionNothingNew() {
    String before = created("SUB-F");
    try (NotificationSocket socket = watcher.socket(CHANNEL + "WATCHER2")) {
      assertThat(watcher.post(FILTERED + "WATCHER2?PatientID=SUB-F", null).status()).isEqualTo(201);
      String other = created("SUB-OTHER");
      String matching = created("SUB-F");
      waitFor(socket, before, "1 SCHEDULED");
      waitFor(socket, matching, "1 SCHEDULED");

      assertThat(watcher.post(FILTERED + "WATCHER2/suspend", null).status()).isEqualTo(200);
      String later = created("SUB-F");
      change(matching, "IN PROGRESS", Uids.fresh());
      waitFor(socket, matching, "1 SCHEDULED", "1 IN PROGRESS");
      assertThat(socket.about(other)).isEmpty();
      assertThat(socket.about(later)).isEmpty();
    }
    assertThat(watcher.post(FILTERED + "WATCHER2", null).status()).isEqualTo(400);
  }

  @Test
  void whoIsUnsubscribedHearsNothingMore() {
    try (NotificationSocket socket = watcher.socket(CHANNEL + "WATCHER3");
        NotificationSocket still = watcher.socket(CHANNEL + "WATCHER4")) {
      assertThat(watcher.post(ALL + "WATCHER3", null).status()).isEqualTo(201);
      assertThat(watcher.post(ALL + "WATCHER4", null).status()).isEqualTo(201);
      String uid = created("SUB-3");
      waitFor(socket, uid, "1 SCHEDULED");
      assertThat(watcher.send("DELETE", ALL + "WATCHER3", null).status()).isEqualTo(200);
      assertThat(watcher.send("DELETE", ALL + "WATCHER3", null).status()).isEqualTo(404);
      assertThat(peer.send("DELETE", ALL + "WATCHER4", null).status()).isEqualTo(403);

      String next = created("SUB-3");
      waitFor(still, next, "1 SCHEDULED");
      assertThat(socket.about(next)).isEmpty();
      watcher.send("DELETE", ALL + "WATCHER4", null).ok();
    }
  }

  @Test
  void whoComesBackHearsThePresentStatesFirst() {
    String uid = created("SUB-4");
    watcher.post(WORKITEMS + uid + "/subscribers/WATCHER5", null).ok();
    change(uid, "IN PROGRESS", Uids.fresh());
    assertThat(peer.post(WORKITEMS + uid + "/cancelrequest", null).status()).isEqualTo(202);
    try (NotificationSocket socket = watcher.socket(CHANNEL + "WATCHER5")) {
      waitFor(socket, uid, "1 IN PROGRESS", "2");
    }
  }

  @Test
  void othersHearNothing() {
    try (TestHospital elsewhere = TestHospital.open();
        NotificationSocket own = watcher.socket(CHANNEL + "WATCHER6");
        NotificationSocket foreign = elsewhere.as("PACS_SERVICE").socket(CHANNEL + "WATCHER6");
        NotificationSocket namesake = peer.socket(CHANNEL + "WATCHER6")) {
      elsewhere.as("PACS_SERVICE").post(ALL + "WATCHER6", null).ok();
      watcher.post(ALL + "WATCHER6", null).ok();
      String uid = created("SUB-5");
      waitFor(own, uid, "1 SCHEDULED");
      assertThat(foreign.heard()).isEmpty();
      assertThat(namesake.heard()).isEmpty();
      assertRefused(peer, "WATCHER6", 403);
      watcher.send("DELETE", ALL + "WATCHER6", null).ok();
    }
    assertRefused(hospital.server().anonymous(), "WATCHER6", 401);
    assertRefused(hospital.as("AUDITOR"), "WATCHER6", 403);
    assertRefused(watcher.with("Origin", "https://elsewhere.example"), "WATCHER6", 403);
  }

  private static void assertRefused(Rest client, String aeTitle, int status) {
    assertThatThrownBy(() -> client.socket(CHANNEL + aeTitle).close())
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(status));
  }

  @Test
  void whoMayOnlyLookIsGrantedNoLock() {
    String uid = created("SUB-6");
    Rest reader = hospital.as("RADIOLOGIST");
    Rest.Answer answer =
        reader.post(WORKITEMS + uid + "/subscribers/READER?deletionlock=true", null);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    assertThat(answer.headers()).contains("/dicomweb: Deletion Lock not granted.");
  }

  @Test
  void theConnectionEndsWithItsSession() {
    Rest person =
        Rest.loggedIn(hospital.server(), hospital.id(), "radiologist", TestHospital.PASSWORD, null);
    try (NotificationSocket socket = person.socket(CHANNEL + "PERSON")) {
      person.post("api/auth/logout", null);
      Patience.until("the connection to be closed", socket::isEnded, ended -> ended);
    }
  }
}
