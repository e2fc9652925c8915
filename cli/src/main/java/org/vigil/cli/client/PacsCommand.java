package org.vigil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil pacs}: the archives a hospital's Vigil asks, administered on its host. */
@Command(
    name = "pacs",
    mixinStandardHelpOptions = true,
    description =
        "The PACS nodes of a hospital: who is asked for priors and for commitment, and who may call.",
    subcommands = {
      PacsCommand.ListAll.class,
      PacsCommand.Add.class,
      PacsCommand.Remove.class,
      PacsCommand.Echo.class,
      CallerCommands.ListAll.class,
      CallerCommands.Allow.class,
      CallerCommands.Forbid.class
    })
public final class PacsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? One of those below.");
  }

  /** A command about one hospital's nodes and callers. */
  abstract static class OfHospital implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Option(
        names = "--tenant",
        paramLabel = "ID",
        required = true,
        description = "The hospital, such as st-agnes.")
    private String tenant;

    JsonNode send(String method, String node, Object body) {
      return sendTo("pacs-nodes" + node, method, body);
    }

    JsonNode sendTo(String resource, String method, Object body) {
      String path = "platform/tenants/" + tenant + "/" + resource;
      return TenantCommand.client(home).send(method, path, body);
    }

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    void print(JsonNode node) {
      List<String> capabilities = new ArrayList<>();
      node.path("capabilities").forEach(c -> capabilities.add(c.asText()));
      boolean web = node.path("kind").asText().equals("dicomweb");
      out()
          .printf(
              "%-20s %-8s %-40s %-30s %s%n",
              node.path("name").asText(),
              node.path("kind").asText(),
              web
                  ? node.path("url").asText()
                  : node.path("aeTitle").asText()
                      + "@"
                      + node.path("host").asText()
                      + ":"
                      + node.path("port").asInt()
                      + (node.path("tls").asBoolean() ? " TLS" : ""),
              String.join(",", capabilities),
              state(node.path("reachability")));
      out().flush();
    }

    static String state(JsonNode seen) {
      String text = seen.path("state").asText();
      if (!seen.path("failure").isNull() && !seen.path("failure").isMissingNode()) {
        text += " (" + seen.path("failure").asText() + ")";
      }
      return seen.path("paused").asBoolean() ? text + ", not asked for a while" : text;
    }
  }

  /** {@code ./vigil pacs list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the nodes. Exit codes: 0 listed, 3 not running, 7 refused.")
  static final class ListAll extends OfHospital {
    @Override
    public Integer call() {
      send("GET", "", null).path("nodes").forEach(this::print);
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil pacs add}. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds a node, or changes the one of this name. An archive that is asked by C-MOVE must know",
        "the hospital's AE title with this host and DICOM port.",
        "Exit codes: 0 set, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Add extends OfHospital {
    @Parameters(index = "0", paramLabel = "NAME", description = "Such as main-pacs.")
    private String name;

    @Parameters(
        index = "1",
        paramLabel = "PEER",
        description = "AETITLE@HOST:PORT, or the URL of a DICOMweb service.")
    private String peer;

    @Option(names = "--tls", description = "It speaks DICOM over TLS.")
    private boolean tls;

    @Option(
        names = "--trusted",
        paramLabel = "FILE",
        description = "Its certificate, or its authority's, in PEM; without it, Java's own trust.")
    private Path trusted;

    @Option(
        names = "--can",
        paramLabel = "WHAT",
        split = ",",
        required = true,
        description =
            "Of query, move, get, store and commit, separated by commas; client: it may query and"
                + " retrieve here.")
    private List<String> capabilities;

    @Option(
        names = "--user",
        paramLabel = "NAME",
        description = "User name at a DICOMweb service (HTTP Basic), with --password-file.")
    private String user;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Its password, the file's first line.")
    private Path passwordFile;

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description = "A bearer token for a DICOMweb service, the file's first line.")
    private Path tokenFile;

    @Option(
        names = "--no-credentials",
        description = "Forgets user and password, or token; without it, those there are stay.")
    private boolean noCredentials;

    @Override
    public Integer call() {
      Map<String, Object> body = body();
      Map<String, Object> authorization = authorization();
      if (authorization != null) {
        body.put("authorization", authorization);
      }
      print(send("PUT", "/" + name, body));
      return ExitCode.OK;
    }

    private Map<String, Object> authorization() {
      if ((user == null) != (passwordFile == null)) {
        throw new CommandFailure(ExitCode.USAGE, "--user and --password-file belong together");
      }
      if ((user == null ? 0 : 1) + (tokenFile == null ? 0 : 1) + (noCredentials ? 1 : 0) > 1) {
        throw new CommandFailure(
            ExitCode.USAGE, "a password, a token, or --no-credentials: one of them");
      }
      if (user != null) {
        return Map.of("scheme", "basic", "user", user, "password", firstLine(passwordFile));
      }
      if (tokenFile != null) {
        return Map.of("scheme", "bearer", "token", firstLine(tokenFile));
      }
      return noCredentials ? Map.of("scheme", "none") : null;
    }

    private static String firstLine(Path file) {
      return text(file).lines().findFirst().orElse("");
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.USAGE, "cannot read " + file, e);
      }
    }

    private Map<String, Object> body() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("capabilities", capabilities.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList());
      if (peer.startsWith("http:") || peer.startsWith("https:")) {
        body.put("kind", "dicomweb");
        body.put("url", peer);
        body.put("trusted", trusted == null ? null : text(trusted));
        return body;
      }
      int at = peer.lastIndexOf('@');
      int colon = peer.lastIndexOf(':');
      if (at < 1 || colon < at + 2 || !peer.substring(colon + 1).matches("\\d{1,5}")) {
        throw new CommandFailure(
            ExitCode.USAGE, "\"" + peer + "\" is neither AETITLE@HOST:PORT nor a URL");
      }
      body.put("kind", "dimse");
      body.put("aeTitle", peer.substring(0, at));
      body.put("host", peer.substring(at + 1, colon));
      body.put("port", Integer.parseInt(peer.substring(colon + 1)));
      body.put("tls", tls);
      body.put("trusted", trusted == null ? null : text(trusted));
      return body;
    }
  }

  /** {@code ./vigil pacs remove}. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a node. Exit codes: 0 removed, 3 not running, 7 refused.")
  static final class Remove extends OfHospital {
    @Parameters(index = "0", paramLabel = "NAME", description = "Such as main-pacs.")
    private String name;

    @Override
    public Integer call() {
      send("DELETE", "/" + name, null);
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil pacs echo}. */
  @Command(
      name = "echo",
      mixinStandardHelpOptions = true,
      description = {
        "Asks a node now, from the server.",
        "Exit codes: 0 it answers, 1 it does not, 3 not running, 7 refused."
      })
  static final class Echo extends OfHospital {
    @Parameters(index = "0", paramLabel = "NAME", description = "Such as main-pacs.")
    private String name;

    @Override
    public Integer call() {
      JsonNode seen = send("POST", "/" + name + "/echo", null);
      out().println(name + ": " + state(seen));
      out().flush();
      return seen.path("state").asText().equals("up") ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
