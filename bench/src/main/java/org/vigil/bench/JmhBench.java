package org.vigil.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.vigil.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil bench jmh}: the parts in isolation. */
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    description = "JMH: ordering a worklist, preparing and running the model on one film.")
final class JmhBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      defaultValue = ".*",
      description = "Which of them (default: ${DEFAULT-VALUE}).")
  private String include;

  @Override
  public Integer call() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("org\\.vigil\\.bench\\.jmh\\." + include)
                    .forks(1)
                    .jvmArgsAppend("-Dvigil.checkout=" + System.getProperty("vigil.checkout", "."))
                    .build())
            .run();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("bench", "jmh");
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      String params = result.getParams().getParam("lines");
      figures.put(
          (params == null ? name : name + "_" + params)
              + "_"
              + result.getPrimaryResult().getScoreUnit().replace("/", "Per"),
          Math.round(result.getPrimaryResult().getScore() * 1000) / 1000.0);
    }
    spec.commandLine().getOut().println(Json.line(figures));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
