package org.vigil.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vigil audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Checks the audit trail, takes proofs and files from it, and holds records.",
    subcommands = {
      VerifyCommand.class,
      ProveCommand.class,
      CheckProofCommand.class,
      ExportCommand.class,
      HoldCommand.class
    })
public final class AuditCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? One of those below.");
  }
}
