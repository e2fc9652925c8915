package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    assertThat(hospital.server().home().auditHeads().resolve(schema() + ".json")).exists();
    assertThat(Files.exists(hospital.server().home().auditPrivateKey())).isTrue();
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
    StringWriter output = new StringWriter();
    CommandLine line = Vigil.commandLine();
    line.setOut(new PrintWriter(output, true));
    int exitCode =
        line.execute(
            "audit",
            "verify",
            "--home",
            hospital.server().home().root().toString(),
            "--tenant",
            hospital.id());
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
