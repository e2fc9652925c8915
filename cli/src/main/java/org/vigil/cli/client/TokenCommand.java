package org.vigil.cli.client;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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

  /** As {@code org.vigil.tenancy.api.Role}, which this program does not carry. */
  static final List<String> ROLES =
      List.of(
          "PLATFORM_ADMIN",
          "TENANT_ADMIN",
          "CHIEF_RADIOLOGIST",
          "RADIOLOGIST",
          "RESIDENT",
          "TECHNOLOGIST",
          "REFERRING_CLINICIAN",
          "NURSE",
          "PACS_ADMIN",
          "MODEL_STEWARD",
          "PRIVACY_OFFICER",
          "COMPLIANCE_OFFICER",
          "AUDITOR",
          "RIS_SERVICE",
          "PACS_SERVICE",
          "EHR_SERVICE",
          "SERVICE");

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
          "One or more roles of docs/security.md, such as RADIOLOGIST or, limited,"
              + " \"RESIDENT;modality=CT+MR\"; PLATFORM_ADMIN goes without --tenant.")
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

  private static String upperCaseRole(String grant) {
    int limits = grant.indexOf(';');
    return limits < 0
        ? grant.toUpperCase(Locale.ROOT)
        : grant.substring(0, limits).toUpperCase(Locale.ROOT) + grant.substring(limits);
  }

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
    List<String> wanted = roles.stream().map(TokenCommand::upperCaseRole).toList();
    for (String role : wanted) {
      if (!ROLES.contains(role.split(";", 2)[0])) {
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
