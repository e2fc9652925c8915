package org.vigil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.PacsCommand.OfHospital;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./vigil pacs callers|allow|forbid}: which AE titles may open associations. */
final class CallerCommands {
  private static final String CALLERS = "allowed-callers";

  private CallerCommands() {}

  private static String resource(String aeTitle) {
    return CALLERS + "/" + URLEncoder.encode(aeTitle, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@code ./vigil pacs callers}. */
  @Command(
      name = "callers",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the AE titles that may call. Without any, all may.",
        "Exit codes: 0 listed, 3 not running, 7 refused."
      })
  static final class ListAll extends OfHospital {
    @Override
    public Integer call() {
      JsonNode callers = sendTo(CALLERS, "GET", null).path("callers");
      if (callers.isEmpty()) {
        out().println("no list: every AE title may call");
      }
      for (JsonNode caller : callers) {
        List<String> networks = new ArrayList<>();
        caller.path("networks").forEach(network -> networks.add(network.asText()));
        out()
            .printf(
                "%-16s %s%n",
                caller.path("aeTitle").asText(),
                networks.isEmpty() ? "from anywhere" : String.join(", ", networks));
      }
      out().flush();
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil pacs allow}. */
  @Command(
      name = "allow",
      mixinStandardHelpOptions = true,
      description = {
        "Lets an AE title call, or changes from where it may. With the first one the list begins:",
        "all others are refused from the next association on, archives that send priors too.",
        "Exit codes: 0 set, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Allow extends OfHospital {
    @Parameters(index = "0", paramLabel = "AETITLE", description = "Such as CT1.")
    private String aeTitle;

    @Option(
        names = "--from",
        paramLabel = "NETWORK",
        split = ",",
        description = "Addresses or networks such as 10.20.0.0/16; without it, from anywhere.")
    private List<String> networks = List.of();

    @Override
    public Integer call() {
      sendTo(resource(aeTitle), "PUT", Map.of("networks", networks));
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil pacs forbid}. */
  @Command(
      name = "forbid",
      mixinStandardHelpOptions = true,
      description = {
        "Takes an AE title off the list; with the last one the list ends and all may call.",
        "Exit codes: 0 removed, 3 not running, 7 refused."
      })
  static final class Forbid extends OfHospital {
    @Parameters(index = "0", paramLabel = "AETITLE", description = "Such as CT1.")
    private String aeTitle;

    @Override
    public Integer call() {
      sendTo(resource(aeTitle), "DELETE", null);
      return ExitCode.OK;
    }
  }
}
