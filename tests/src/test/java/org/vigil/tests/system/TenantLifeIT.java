package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.cli.server.ServerProcess;
import org.vigil.dicom.net.AssociationRejectedException;
import org.vigil.tests.server.Database;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;
import org.vigil.tests.server.Visit;

/** A hospital is suspended, resumed, exported, restored into another server and erased. */
class TenantLifeIT {
  private static final String PASSPHRASE = "correct horse battery staple";

  private static final String US_STORAGE = "/data/us/resident";
  private static final String EU_STORAGE = residence("storage");
  private static final String EU_BACKUP = residence("backup");

  private static VigilServer other;

  @BeforeAll
  static void startAFreshServer() {
    other =
        new VigilServer(
            "restored",
            Map.of(
                "vigil.residency.eu.storage", EU_STORAGE,
                "vigil.residency.eu.backup", EU_BACKUP));
    other.start();
  }

  @AfterAll
  static void stopIt() {
    if (other != null) {
      other.close();
    }
  }

  @Test
  void theTrailNamesWhoHadAHospitalCreated() {
    try (TestHospital hospital = TestHospital.open()) {
      assertThat(
              hospital
                  .server()
                  .texts(
                      "select actor_kind || ' ' || actor_name from platform.audit_event"
                          + " where action = 'TENANT_CREATED' and entity = ?",
                      hospital.id()))
          .containsExactly("PERSON vigil-cli");
    }
  }

