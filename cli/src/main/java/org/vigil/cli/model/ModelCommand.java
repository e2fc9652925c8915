package org.vigil.cli.model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vigil model}. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Checks model packages; no server is needed.",
    subcommands = EvaluateCommand.class)
public final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which one? Those below.");
  }
}
