package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.server.Port;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;
import org.vigil.tests.server.Visit;

/** Workstations that query Vigil and retrieve from it: dcmtk's programs and Orthanc. */
class QueryRetrieveIT {
  private static final String WORKSTATION = "WORKSTATION";
  private static final int OBJECTS = 3;

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
    // The film, the structured report and the heat map.
    Patience.until(
        "Vigil's objects to be in the study",
        () -> hospital.as("RADIOLOGIST").get("dicomweb/studies/" + visit.study() + "/instances"),
        answer -> answer.ok().size() == OBJECTS);
    node(WORKSTATION, port, Map.of());
  }

  private static void node(String aeTitle, int at, Map<String, Object> more) {
    Map<String, Object> node = new LinkedHashMap<>(more);
    node.put("kind", "dimse");
    node.put("aeTitle", aeTitle);
    node.put("host", "localhost");
    node.put("port", at);
    node.put("capabilities", List.of("client"));
    hospital
        .as("TENANT_ADMIN")
        .send("PUT", "api/pacs-nodes/" + aeTitle.toLowerCase(Locale.ROOT), node)
        .ok();
  }

  @AfterAll
  static void close() {
    if (hospital != null) {
      hospital.close();
    }
  }

  private static String[] command(String callingAe, Port at, String... more) {
    return command(callingAe, hospital.server().port(at), more);
  }

  private static String[] command(String callingAe, int at, String... more) {
    return Stream.of(
            Stream.of("-v", "-S", "-aet", callingAe, "-aec", hospital.aeTitle()),
            Stream.of(more),
            Stream.of("127.0.0.1", Integer.toString(at)))
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
  void getscuGetsEveryObjectOfAStudyWithTheReportOfVigil() {
    assertStudyComesTo(Program.GETSCU, WORKSTATION, hospital.server().port(Port.DICOM), List.of());
  }

  @Test
  void getscuGetsThemOverTls() throws IOException {
    try (Stunnel vigil = tlsTowardsVigil()) {
      assertStudyComesTo(Program.GETSCU, WORKSTATION, vigil.port(), List.of());
    }
  }

  @Test
  void movescuIsSentEveryObjectOfAStudy() {
    assertStudyComesTo(
        Program.MOVESCU,
        WORKSTATION,
        hospital.server().port(Port.DICOM),
        List.of("-aem", WORKSTATION, "--port", Integer.toString(port)));
  }

  /** Both what it asks and what it is sent. */
  @Test
  void movescuIsSentThemOverTls() throws IOException {
    Certificate certificate = Certificate.make(folder, "localhost");
    int plain = VigilServer.freePorts(1).get(0);
    try (Stunnel vigil = tlsTowardsVigil();
        Stunnel receiver = Stunnel.before(folder, plain, certificate)) {
      node("TLSSTATION", receiver.port(), Map.of("tls", true, "trusted", certificate.text()));

      assertStudyComesTo(
          Program.MOVESCU,
          "TLSSTATION",
          vigil.port(),
          List.of("-aem", "TLSSTATION", "--port", Integer.toString(plain)));
    }
  }

  private static Stunnel tlsTowardsVigil() throws IOException {
    return Stunnel.towards(
        folder, hospital.server().port(Port.DICOM_TLS), hospital.server().home().certificate());
  }

  private static void assertStudyComesTo(
      Program program, String callingAe, int vigil, List<String> more) {
    List<String> keys =
        List.of("-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=" + visit.study());
    try {
      Path into = Files.createTempDirectory(folder, "study");
      String[] arguments =
          Stream.of(more, List.of("-od", into.toString()), keys)
              .flatMap(List::stream)
              .toArray(String[]::new);
      Program.Result ended = program.run(command(callingAe, vigil, arguments));
      assertThat(ended.exitCode()).as(ended.output()).isZero();
      try (Stream<Path> files = Files.list(into)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .hasSize(OBJECTS)
            .anyMatch(name -> name.contains("SR"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(hospital.audit("IMAGE_ACCESSED"))
        .anyMatch(event -> event.path("actorName").asText().equals(callingAe));
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
          .hasSize(OBJECTS);
    }
  }
}
