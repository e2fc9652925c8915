package org.vigil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil storage tiers}. */
@Command(
    name = "tiers",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how many images lie in which tier, what waits and what the last run did.",
      "Exit codes: 0 done, 1 something failed in the last run, 3 not running, 7 refused."
    })
final class StorageTiersCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 500;

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Option(names = "--tenant", paramLabel = "ID", description = "Only this hospital (default: all).")
  private String tenant;

  @Option(names = "--run", description = "Apply the policy now and wait for it.")
  private boolean run;

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
      String path = "platform/storage/" + hospital + "/tiers";
      sound &= show(hospital, run ? afterRun(client, path) : client.get(path), out);
    }
    return sound ? ExitCode.OK : ExitCode.FAILED;
  }

  private static JsonNode afterRun(ApiClient client, String path) {
    String id = client.send("POST", path + "/runs", null).path("id").asText();
    while (true) {
      JsonNode overview = client.get(path);
      JsonNode last = overview.path("lastRun");
      if (!last.path("id").asText().equals(id) || last.hasNonNull("endedAt")) {
        return overview;
      }
      pause();
    }
  }

  private static boolean show(String hospital, JsonNode overview, PrintWriter out) {
    out.printf("%s%n", hospital);
    for (JsonNode tier : overview.path("tiers")) {
      out.printf(
          Locale.ROOT,
          "  %-9s %8d objects %10.1f MB%s%n",
          tier.path("tier").asText().toLowerCase(Locale.ROOT),
          tier.path("objects").asLong(),
          tier.path("bytes").asLong() / 1e6,
          tier.path("compressed").asLong() == 0
              ? ""
              : ", " + tier.path("compressed").asLong() + " compressed");
    }
    JsonNode policy = overview.path("policy");
    JsonNode waiting = overview.path("waiting");
    out.printf(
        "  policy    warm after %s, cold after %s, released after %s%n",
        setting(policy, "warmAfter"),
        setting(policy, "coldAfter"),
        setting(policy, "releaseAfter"));
    out.printf(
        "  waiting   %d to warm, %d to cold, %d to release, %d files to remove%n",
        waiting.path("toWarm").asLong(),
        waiting.path("toCold").asLong(),
        waiting.path("toRelease").asLong(),
        overview.path("filesToRemove").asLong());
    JsonNode last = overview.path("lastRun");
    if (!last.hasNonNull("id")) {
      out.printf("  last run  never%n");
      out.flush();
      return true;
    }
    out.printf(
        Locale.ROOT,
        "  last run  %s%s: %d warmed (%d compressed, %.1f MB saved), %d cooled, %d released,"
            + " %d held, %d files removed, %d failed%s%n",
        Instant.parse(last.path("startedAt").asText()),
        last.hasNonNull("endedAt") ? "" : ", goes on",
        last.path("warmed").asLong(),
        last.path("compressed").asLong(),
        last.path("savedBytes").asLong() / 1e6,
        last.path("cooled").asLong(),
        last.path("released").asLong(),
        last.path("held").asLong(),
        last.path("removed").asLong(),
        last.path("failed").asLong(),
        last.hasNonNull("problem") ? " (" + last.path("problem").asText() + ")" : "");
    out.flush();
    return last.path("failed").asLong() == 0;
  }

  private static String setting(JsonNode policy, String name) {
    return policy.hasNonNull(name) ? policy.path(name).asText() : "never";
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }
}
