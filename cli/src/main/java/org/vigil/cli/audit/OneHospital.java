package org.vigil.cli.audit;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.Profile;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.VigilHome;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whose trail a command asks the server about, and as whom: an operator runs the installation and
 * has no business with a hospital's trail, so somebody of the hospital logs in. The demo's own
 * operator is its compliance officer, too.
 */
final class OneHospital {
  private static final Duration LIFE = Duration.ofMinutes(5);

  @Mixin private HomeOption home;

  @Option(names = "--tenant", paramLabel = "ID", required = true, description = "The hospital.")
  private String tenant;

  @Option(
      names = "--login",
      paramLabel = "NAME",
      description =
          "Who asks, such as the compliance officer; the password is asked for, or read from"
              + " standard input (needed unless the server runs the demo profile).")
  private String user;

  @Option(names = "--code", paramLabel = "CODE", description = "Of the authenticator app.")
  private String code;

  /** Does something for the hospital as whoever asks. */
  <T> T with(Function<ApiClient, T> work) {
    VigilHome installation = home.home();
    if (user == null) {
      if (!Profile.DEMO
          .key()
          .equals(Settings.ofRunningServer(installation).get(Settings.PROFILE))) {
        throw new CommandFailure(
            ExitCode.USAGE, "a hospital's trail is its own: say by --login who of it asks");
      }
      return work.apply(
          ApiClient.withToken(
              installation,
              new TokenSigner(installation, Clock.systemUTC())
                  .sign("vigil-cli", tenant, List.of("COMPLIANCE_OFFICER"), LIFE)));
    }
    ApiClient client = ApiClient.loggedIn(installation, tenant, user, password(), code);
    try {
      return work.apply(client);
    } finally {
      client.logOut();
    }
  }

  private static char[] password() {
    Console console = System.console();
    if (console != null) {
      return console.readPassword("Password: ");
    }
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return line == null ? new char[0] : line.toCharArray();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "the password could not be read: " + e, e);
    }
  }
}
