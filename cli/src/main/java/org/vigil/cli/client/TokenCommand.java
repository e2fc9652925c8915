package org.vigil.cli.client;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.Profile;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.VigilHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil token}: for trials with curl in the demo, never in a hospital. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a token for the REST interface (Authorization: Bearer …). Demo profile only.",
      "Exit codes: 0 printed, 1 refused in this profile, 2 wrong option, 3 not installed."
    })
public final class TokenCommand implements Callable<Integer> {

  private static final Set<String> ROLES =
      new TreeSet<>(
          List.of(
              "PLATFORM_ADMIN",
              "TENANT_ADMIN",
              "RADIOLOGIST",
              "REFERRING_CLINICIAN",
              "TECHNOLOGIST",
              "AUDITOR",
              "SERVICE"));

  @Spec private CommandSpec spec;
  @Mixin private HomeOption homeOption;

  @Option(names = "--tenant", paramLabel = "ID", description = "The hospital, such as st-agnes.")
  private String tenant;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      split = ",",
      description =
          "One or more of PLATFORM_ADMIN (without --tenant), TENANT_ADMIN, RADIOLOGIST,"
              + " REFERRING_CLINICIAN, TECHNOLOGIST, AUDITOR, SERVICE.")
  private List<String> roles;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "token",
      description = "User name in the token and in the audit trail (default: ${DEFAULT-VALUE}).")
  private String user;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long it is valid (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Override
  public Integer call() {
    VigilHome home = homeOption.home();
    if (!home.isInstalled()) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING, "no installation in " + home.root() + ": start Vigil there first");
    }
    if (Settings.ofRunningServer(home).profile() != Profile.DEMO) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "tokens are handed out in the demo profile only; this installation is "
              + Settings.ofRunningServer(home).profile().key()
              + ": log in at POST /api/auth/login instead");
    }
    List<String> wanted = roles.stream().map(r -> r.toUpperCase(Locale.ROOT)).toList();
    for (String role : wanted) {
      if (!ROLES.contains(role)) {
        throw new CommandFailure(
            ExitCode.USAGE, "\"" + role + "\" is no role: expected one of " + ROLES);
      }
    }
    if (tenant == null && !wanted.equals(List.of("PLATFORM_ADMIN"))) {
      throw new CommandFailure(ExitCode.USAGE, "name the hospital with --tenant");
    }
    if (minutes < 1 || minutes > 1440) {
      throw new CommandFailure(ExitCode.USAGE, "--minutes takes 1 to 1440, not " + minutes);
    }
    spec.commandLine()
        .getOut()
        .println(
            new TokenSigner(home, Clock.systemUTC())
                .sign(user, tenant, wanted, Duration.ofMinutes(minutes)));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
