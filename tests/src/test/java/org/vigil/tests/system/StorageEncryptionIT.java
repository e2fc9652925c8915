package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** Images at rest: unreadable without the key, the same after every rotation, damage named. */
class StorageEncryptionIT {
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
  void whatIsStoredNamesNobodyAndIsReadBackAsItCame() throws IOException {
    Visit visit = stored();

    List<Path> files = files();
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .doesNotContain(visit.request().patient().familyName(), visit.patientId(), "DICM");
    }
    assertThat(hospital.as("RADIOLOGIST").get(metadata(visit)).ok().toString())
        .contains(visit.patientId());
  }

  @Test
  void imagesStayReadableWhenTheMasterAndTheHospitalsKeyAreRotated() {
    Visit before = stored();
    String master =
        platform().post("api/platform/keys/master/rotation", null).ok().get("masterKey").asText();
    int version =
        platform()
            .post("api/platform/keys/tenants/" + hospital.id() + "/rotation", null)
            .ok()
            .get("version")
            .asInt();
    Visit after = stored();

    for (JsonNode key : platform().get("api/platform/keys").ok().get("keys")) {
      assertThat(key.get("masterKey").asText()).isEqualTo(master);
    }
    assertThat(version).isGreaterThan(1);
    assertThat(hospital.as("RADIOLOGIST").get(metadata(before)).status()).isEqualTo(200);
    assertThat(hospital.as("RADIOLOGIST").get(metadata(after)).status()).isEqualTo(200);
  }

  @Test
  void damagedMissingAndForeignFilesAreNamed() throws IOException {
    try (TestHospital other = TestHospital.open()) {
      Path objects = objects(other);
      other.waitUntilAnalysed(store(other));
      other.waitUntilAnalysed(store(other));
      // Results are objects, too: none is to be written while files are counted.
      other.waitUntilDelivered();
      assertThat(verify(other).get("findings")).isEmpty();
      List<Path> files = files(objects);
      Path damaged = files.get(0);
      byte[] bytes = Files.readAllBytes(damaged);
      bytes[bytes.length / 2] ^= 1;
      Files.write(damaged, bytes);
      Path missing = files.get(1);
      Path foreign = objects.resolve("ff").resolve("foreign.dcm.enc");
      Files.createDirectories(foreign.getParent());
      Files.move(missing, foreign);

      JsonNode verification = verify(other);

      assertThat(verification.get("findings"))
          .extracting(f -> f.get("kind").asText() + " " + f.get("location").asText())
          .containsExactlyInAnyOrder(
              "DAMAGED " + objects.relativize(damaged),
              "MISSING " + objects.relativize(missing),
              "FOREIGN ff/foreign.dcm.enc");
      assertThat(other.audit("STORAGE_VERIFIED")).hasSize(4);
    }
  }

  @Test
  void aMissingObjectIsPutBackByItsSender() throws IOException {
    try (TestHospital other = TestHospital.open()) {
      Visit visit = store(other);
      for (Path file : files(objects(other))) {
        Files.delete(file);
      }
      other.sendStudy(visit);

      assertThat(verify(other).get("findings"))
          .extracting(f -> f.get("sopInstanceUid").asText())
          .doesNotContain(visit.dicom().getString(org.vigil.dicom.data.Tag.SOPInstanceUID));
    }
  }

  /** With a fresh token each time: they live for minutes. */
  private static Rest platform() {
    return hospital.server().as(null, "PLATFORM_ADMIN");
  }

  private static Visit stored() {
    return store(hospital);
  }

  private static Visit store(TestHospital at) {
    Visit visit = at.normal();
    at.sendStudy(visit);
    Patience.until(
        "the study is there",
        () -> at.as("RADIOLOGIST").get(metadata(visit)).status(),
        status -> status == 200);
    return visit;
  }

  private static JsonNode verify(TestHospital at) {
    String path = "api/platform/storage/" + at.id() + "/verifications";
    // One that has just told its end may take another moment to be over.
    String id =
        Patience.until(
                "no other verification is under way",
                () -> platform().post(path, Map.of()),
                answer -> answer.status() != 409)
            .ok()
            .get("id")
            .asText();
    return Patience.until(
        "the verification ends",
        () -> platform().get(path + "/" + id).ok(),
        verification -> verification.hasNonNull("endedAt"));
  }

  private static String metadata(Visit visit) {
    return "dicomweb/studies/" + visit.study() + "/metadata";
  }

  private static List<Path> files() throws IOException {
    return files(objects(hospital));
  }

  private static Path objects(TestHospital at) {
    return at.server().home().root().resolve("storage").resolve(at.id()).resolve("objects");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
