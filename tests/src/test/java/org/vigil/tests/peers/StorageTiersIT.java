package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.server.Secrets;
import org.vigil.dicom.data.Tag;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.S3Server;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;
import org.vigil.tests.server.Visit;

/**
 * A whole server whose policy moves everything at once: to a warm folder, compressed, and on into a
 * bucket; and gives up what Orthanc has committed.
 */
class StorageTiersIT {
  private static final String BUCKET = "archive";

  @TempDir private static Path folder;
  private static S3Server s3;
  private static VigilServer server;

  @BeforeAll
  static void start() throws IOException {
    s3 = new S3Server(folder.resolve("s3"));
    s3.start();
    s3.createBucket(BUCKET);
    server =
        new VigilServer(
            "tiers",
            Map.of(
                "vigil.server.heap", "700m",
                "vigil.imaging.tier.warm.after", "PT0S",
                "vigil.imaging.tier.cold.after", "PT0S",
                "vigil.imaging.tier.cold.location", "s3://" + BUCKET + "/vigil",
                "vigil.imaging.tier.removal-delay", "PT0S",
                "vigil.imaging.release.after", "PT0S",
                "vigil.imaging.release.nodes", "archive",
                "vigil.imaging.release.removal-delay", "PT0S",
                "vigil.imaging.s3.endpoint", s3.endpoint()));
    server.start();
    Secrets.open(server.home())
        .put(
            Map.of(
                "vigil.imaging.s3.access-key", S3Server.ACCESS_KEY,
                "vigil.imaging.s3.secret-key", S3Server.SECRET_KEY));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  @Test
  void imagesGoWarmCompressedThenIntoTheBucketAndFramesStayTheSame() throws IOException {
    try (TestHospital hospital = TestHospital.open(server)) {
      // The server's clock leaves it alone for a while then; it would move things on between looks.
      run(hospital);
      Visit visit = hospital.normal();
      hospital.sendStudy(visit);
      endOfTheNight(hospital, visit);
      assertThat(frame(hospital, visit)).as("what the modality sent").isTrue();

      Patience.until(
          "all is warm",
          () -> run(hospital),
          o -> objects(o, "WARM") > 0 && objects(o, "HOT") == 0);
      assertThat(frame(hospital, visit)).isTrue();

      Patience.until(
          "all is cold",
          () -> run(hospital),
          o -> objects(o, "COLD") > 0 && objects(o, "HOT") + objects(o, "WARM") == 0);
      assertThat(frame(hospital, visit)).isTrue();
      assertThat(tier(overview(hospital), "COLD").path("compressed").asLong()).isPositive();

      List<Path> lying = s3.files(BUCKET);
      assertThat(lying).isNotEmpty();
      for (Path file : lying) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain(visit.request().patient().familyName(), visit.patientId(), "DICM");
      }
      assertThat(verify(hospital).path("findings")).isEmpty();
      assertThat(
              hospital
                  .as("RADIOLOGIST")
                  .get("dicomweb/studies?StudyInstanceUID=" + visit.study())
                  .text())
          .contains("NEARLINE");

      s3.stop();
      Rest.Answer unanswered = hospital.as("RADIOLOGIST").get(object(visit) + "/metadata");
      assertThat(unanswered.status()).isGreaterThanOrEqualTo(500);
      s3.start();
      assertThat(frame(hospital, visit)).isTrue();

      for (Path file : lying) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      assertThat(verify(hospital).path("findings"))
          .hasSize(lying.size())
          .allSatisfy(f -> assertThat(f.path("kind").asText()).isEqualTo("DAMAGED"))
          .allSatisfy(f -> assertThat(f.path("location").asText()).startsWith("cold/"));
      assertThat(hospital.audit("IMAGES_MOVED")).isNotEmpty();
    }
  }

