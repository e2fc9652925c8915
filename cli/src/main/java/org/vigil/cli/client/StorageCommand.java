package org.vigil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vigil storage}. */
@Command(
    name = "storage",
    mixinStandardHelpOptions = true,
    description = "Looks after stored images.",
    subcommands = {StorageCommand.Verify.class, StorageTiersCommand.class})
public final class StorageCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? verify or tiers.");
  }

  /** {@code ./vigil storage verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Reads every stored object and compares it with what was received; names damaged, missing"
            + " and foreign files.",
        "Objects of earlier versions that lie in the clear are encrypted on the way.",
        "Exit codes: 0 all is sound, 1 something is not, 3 not running, 7 refused."
      })
  static final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Option(
        names = "--tenant",
        paramLabel = "ID",
        description = "Only this hospital (default: all).")
    private String tenant;

    @Override
    public Integer call() {
      ApiClient client = ApiClient.asPlatformAdministrator(home.home());
      PrintWriter out = spec.commandLine().getOut();
      List<String> hospitals = new ArrayList<>();
      if (tenant == null) {
        client.tenants().forEach(t -> hospitals.add(t.id()));
      } else {
        hospitals.add(tenant);
      }
      boolean sound = true;
      for (String hospital : hospitals) {
        sound &= verify(client, hospital, out);
      }
      return sound ? ExitCode.OK : ExitCode.FAILED;
    }

    private static boolean verify(ApiClient client, String hospital, PrintWriter out) {
      String path = "platform/storage/" + hospital + "/verifications";
      String id = client.send("POST", path, null).path("id").asText();
      JsonNode run = client.get(path + "/" + id);
      while (run.path("endedAt").isNull() || run.path("endedAt").isMissingNode()) {
        pause();
        run = client.get(path + "/" + id);
      }
      for (JsonNode finding : run.path("findings")) {
        out.printf(
            "%s: %-8s %s%s: %s%n",
            hospital,
            finding.path("kind").asText().toLowerCase(java.util.Locale.ROOT),
            finding.path("location").asText(),
            finding.path("sopInstanceUid").isNull()
                ? ""
                : " (" + finding.path("sopInstanceUid").asText() + ")",
            finding.path("problem").asText());
      }
      boolean complete = run.path("failure").isNull() || run.path("failure").isMissingNode();
      out.printf(
          "%s: %d objects, %d MB read, %d encrypted, %d findings%s%n",
          hospital,
          run.path("objects").asLong(),
          run.path("bytes").asLong() / 1_000_000,
          run.path("encrypted").asLong(),
          run.path("findings").size(),
          complete ? "" : ", broke off: " + run.path("failure").asText());
      out.flush();
      return complete && run.path("findings").isEmpty();
    }

    private static void pause() {
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
      }
    }
  }
}
