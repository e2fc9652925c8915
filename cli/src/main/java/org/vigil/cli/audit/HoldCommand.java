package org.vigil.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.vigil.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil audit hold}: what must not be deleted. */
@Command(
    name = "hold",
    mixinStandardHelpOptions = true,
    description = "Places, lists and lifts legal holds of a hospital.",
    subcommands = {HoldCommand.Place.class, HoldCommand.Holds.class, HoldCommand.Lift.class})
final class HoldCommand implements Runnable {
  private static final String RESOURCE = "legal-holds";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? One of those below.");
  }

  /** {@code ./vigil audit hold place}. */
  @Command(
      name = "place",
      mixinStandardHelpOptions = true,
      description = {
        "Keeps what it covers from being deleted until the hold is lifted.",
        "Without patient and study it covers everything in the span of time.",
        "Exit codes: 0 placed, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Place implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private OneHospital hospital;

    @Option(names = "--patient", paramLabel = "ID", description = "All of this patient.")
    private String patient;

    @Option(names = "--study", paramLabel = "UID", description = "All of this study.")
    private String study;

    @Option(names = "--from", paramLabel = "TIME", description = "Such as 2026-11-22T02:17:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Such as 2026-11-22T02:17:00Z.")
    private String to;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Recorded.")
    private String reason;

    @Override
    public Integer call() {
      Map<String, String> body = new LinkedHashMap<>();
      body.put("patientId", patient);
      body.put("studyInstanceUid", study);
      body.put("from", from);
      body.put("to", to);
      body.put("reason", reason);
      JsonNode hold = hospital.with(client -> client.send("POST", RESOURCE, body));
      PrintWriter out = spec.commandLine().getOut();
      out.println(hold.path("id").asText());
      out.flush();
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil audit hold list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the holds of a hospital, the newest first.",
        "Exit codes: 0 listed, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Holds implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private OneHospital hospital;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      for (JsonNode hold : hospital.with(client -> client.get(RESOURCE)).path("holds")) {
        out.printf(
            "%s  %-9s %s  %s to %s  by %s: %s%n",
            hold.path("id").asText(),
            hold.path("liftedAt").isNull() ? "in force" : "lifted",
            covered(hold),
            end(hold.path("from")),
            end(hold.path("to")),
            hold.path("setBy").asText(),
            hold.path("reason").asText());
      }
      out.flush();
      return ExitCode.OK;
    }

    private static String end(JsonNode time) {
      return time.isTextual() ? time.asText() : "…";
    }

    private static String covered(JsonNode hold) {
      if (hold.hasNonNull("patientId")) {
        return "patient " + hold.path("patientId").asText();
      }
      return hold.hasNonNull("studyInstanceUid")
          ? "study " + hold.path("studyInstanceUid").asText()
          : "everything";
    }
  }

  /** {@code ./vigil audit hold lift}. */
  @Command(
      name = "lift",
      mixinStandardHelpOptions = true,
      description = {
        "Lifts a hold: the policy may delete again what it covered.",
        "Exit codes: 0 lifted, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Lift implements Callable<Integer> {
    @Mixin private OneHospital hospital;

    @Parameters(index = "0", paramLabel = "HOLD", description = "Its id, as listed.")
    private UUID id;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Recorded.")
    private String reason;

    @Override
    public Integer call() {
      hospital.with(
          client -> client.send("POST", RESOURCE + "/" + id + "/lift", Map.of("reason", reason)));
      return ExitCode.OK;
    }
  }
}