  @Test
  void aHospitalIsOpenSecondsAfterItWasAskedFor() {
    Path process = VigilServer.shared().home().run().resolve("wildfly.pid");
    Optional<ServerProcess> before = ServerProcess.read(process);
    Instant began = Instant.now();
    try (TestHospital hospital = TestHospital.open()) {
      hospital.sendOrder(hospital.normal());
      assertThat(hospital.worklist()).isEmpty();
    }
    // Not a measurement, which is bench tenants': a bound for machines that are slow and busy.
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(3));
    assertThat(ServerProcess.read(process)).as("no restart").isPresent().isEqualTo(before);
  }

  @Test
  void everyEdgeOfASuspendedHospitalRefusesAndNothingIsLost() {
    try (TestHospital hospital = TestHospital.open()) {
      Visit before = hospital.normal();
      hospital.sendOrder(before);
      hospital.sendStudy(before);
      hospital.waitUntilAnalysed(before);
      hospital.waitUntilDelivered();

      assertThat(act(hospital.id(), "suspend", " ").json().get("code").asText())
          .isEqualTo("TENANCY-0011");
      JsonNode suspended = act(hospital.id(), "suspend", "unpaid invoice").ok();
      assertThat(suspended.get("state").asText()).isEqualTo("suspended");
      assertThat(suspended.get("explanation").asText()).isEqualTo("unpaid invoice");

      Rest.Answer http = hospital.as("RADIOLOGIST").get("api/worklist");
      assertThat(http.status()).isEqualTo(403);
      assertThat(http.json().get("code").asText()).isEqualTo("TENANCY-0013");
      assertThat(hospital.as("RADIOLOGIST").get("dicomweb/studies").status()).isEqualTo(403);
      assertThat(
              hospital
                  .server()
                  .anonymous()
                  .post(
                      "api/auth/login",
                      Map.of(
                          "tenant",
                          hospital.id(),
                          "username",
                          "radiologist",
                          "password",
                          TestHospital.PASSWORD))
                  .json()
                  .get("code")
                  .asText())
          .isEqualTo("TENANCY-0013");
      Visit during = hospital.critical();
      String answer = hospital.sendMessage(during.order(hospital.aeTitle()));
      assertThat(answer).contains("MSA|AR|").contains("TENANCY-0013");
      assertThatThrownBy(() -> hospital.send(during.images()))
          .hasRootCauseInstanceOf(AssociationRejectedException.class);
      assertThat(listed(hospital.id()).get("code").asText()).isEqualTo("TENANCY-0013");

      act(hospital.id(), "resume", "paid").ok();
      assertThat(hospital.line(before)).isPresent();
      hospital.sendOrder(during);
      hospital.sendStudy(during);
      hospital.waitUntilLine(during, "severity", "critical");
    }
  }

  @Test
  void aJobThatWaitedWhileSuspendedIsRunAfterwards() {
    try (TestHospital hospital = TestHospital.open()) {
      Visit visit = hospital.normal();
      hospital.sendStudy(visit);
      hospital.waitUntilAnalysed(visit);
      for (int i = 0; i < 12; i++) {
        Visit another = hospital.normal();
        hospital.sendStudy(another);
      }
      Patience.until(
          "jobs to wait", () -> hospital.summary().get("pending").asInt(), pending -> pending > 0);
      act(hospital.id(), "suspend", "maintenance").ok();
      act(hospital.id(), "resume", "done").ok();
      Patience.until(
          "all thirteen to be analysed",
          () -> hospital.summary().get("analysed").asInt(),
          analysed -> analysed == 13);
      assertThat(hospital.summary().get("failed").asInt()).isZero();
    }
  }

  @Test
  void anArchiveRestoredIntoAFreshServerHoldsTheSame() throws Exception {
    try (TestHospital hospital = TestHospital.open()) {
      Visit critical = hospital.critical();
      Visit normal = hospital.normal();
      for (Visit visit : List.of(critical, normal)) {
        hospital.sendOrder(visit);
        hospital.sendStudy(visit);
        hospital.waitUntilAnalysed(visit);
      }
      hospital.waitUntilDelivered();
      JsonNode exported =
          platform()
              .post(
                  "api/platform/tenants/" + hospital.id() + "/export",
                  Map.of("passphrase", PASSPHRASE))
              .ok();
      Path archive = Path.of(exported.get("archive").asText());
      assertThat(archive).exists();
      assertThat(Files.readString(archive, StandardCharsets.ISO_8859_1))
          .as("no patient data in clear")
          .doesNotContain(critical.patientId());
      assertThat(exported.at("/rows/worklist_entry").asInt()).isEqualTo(2);
      assertThat(exported.get("files").asInt())
          .as("films and what was made of them")
          .isGreaterThan(2);

      Path there = Files.createDirectories(other.home().root().resolve("backup"));
      refusesWhatIsNotWhole(archive, there, hospital.id());

      Path copy = Files.copy(archive, there.resolve("whole.vigil"));
      JsonNode restored = restore(copy, PASSPHRASE, null).ok();
      for (String field : List.of("rows", "tableHashes", "files", "bytes", "fileHash")) {
        assertThat(restored.get(field)).as(field).isEqualTo(exported.get(field));
      }
      // Exported again there, before anybody looks, the rows of the record are the same to the
      // byte.
      JsonNode again =
          other
              .as(null, "PLATFORM_ADMIN")
              .post(
                  "api/platform/tenants/" + hospital.id() + "/export",
                  Map.of("passphrase", PASSPHRASE))
              .ok();
      assertThat(again.get("fileHash")).isEqualTo(exported.get("fileHash"));
      for (String table :
          List.of(
              "study",
              "series",
              "instance",
              "imaging_order",
              "inbound_message",
              "image_analysis",
              "analysis_finding",
              "analysis_heat_map",
              "inference_run",
              "delivery")) {
        assertThat(again.at("/tableHashes/" + table))
            .as(table)
            .isEqualTo(exported.at("/tableHashes/" + table));
      }
      Rest reader = other.as(hospital.id(), "RADIOLOGIST");
      JsonNode entries = reader.get("api/worklist").ok().get("entries");
      assertThat(entries).hasSize(2);
      assertThat(entries.get(0).get("severity").asText()).isEqualTo("critical");
      assertThat(reader.get("dicomweb/studies/" + critical.study()).status()).isEqualTo(200);
      assertThat(
              other
                  .anonymous()
                  .post(
                      "api/auth/login",
                      Map.of(
                          "tenant",
                          hospital.id(),
                          "username",
                          "radiologist",
                          "password",
                          TestHospital.PASSWORD))
                  .status())
          .as("accounts came along")
          .isEqualTo(200);
      assertThat(restore(copy, PASSPHRASE, null).json().get("code").asText())
          .as("its id is taken now")
          .isEqualTo("TENANCY-0018");
    }
  }

  private static void refusesWhatIsNotWhole(Path archive, Path there, String id)
      throws IOException {
    byte[] whole = Files.readAllBytes(archive);
    Path cut = there.resolve("cut.vigil");
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 70_000));
    byte[] altered = whole.clone();
    altered[altered.length / 2] ^= 1;
    Path changed = there.resolve("changed.vigil");
    Files.write(changed, altered);
    Path wrong = there.resolve("wrong.vigil");
    Files.write(wrong, whole);
    assertThat(restore(cut, PASSPHRASE, null).json().get("code").asText())
        .isEqualTo("TENANCY-0016");
    assertThat(restore(changed, PASSPHRASE, null).json().get("code").asText())
        .isEqualTo("TENANCY-0016");
    assertThat(restore(wrong, "another passphrase", null).json().get("code").asText())
        .isEqualTo("TENANCY-0016");
    Path outside = Files.write(other.home().root().resolve("outside.vigil"), whole);
    assertThat(restore(outside, PASSPHRASE, null).json().get("code").asText())
        .isEqualTo("TENANCY-0015");
    assertThat(other.as(null, "PLATFORM_ADMIN").get("api/platform/tenants/" + id).status())
        .as("nothing was written")
        .isEqualTo(404);
  }

  @Test
  void anErasedHospitalLeavesNothingButTheProof() throws Exception {
    String schema;
    Path storage;
    try (TestHospital hospital = TestHospital.open()) {
      Visit visit = hospital.normal();
      hospital.sendStudy(visit);
      hospital.waitUntilAnalysed(visit);
      schema = "t_" + hospital.id().replace('-', '_');
      storage = hospital.server().home().root().resolve("storage").resolve(hospital.id());
      assertThat(storage).exists();

      String path = "api/platform/tenants/" + hospital.id();
      assertThat(
              platform()
                  .send("DELETE", path, Map.of("confirmation", "yes", "reason", "contract ended"))
                  .json()
                  .get("code")
                  .asText())
          .isEqualTo("TENANCY-0019");
      assertThat(hospital.line(visit)).isPresent();

      JsonNode hold =
          hospital
              .as("COMPLIANCE_OFFICER")
              .post("api/legal-holds", Map.of("patientId", visit.patientId(), "reason", "lawsuit"))
              .json();
      Rest.Answer held =
          platform()
              .send(
                  "DELETE",
                  path,
                  Map.of("confirmation", hospital.id(), "reason", "contract ended"));
      assertThat(held.status()).isEqualTo(409);
      assertThat(held.json().get("code").asText()).isEqualTo("TENANCY-0020");
      assertThat(held.text()).contains("legal holds in force: 1").doesNotContain(visit.patientId());
      assertThat(hospital.line(visit)).as("nothing was erased").isPresent();
      assertThat(storage).exists();
      hospital
          .as("COMPLIANCE_OFFICER")
          .post("api/legal-holds/" + hold.get("id").asText() + "/lift", Map.of("reason", "settled"))
          .ok();

      JsonNode proof =
          platform()
              .send(
                  "DELETE", path, Map.of("confirmation", hospital.id(), "reason", "contract ended"))
              .ok();
      assertThat(proof.at("/counts/worklist_entry").asInt()).isEqualTo(1);
      assertThat(proof.at("/counts/files").asInt()).isPositive();
      assertThat(proof.get("statement").asText()).contains(hospital.id(), "contract ended");
      assertThat(proof.get("signature").asText()).hasSize(88);
      assertThat(hospital.as("RADIOLOGIST").get("api/worklist").json().get("code").asText())
          .isEqualTo("TENANCY-0004");
      assertThat(platform().get(path).status()).isEqualTo(404);
      assertThat(storage).doesNotExist();
      try (Database database = Database.asOwner(hospital.server())) {
        assertThat(
                database.column(
                    "select nspname from pg_namespace where nspname = '" + schema + "'"))
            .isEmpty();
        assertThat(database.column("select rolname from pg_roles where rolname = '" + schema + "'"))
            .isEmpty();
        assertThat(
                database.column(
                    "select user_name from platform.user_account where tenant_id = '"
                        + hospital.id()
                        + "'"))
            .isEmpty();
        assertThat(
                database.column(
                    "select proof from platform.tenant_erasure where tenant_id = '"
                        + hospital.id()
                        + "'"))
            .singleElement()
            .asString()
            .contains(proof.get("signature").asText());
      }
    }
  }

  @Test
  void aHospitalsDataStayInItsRegionAtCreationAtAChangeAndAtABackup() throws Exception {
    Map<String, Object> wanted = new HashMap<>();
    wanted.put("id", "resident");
    wanted.put("name", "Resident");
    wanted.put("timeZone", "UTC");
    wanted.put("aeTitle", "RESIDENT");
    wanted.put("receivingFacility", "RESIDENT");
    wanted.put("region", "eu");
    String tenants = "api/platform/tenants";
    for (Map<String, String> elsewhere :
        List.of(
            Map.of("storageRoot", US_STORAGE),
            Map.of("storageRoot", EU_STORAGE + "/../us"),
            Map.of("backupRoot", EU_STORAGE + "/resident"),
            Map.of("region", "us"))) {
      Map<String, Object> refused = new HashMap<>(wanted);
      refused.putAll(elsewhere);
      Rest.Answer answer = elsewhere("POST", tenants, refused);
      assertThat(answer.json().get("code").asText())
          .as(refused.toString())
          .isEqualTo("TENANCY-0015");
      assertThat(elsewhere("GET", tenants + "/resident", null).status()).isEqualTo(404);
    }

    wanted.put("storageRoot", EU_STORAGE + "/resident");
    elsewhere("POST", tenants, wanted).ok();
    assertThat(other.as("resident", "RADIOLOGIST").get("api/worklist").status()).isEqualTo(200);

    Map<String, Object> moved = new HashMap<>(wanted);
    moved.put("storageRoot", US_STORAGE);
    assertThat(elsewhere("POST", tenants, moved).json().get("code").asText())
        .isEqualTo("TENANCY-0015");
    assertThat(other.as("resident", "RADIOLOGIST").get("api/worklist").status()).isEqualTo(200);

    String export = tenants + "/resident/export";
    Path archive =
        Path.of(
            elsewhere("POST", export, Map.of("passphrase", PASSPHRASE))
                .ok()
                .get("archive")
                .asText());
    assertThat(archive).startsWith(Path.of(EU_BACKUP).toRealPath()).exists();
    try (Database database = Database.asOwner(other)) {
      database.run(
          "update platform.tenant set backup_root = '" + US_STORAGE + "' where id = 'resident'");
      assertThat(
              elsewhere("POST", export, Map.of("passphrase", PASSPHRASE))
                  .json()
                  .get("code")
                  .asText())
          .as("moved behind Vigil's back")
          .isEqualTo("TENANCY-0015");
      assertThat(Path.of(US_STORAGE)).doesNotExist();
      JsonNode listed = elsewhere("GET", tenants + "/resident", null).ok();
      assertThat(listed.get("state").asText()).isEqualTo("misplaced");
      assertThat(listed.get("code").asText()).isEqualTo("TENANCY-0015");
    }
  }

  private static Rest.Answer elsewhere(String method, String path, Object body) {
    return other.as(null, "PLATFORM_ADMIN").send(method, path, body);
  }

  private static String residence(String what) {
    try {
      return Files.createTempDirectory("vigil-eu-" + what).toRealPath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rest.Answer act(String id, String act, String reason) {
    return platform().post("api/platform/tenants/" + id + "/" + act, Map.of("reason", reason));
  }

  private static JsonNode listed(String id) {
    return TestHospital.list(platform().get("api/platform/tenants").ok().get("tenants")).stream()
        .filter(t -> t.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Rest.Answer restore(Path archive, String passphrase, String as) {
    Map<String, Object> body = new HashMap<>();
    body.put("archive", archive.toAbsolutePath().toString());
    body.put("passphrase", passphrase);
    body.put("as", as);
    return other.as(null, "PLATFORM_ADMIN").post("api/platform/tenants/restore", body);
  }

  /** With a fresh token each time: they live for minutes. */
  private static Rest platform() {
    return VigilServer.shared().as(null, "PLATFORM_ADMIN");
  }
}
