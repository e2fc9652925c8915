package org.vigil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.VigilHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil keys}: keys of this installation, rotated while it runs. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Shows and rotates the keys of this installation, without a restart.",
    subcommands = {KeysCommand.Status.class, KeysCommand.Rotate.class})
public final class KeysCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? status or rotate.");
  }

  private static ApiClient client(HomeOption option) {
    VigilHome home = option.home();
    if (!home.isInstalled()) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING, "no installation in " + home.root() + ": start Vigil there first");
    }
    return ApiClient.asPlatformAdministrator(home);
  }

  private static void print(CommandSpec spec, JsonNode key) {
    spec.commandLine()
        .getOut()
        .printf(
            "jwt  %s  since %s  expires %s%s%n",
            key.path("keyId").asText(),
            key.path("since").asText(),
            key.path("expiresAt").asText(),
            key.path("warning").asBoolean() ? "  ROTATE IT" : "");
    spec.commandLine().getOut().flush();
  }

  /** {@code ./vigil keys status}. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows when keys expire. Exit codes: 0 shown, 3 not running, 7 refused.")
  static final class Status implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      print(spec, client(home).get("platform/keys/jwt"));
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil keys rotate jwt}. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a new key; what the old one signed stays valid until it expires.",
        "Exit codes: 0 rotated, 2 unknown key, 3 not running, 7 refused."
      })
  static final class Rotate implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Parameters(paramLabel = "KEY", description = "jwt: the key that signs tokens.")
    private String key;

    @Override
    public Integer call() {
      if (!key.equals("jwt")) {
        throw new CommandFailure(ExitCode.USAGE, "\"" + key + "\" is no key: expected jwt");
      }
      print(spec, client(home).send("POST", "platform/keys/jwt/rotate", null));
      return ExitCode.OK;
    }
  }
}
