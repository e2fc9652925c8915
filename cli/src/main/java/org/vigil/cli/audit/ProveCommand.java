package org.vigil.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.vigil.audit.domain.InclusionProof;
import org.vigil.audit.domain.Trail;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.OwnerDatabase;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil audit prove}. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the proof that an event stands in the trail as it is shown, to be checked elsewhere.",
      "Exit codes: 0 written, 1 not found or not sealed, 2 wrong option, 3 no database."
    })
final class ProveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Parameters(paramLabel = "EVENT", description = "The event's number.")
  private long event;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      required = true,
      description = "The hospital; platform for the platform's trail.")
  private String tenant;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to (default: standard output).")
  private Path file;

  @Override
  public Integer call() {
    String schema = tenant.equals("platform") ? tenant : TenantId.of(tenant).schema();
    try (Connection connection = OwnerDatabase.connect(home.home())) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      String proof = InclusionProof.of(new Trail(connection, schema), event).toPrettyString();
      connection.rollback();
      if (file == null) {
        spec.commandLine().getOut().println(proof);
        spec.commandLine().getOut().flush();
      } else {
        Files.writeString(file, proof);
      }
      return ExitCode.OK;
    } catch (VigilException e) {
      throw new CommandFailure(ExitCode.FAILED, e.getMessage(), e);
    } catch (SQLException | IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "no proof: " + e.getMessage(), e);
    }
  }
}
