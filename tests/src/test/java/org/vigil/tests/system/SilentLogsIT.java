package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;
import org.vigil.tests.server.Visit;

/**
 * Nothing outside the database names a patient: no log, metric, message journal, temporary or
 * stored file of any server of the run holds names or numbers of anybody whom this or any other
 * test has sent, whatever went wrong with them; and no answer to a refused request does. Runs last
 * (see tests/pom.xml).
 */
@org.junit.jupiter.api.Tag("alone")
@Order(Integer.MAX_VALUE)
class SilentLogsIT {
  /**
   * Of a home: its logs, sockets, objects, and the journals, deployments and uploads of WildFly.
   */
  private static final List<String> PARTS = List.of("logs", "run", "storage", "server");

  @Test
  void nothingOutsideTheDatabaseNamesAPatient() throws Exception {
    try (TestHospital hospital = TestHospital.open()) {
      Visit visit = hospital.critical();
      hospital.sendOrder(visit);
      List<String> refusals = refusedMessages(hospital, visit);
      refusedObjects(hospital);
      hospital.stopPacs();
      hospital.sendStudy(visit);
      hospital.waitUntilAnalysed(visit);
      hospital.startPacs();
      hospital.waitUntilDelivered();
      quarantined(hospital);
      List<String> answers = refusedRequests(hospital, visit);

      VigilServer server = hospital.server();
      assertThat(Files.size(server.log())).isPositive();
      Set<String> secrets = Visit.identifying();
      assertThat(secrets).contains(visit.patientId());
      try (Stream<Path> homes = Files.list(VigilServer.HOMES)) {
        for (Path home : homes.toList()) {
          for (String part : PARTS) {
            assertThat(naming(secrets, home.resolve(part))).as(home + "/" + part).isEmpty();
          }
        }
      }
      assertThat(PARTS).allSatisfy(part -> assertThat(server.home().root().resolve(part)).exists());
      assertThat(server.home().root().resolve("server/data/activemq/journal")).isDirectory();
      assertThat(named(secrets, server.metrics())).isEmpty();
      assertThat(named(secrets, server.management("health"))).isEmpty();
      answers.forEach(answer -> assertThat(named(secrets, answer)).as(answer).isEmpty());
      // A sender's own header comes back to it; the patient does not.
      refusals.forEach(
          answer ->
              assertThat(answer)
                  .doesNotContain(
                      visit.patientId(),
                      visit.request().patient().familyName(),
                      visit.request().patient().givenName()));
    }
  }

  private static List<String> refusedMessages(TestHospital hospital, Visit visit) {
    String order = visit.order(hospital.aeTitle());
    return List.of(
        hospital.sendMessage(order.replace("PID|1", "PID")),
        hospital.sendMessage(order.replace("ORM^O01", "ORM^O99")),
        hospital.sendMessage(order.replace("||19", "||" + visit.patientId())),
        hospital.sendMessage(order.replace("MSH|^~\\&|RIS|", "MSH|^~\\&|RIS|NOWHERE")),
        hospital.sendMessage("no header but " + visit.request().patient().familyName()));
  }

  private static void refusedObjects(TestHospital hospital) {
    Visit bad = hospital.normal();
    hospital.send(bad.images(d -> d.setString(Tag.StudyInstanceUID, VR.UI, bad.patientId())));
    hospital.send(bad.images(d -> d.remove(Tag.SeriesInstanceUID)));
    Visit twice = hospital.normal();
    hospital.send(twice.images());
    hospital.send(twice.images(d -> d.setString(Tag.PatientName, VR.PN, bad.patientId())));
  }

  private static void quarantined(TestHospital hospital) {
    Visit ordered = hospital.normal();
    Visit imaged = hospital.normal();
    hospital.sendOrder(ordered);
    hospital.sendStudy(
        ordered.with(imaged.request().patient(), ordered.accession(), ordered.study()));
  }

  private static List<String> refusedRequests(TestHospital hospital, Visit visit) {
    Rest radiologist = hospital.as("RADIOLOGIST");
    String name = visit.request().patient().familyName();
    List<String> answers = new ArrayList<>();
    for (String path :
        List.of(
            "api/image-analysis/no-such-id",
            "api/studies/9.9.9",
            "dicomweb/studies/9.9.9/metadata",
            "api/no/such/thing")) {
      answers.add(radiologist.get(path).text());
    }
    answers.add(radiologist.post("api/image-analysis", Map.of("studyInstanceUid", name)).text());
    answers.add(
        hospital
            .server()
            .anonymous()
            .post(
                "api/auth/login",
                Map.of("tenant", hospital.id(), "username", name, "password", name))
            .text());
    return answers;
  }

  /** Which files below a folder name a patient, and how. */
  private static List<String> naming(Set<String> secrets, Path folder) throws IOException {
    List<String> told = new ArrayList<>();
    for (Path file : files(folder)) {
      if (file.toString().matches(".*\\.(ear|war|jar|class)")) {
        continue;
      }
      try {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        // Artemis writes strings in two bytes a character, too.
        for (String reading : List.of(text, text.replace("\0", ""))) {
          named(secrets, reading)
              .forEach(secret -> told.add(folder.relativize(file) + " holds " + secret));
        }
      } catch (NoSuchFileException e) {
        // A journal or draft that was removed while we looked.
        assertThat(file).doesNotExist();
      }
    }
    return told;
  }

  /** The server goes on: what it removes while we look is passed by. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Files.isRegularFile(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException && !file.equals(folder)) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            return e == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, e);
          }
        });
    return files;
  }

  /** One pass over the text, however many names there are to look for. */
  private static List<String> named(Set<String> secrets, String text) {
    Map<Integer, List<String>> byBeginning =
        secrets.stream().collect(Collectors.groupingBy(secret -> beginning(secret, 0)));
    BitSet beginnings = new BitSet(1 << 16);
    byBeginning.keySet().forEach(beginnings::set);
    Set<String> found = new TreeSet<>();
    for (int at = 0; at + 1 < text.length(); at++) {
      int beginning = beginning(text, at);
      if (beginnings.get(beginning)) {
        for (String secret : byBeginning.get(beginning)) {
          if (text.startsWith(secret, at)) {
            found.add(secret);
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static int beginning(String text, int at) {
    return (text.charAt(at) & 0xFF) << 8 | text.charAt(at + 1) & 0xFF;
  }
}
