package org.vigil.cli.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vigil.audit.domain.InclusionProof;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil audit check-proof}: needs no server and no database. */
@Command(
    name = "check-proof",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a proof of one event with nothing but the public key.",
      "Exit codes: 0 it holds, 1 it does not, 2 wrong option."
    })
final class CheckProofCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Parameters(paramLabel = "FILE", description = "What audit prove wrote.")
  private Path file;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public key, in PEM (default: the installation's keys).")
  private Path key;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<String> wrong =
          InclusionProof.check(
              new ObjectMapper().readTree(file.toFile()), AuditKeys.of(home.home(), key));
      wrong.forEach(out::println);
      if (wrong.isEmpty()) {
        out.println("The proof holds.");
      }
      out.flush();
      return wrong.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    } catch (IOException | RuntimeException e) {
      throw new CommandFailure(ExitCode.FAILED, file + " is no proof: " + e.getMessage(), e);
    }
  }
}