  @Test
  void whatOrthancHasCommittedGoesUnlessItIsHeldOrUnread() throws IOException {
    try (TestHospital hospital = TestHospital.open(server);
        Orthanc orthanc = Orthanc.start(hospital, folder.resolve("orthanc"))) {
      hospital
          .as("TENANT_ADMIN")
          .send("PUT", "api/pacs-nodes/archive", orthanc.node("store", "commit"))
          .ok();
      Visit visit = hospital.normal();
      orthanc.store(visit.images());
      hospital.sendStudy(visit);
      endOfTheNight(hospital, visit);
      Patience.until("Orthanc to commit", () -> committed(hospital), count -> count > 0);

      assertThat(run(hospital).path("lastRun").path("held").asLong()).as("unread").isPositive();
      hospital
          .as("RADIOLOGIST")
          .send(
              "PUT",
              "api/worklist/" + visit.study() + "/reading-status",
              Map.of("readingStatus", "read"))
          .ok();
      JsonNode hold =
          hospital
              .as("COMPLIANCE_OFFICER")
              .post("api/legal-holds", Map.of("patientId", visit.patientId(), "reason", "lawsuit"))
              .ok();
      assertThat(run(hospital).path("lastRun").path("held").asLong()).as("held").isPositive();
      assertThat(frame(hospital, visit)).isTrue();
      hospital
          .as("COMPLIANCE_OFFICER")
          .post("api/legal-holds/" + hold.get("id").asText() + "/lift", Map.of("reason", "settled"))
          .ok();

      Rest.Answer gone =
          Patience.until(
              "the film is released",
              () -> {
                run(hospital);
                return hospital.as("RADIOLOGIST").get(object(visit) + "/metadata");
              },
              answer -> answer.status() == 410);
      assertThat(gone.json().get("code").asText()).isEqualTo("IMAGING-0090");
      assertThat(gone.text()).contains("archive").doesNotContain(visit.patientId());
      assertThat(hospital.audit("IMAGES_RELEASED")).isNotEmpty();
      assertThat(verify(hospital).path("findings")).isEmpty();

      hospital.sendStudy(visit);
      assertThat(frame(hospital, visit)).as("sent again, it is back").isTrue();
    }
  }

  /** Waits for what a study brings about: its results are objects of the same study. */
  private static void endOfTheNight(TestHospital hospital, Visit visit) {
    hospital.waitUntilAnalysed(visit);
    hospital.waitUntilDelivered();
  }

  private static int committed(TestHospital hospital) {
    run(hospital);
    return hospital
        .as("TENANT_ADMIN")
        .get("api/storage-commitments?state=committed")
        .ok()
        .path("commitments")
        .size();
  }

  /** Whether the film's first frame is given out as it was sent. */
  private static boolean frame(TestHospital hospital, Visit visit) throws IOException {
    byte[] pixels = visit.dicom().getBytes(Tag.PixelData);
    try (InputStream answer =
        hospital
            .as("RADIOLOGIST")
            .with("Accept", "multipart/related; type=\"application/octet-stream\"")
            .stream(object(visit) + "/frames/1")) {
      String body = new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
      return body.contains(new String(pixels, StandardCharsets.ISO_8859_1));
    }
  }

  private static String object(Visit visit) {
    return "dicomweb/studies/"
        + visit.study()
        + "/series/"
        + visit.dicom().getString(Tag.SeriesInstanceUID)
        + "/instances/"
        + visit.dicom().getString(Tag.SOPInstanceUID);
  }

  /** With a fresh token each time: they live for minutes. */
  private static Rest platform() {
    return server.as(null, "PLATFORM_ADMIN");
  }

  private static JsonNode overview(TestHospital hospital) {
    return platform().get("api/platform/storage/" + hospital.id() + "/tiers").ok();
  }

  /** Applies the policy and waits for its end. */
  private static JsonNode run(TestHospital hospital) {
    String id =
        Patience.until(
                "no other run is under way",
                () ->
                    platform()
                        .post("api/platform/storage/" + hospital.id() + "/tiers/runs", Map.of()),
                answer -> answer.status() == 202)
            .json()
            .get("id")
            .asText();
    JsonNode overview =
        Patience.until(
            "the run to end",
            () -> overview(hospital),
            o ->
                !o.path("lastRun").path("id").asText().equals(id)
                    || o.path("lastRun").hasNonNull("endedAt"));
    assertThat(overview.path("lastRun").path("failed").asLong())
        .as("%s", overview.path("lastRun"))
        .isZero();
    return overview;
  }

  private static JsonNode tier(JsonNode overview, String name) {
    return TestHospital.list(overview.path("tiers")).stream()
        .filter(t -> t.path("tier").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long objects(JsonNode overview, String tier) {
    return tier(overview, tier).path("objects").asLong();
  }

  private static JsonNode verify(TestHospital hospital) {
    String path = "api/platform/storage/" + hospital.id() + "/verifications";
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
}
