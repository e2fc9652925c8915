package org.vigil.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.Vigil;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Secrets;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import picocli.CommandLine;

/** {@code ./vigil audit} against the trail of a running server, untouched and tampered with. */
class AuditChainIT {
  private static TestHospital hospital;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
    hospital.worklist();
    hospital.as("TECHNOLOGIST").get("api/alerts");
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void anUntouchedTrailVerifiesAndATamperedOneNamesTheRow() throws Exception {
    JsonNode refusal = hospital.audit("ACCESS_REFUSED").get(0);
    sealed();
    assertThat(verify()).satisfies(AuditChainIT::isIntact);

    asSuperuser("update audit_event set actor_name = 'nobody' where id = " + refusal.get("id"));

    Run tampered = verify();
    assertThat(tampered.exitCode()).isEqualTo(1);
    assertThat(tampered.output())
        .contains("TAMPERED WITH", "EVENT_CHANGED", "event " + refusal.get("id"))
        .contains("differs in actor_name");

    asSuperuser(
        "update audit_event set actor_name = '%s' where id = %s"
            .formatted(refusal.get("actorName").asText(), refusal.get("id")));
    assertThat(verify()).satisfies(AuditChainIT::isIntact);
  }

  @Test
  void theTrailIsWrittenByMonthAndItsHeadIsKeptOutsideTheDatabase() {
    sealed();
    // Written after the seal is committed.
    Patience.untilAsserted(
        "the head to be kept",
        () ->
            assertThat(hospital.server().home().auditHeads().resolve(schema() + ".json")).exists());
    assertThat(Files.exists(hospital.server().home().auditPrivateKey())).isTrue();
  }

  @Test
  void aHoldIsPlacedListedAndLiftedFromTheCommandLine() {
    Run placed = audit("hold", "place", "--patient", "PID-17", "--reason", "claim 4711");
    assertThat(placed.exitCode()).isZero();
    String id = placed.output().strip();
    assertThat(audit("hold", "list").output())
        .containsPattern(id + "  in force  patient PID-17 .* by vigil-cli: claim 4711");

    assertThat(audit("hold", "lift", id, "--reason", "settled").exitCode()).isZero();
    assertThat(audit("hold", "list").output()).containsPattern(id + "  lifted ");
    assertThat(hospital.audit("LEGAL_HOLD_SET")).isNotEmpty();
  }

  @Test
  void theTrailIsExportedInEachFormFromTheCommandLine(@TempDir Path folder) throws IOException {
    assertThat(Files.readAllLines(exported(folder, "csv")))
        .hasSizeGreaterThan(1)
        .anyMatch(line -> line.contains("ACCESS_REFUSED"));
    for (String event : Files.readAllLines(exported(folder, "fhir"))) {
      assertThat(new ObjectMapper().readTree(event).get("resourceType").asText())
          .isEqualTo("AuditEvent");
    }
    assertThat(Files.readString(exported(folder, "dicom")))
        .contains("<AuditMessage>", "EventIdentification");
    assertThat(exported(folder, "pdf", "--year", "2026", "--quarter", "4"))
        .satisfies(pdf -> assertThat(Files.readAllBytes(pdf)).startsWith("%PDF-".getBytes(UTF_8)));
    assertThat(hospital.audit("AUDIT_EXPORTED")).hasSizeGreaterThanOrEqualTo(4);

    assertThat(
            audit("export", "--format", "pdf", "--out", folder.resolve("x.pdf").toString())
                .exitCode())
        .as("a report without its quarter")
        .isEqualTo(2);
  }

  private static Path exported(Path folder, String format, String... more) {
    Path file = folder.resolve("trail." + format);
    List<String> arguments =
        new ArrayList<>(List.of("export", "--format", format, "--out", file.toString()));
    arguments.addAll(List.of(more));
    Run run = audit(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.output()).isZero();
    return file;
  }

  private static void isIntact(Run run) {
    assertThat(run.output()).contains("intact");
    assertThat(run.exitCode()).isZero();
  }

  /** Waits until nothing is left to seal. */
  private static void sealed() {
    Patience.until(
        "all events to be sealed",
        AuditChainIT::verify,
        run -> run.output().contains(" 0 not sealed"));
  }

  private static Run verify() {
    return audit("verify");
  }

  private static Run audit(String... arguments) {
    StringWriter output = new StringWriter();
    CommandLine line = Vigil.commandLine();
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(output, true));
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(arguments));
    all.addAll(
        List.of("--home", hospital.server().home().root().toString(), "--tenant", hospital.id()));
    int exitCode = line.execute(all.toArray(String[]::new));
    return new Run(exitCode, output.toString());
  }

  private static String schema() {
    return "t_" + hospital.id().replace('-', '_');
  }

  private static void asSuperuser(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + hospital.server().port(Port.DATABASE) + "/vigil",
                "postgres",
                Secrets.read(hospital.server().home(), "vigil.db.superuser.password"));
        Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("set search_path = " + schema());
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Run(int exitCode, String output) {}
}
