package org.vigil.cli.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vigil.audit.domain.ChainRecords;
import org.vigil.audit.domain.ChainVerifier;
import org.vigil.audit.domain.Finding;
import org.vigil.audit.domain.Trail;
import org.vigil.audit.domain.TrustedKeys;
import org.vigil.audit.domain.VerificationReport;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.OwnerDatabase;
import org.vigil.kernel.TenantId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil audit verify}: reads the database itself, so that the server cannot lie. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Finds changed, removed, inserted and reordered events, and names them.",
      "Compares with the heads in the home directory and with anchors kept elsewhere.",
      "Exit codes: 0 intact, 1 tampered with, 2 wrong option, 3 the database does not answer."
    })
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      description = "Only this hospital's trail; platform for the platform's (default: all).")
  private String tenant;

  @Option(
      names = "--anchors",
      paramLabel = "DIR",
      description = "Anchors kept elsewhere (default: audit/anchors in the home directory).")
  private Path anchors;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Believe only this public key, in PEM (default: the installation's keys).")
  private Path key;

  @Override
  public Integer call() {
    TrustedKeys keys = AuditKeys.of(home.home(), key);
    PrintWriter out = spec.commandLine().getOut();
    boolean intact = true;
    try (Connection connection = OwnerDatabase.connect(home.home())) {
      for (String schema : schemas(connection)) {
        VerificationReport report = verify(connection, schema, keys);
        print(out, report);
        intact &= report.isIntact();
      }
    } catch (SQLException | IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "the check could not be completed: " + e.getMessage(), e);
    }
    return intact ? ExitCode.OK : ExitCode.FAILED;
  }

  private VerificationReport verify(Connection connection, String schema, TrustedKeys keys)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try {
      // The heads are read before the snapshot is taken: the chain only grows beyond them.
      return new ChainVerifier(new Trail(connection, schema), keys)
          .withHeads(ChainRecords.heads(home.home().auditHeads(), schema))
          .withAnchors(
              ChainRecords.anchors(anchors != null ? anchors : home.home().auditAnchors(), schema))
          .verify();
    } finally {
      connection.rollback();
      connection.setReadOnly(false);
    }
  }

  private List<String> schemas(Connection connection) throws SQLException {
    if (tenant != null) {
      return List.of(tenant.equals("platform") ? tenant : TenantId.of(tenant).schema());
    }
    List<String> schemas = new ArrayList<>(List.of("platform"));
    try (Statement query = connection.createStatement();
        ResultSet rows =
            query.executeQuery("select id from platform.tenant where active order by id")) {
      while (rows.next()) {
        schemas.add(TenantId.of(rows.getString(1)).schema());
      }
    }
    return schemas;
  }

  private static void print(PrintWriter out, VerificationReport report) {
    out.printf(
        "%-24s %s: %d events in %d seals, %d not sealed yet, %d deleted by policy, %d anchors, %.1f s%n",
        report.trail(),
        report.isIntact() ? "intact" : "TAMPERED WITH",
        report.events(),
        report.seals(),
        report.pending(),
        report.deleted(),
        report.anchors(),
        report.millis() / 1000.0);
    for (Finding finding : report.findings()) {
      out.printf(
          "  %-16s %s%s%s: %s%n",
          finding.kind(),
          finding.event() == null ? "" : "event " + finding.event(),
          finding.occurredAt() == null ? "" : " of " + finding.occurredAt(),
          finding.seal() == null ? "" : " seal " + finding.seal(),
          finding.what());
    }
    if (report.wrong() > report.findings().size()) {
      out.printf("  … %d findings in all%n", report.wrong());
    }
    out.flush();
  }
}
