package org.vigil.bench;

import org.vigil.cli.Vigil;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vigil bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures; the last line of each is one JSON object.",
    subcommands = {
      NightBench.class,
      TenantsBench.class,
      AuditBench.class,
      CStoreBench.class,
      FramesBench.class,
      JmhBench.class
    })
public final class Bench implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which benchmark? One of those below.");
  }

  /** Runs {@code ./vigil} with this command beside the others. */
  public static void main(String[] args) {
    CommandLine line = Vigil.commandLine();
    line.addSubcommand(new Bench());
    System.exit(line.execute(args));
  }
}
