package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.server.Port;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;
import org.vigil.tests.server.Visit;

/** Workstations that query Vigil and retrieve from it: dcmtk's programs and Orthanc. */
class QueryRetrieveIT {
  private static final String WORKSTATION = "WORKSTATION";

  @TempDir private static Path folder;
  private static TestHospital hospital;
  private static Visit visit;
  private static int port;

  @BeforeAll
  static void open() {
    hospital = TestHospital.open();
    port = VigilServer.freePorts(1).get(0);
    visit = hospital.critical();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);
    hospital
        .as("TENANT_ADMIN")
        .send(
            "PUT",
            "api/pacs-nodes/workstation",
            Map.of(
                "kind",
                "dimse",
                "aeTitle",
                WORKSTATION,
                "host",
                "127.0.0.1",
                "port",
                port,
                "capabilities",
                List.of("client")))
        .ok();
  }

  @AfterAll
  static void close() {
    if (hospital != null) {
      hospital.close();
    }
  }

  private static String[] command(String callingAe, Port at, String... more) {
    return Stream.of(
            Stream.of("-v", "-S", "-aet", callingAe, "-aec", hospital.aeTitle()),
            Stream.of(more),
            Stream.of("127.0.0.1", Integer.toString(hospital.server().port(at))))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  @Test
  void findscuFindsAStudyPlainAndOverTls() {
    String[] keys = {
      "-k",
      "QueryRetrieveLevel=STUDY",
      "-k",
      "StudyInstanceUID",
      "-k",
      "PatientID=" + visit.patientId()
    };
    assertThat(Program.FINDSCU.run(command(WORKSTATION, Port.DICOM, keys)).output())
        .contains(visit.study())
        .contains("(Pending)")
        .contains("Success");
    assertThat(hospital.audit("STUDIES_SEARCHED"))
        .anyMatch(event -> event.path("actorName").asText().equals(WORKSTATION));

    String[] more =
        Stream.concat(Stream.of(keys), Stream.of("-k", "BodyPartExamined=CHEST"))
            .toArray(String[]::new);
    assertThat(Program.FINDSCU.run(command(WORKSTATION, Port.DICOM, more)).output())
        .contains(visit.study())
        .contains("Pending: WarningUnsupportedOptionalKeys");

    String[] tls = {"+tla", "+cf", hospital.server().home().certificate().toString()};
    String[] both = Stream.concat(Stream.of(tls), Stream.of(keys)).toArray(String[]::new);
    assertThat(Program.FINDSCU.run(command(WORKSTATION, Port.DICOM_TLS, both)).output())
        .contains(visit.study());

    assertThat(Program.FINDSCU.run(command("STRANGER", Port.DICOM, keys)).output())
        .doesNotContain(visit.study())
        .contains("0x124");
  }

  @Test
  void getscuGetsEveryObjectOfAStudyWithTheReportOfVigil() throws IOException {
    assertStudyComesTo(Program.GETSCU, Files.createDirectory(folder.resolve("get")), List.of());
  }

  @Test
  void movescuIsSentEveryObjectOfAStudy() throws IOException {
    assertStudyComesTo(
        Program.MOVESCU,
        Files.createDirectory(folder.resolve("move")),
        List.of("-aem", WORKSTATION, "--port", Integer.toString(port)));
  }

  private static void assertStudyComesTo(Program program, Path into, List<String> more)
      throws IOException {
    List<String> arguments =
        Stream.concat(
                more.stream(),
                Stream.of(
                    "-od",
                    into.toString(),
                    "-k",
                    "QueryRetrieveLevel=STUDY",
                    "-k",
                    "StudyInstanceUID=" + visit.study()))
            .toList();
    Program.Result ended =
        program.run(command(WORKSTATION, Port.DICOM, arguments.toArray(new String[0])));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    try (Stream<Path> files = Files.list(into)) {
      // The film, the structured report and the heat map.
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(3)
          .anyMatch(name -> name.contains("SR"));
    }
    assertThat(hospital.audit("IMAGE_ACCESSED"))
        .anyMatch(event -> event.path("actorName").asText().equals(WORKSTATION));
  }

  @Test
  void orthancQueriesVigilAndIsSentTheStudy() {
    Program.ORTHANC.need();
    try (Orthanc orthanc = Orthanc.start(hospital, folder)) {
      hospital
          .as("TENANT_ADMIN")
          .send("PUT", "api/pacs-nodes/orthanc", orthanc.node("client"))
          .ok();

      JsonNode query =
          orthanc.post(
              "/modalities/vigil/query",
              Map.of("Level", "Study", "Query", Map.of("StudyInstanceUID", visit.study())));
      String answers = query.path("Path").asText() + "/answers";
      assertThat(orthanc.get(answers)).hasSize(1);
      orthanc.post(
          query.path("Path").asText() + "/retrieve",
          Map.of("TargetAet", Orthanc.AE_TITLE, "Synchronous", true));

      assertThat(
              orthanc.post(
                  "/tools/find",
                  Map.of("Level", "Instance", "Query", Map.of("StudyInstanceUID", visit.study()))))
          .hasSize(3);
    }
  }
}
