package org.vigil.cli;

import org.vigil.cli.audit.AuditCommand;
import org.vigil.cli.client.KeysCommand;
import org.vigil.cli.client.PacsCommand;
import org.vigil.cli.client.SendOrderCommand;
import org.vigil.cli.client.StorageCommand;
import org.vigil.cli.client.TenantCommand;
import org.vigil.cli.client.TokenCommand;
import org.vigil.cli.demo.DemoCommand;
import org.vigil.cli.dicom.DicomCommand;
import org.vigil.cli.dicom.SendStudyCommand;
import org.vigil.cli.model.ModelCommand;
import org.vigil.cli.server.BackupCommand;
import org.vigil.cli.server.RestoreCommand;
import org.vigil.cli.server.SecretsCommand;
import org.vigil.cli.server.StartCommand;
import org.vigil.cli.server.StatusCommand;
import org.vigil.cli.server.StopCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vigil}: the list of commands is the annotation below, and nowhere else. */
@Command(
    name = "vigil",
    description = "Vigil: radiology AI orchestration. AI assistance is not diagnostic.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      DemoCommand.class,
      StartCommand.class,
      StopCommand.class,
      StatusCommand.class,
      TokenCommand.class,
      KeysCommand.class,
      TenantCommand.class,
      StorageCommand.class,
      SecretsCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      PacsCommand.class,
      SendOrderCommand.class,
      SendStudyCommand.class,
      DicomCommand.class,
      ModelCommand.class,
      AuditCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Vigil implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? One of those below.");
  }

  /**
   * Runs one command and exits with its code.
   *
   * @param args the command line, without the program's name
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line as it is run, for {@link #main} and for tests. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Vigil());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          boolean expected = failure instanceof CommandFailure;
          command.getErr().println("vigil: " + message(failure));
          if (!expected || System.getenv("VIGIL_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
          }
          return expected ? ((CommandFailure) failure).exitCode() : ExitCode.FAILED;
        });
    return line;
  }

  private static String message(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
