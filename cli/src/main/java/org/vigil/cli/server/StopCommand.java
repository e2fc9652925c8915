package org.vigil.cli.server;

import java.util.concurrent.Callable;
import org.vigil.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./vigil stop}. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Stops the server and its PostgreSQL: work under way may end, nothing accepted is lost.",
      "Exit codes: 0 stopped or was not running, 1 failed."
    })
public final class StopCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Override
  public Integer call() {
    new Launcher(home.home(), spec.commandLine().getOut()).stop();
    return ExitCode.OK;
  }
}
