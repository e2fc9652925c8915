package org.vigil.cli.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.VigilHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vigil tenant}: hospitals of this installation, administered on its host. */
@Command(
    name = "tenant",
    mixinStandardHelpOptions = true,
    description = "The hospitals of this installation, from their creation to their erasure.",
    subcommands = {
      TenantCommand.Create.class,
      TenantCommand.ListAll.class,
      TenantLifeCommands.Suspend.class,
      TenantLifeCommands.Resume.class,
      TenantLifeCommands.Migrate.class,
      TenantLifeCommands.Export.class,
      TenantLifeCommands.Restore.class,
      TenantLifeCommands.Erase.class
    })
public final class TenantCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? One of those below.");
  }

  static ApiClient client(HomeOption option) {
    VigilHome home = option.home();
    if (!home.isInstalled()) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING, "no installation in " + home.root() + ": start Vigil there first");
    }
    return ApiClient.asPlatformAdministrator(home);
  }

  static void print(PrintWriter out, ApiClient.Tenant tenant) {
    out.printf(
        "%-20s %-16s %-30s %-20s AE title %-16s facility %s%s%n",
        tenant.id(),
        tenant.state(),
        tenant.name(),
        tenant.timeZone(),
        tenant.aeTitle(),
        tenant.receivingFacility(),
        tenant.code() == null ? "" : "  " + tenant.code() + ": " + tenant.explanation());
    out.flush();
  }

  /** {@code ./vigil tenant list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the hospitals. Exit codes: 0 listed, 3 not running, 7 refused.")
  static final class ListAll implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      client(home).tenants().forEach(tenant -> print(spec.commandLine().getOut(), tenant));
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil tenant create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Creates a hospital with its schema and role, or brings it to this description.",
        "Users and destinations come from a JSON file in the form of POST /api/platform/tenants.",
        "Exit codes: 0 created, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Create implements Callable<Integer> {

    private static final ObjectMapper JSON =
        new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "The whole description as JSON; options below override it.")
    private Path file;

    @Option(names = "--id", paramLabel = "ID", description = "Such as st-agnes.")
    private String id;

    @Option(names = "--name", paramLabel = "NAME", description = "The hospital's name.")
    private String name;

    @Option(names = "--time-zone", paramLabel = "ZONE", description = "Such as Europe/Vienna.")
    private String timeZone;

    @Option(names = "--ae-title", paramLabel = "AET", description = "AE title it is called by.")
    private String aeTitle;

    @Option(
        names = "--facility",
        paramLabel = "NAME",
        description = "HL7 receiving facility, MSH-6.")
    private String facility;

    @Option(
        names = "--region",
        paramLabel = "NAME",
        description = "Where its data may lie (vigil.residency.NAME.…); only at creation.")
    private String region;

    @Option(
        names = "--queue-share",
        paramLabel = "JOBS",
        description = "Its waiting jobs of one urgency that stand in the common order.")
    private Integer queueShare;

    @Override
    public Integer call() {
      ApiClient.NewTenant described = read();
      ApiClient.NewTenant wanted =
          new ApiClient.NewTenant(
              required("--id", id, described.id()),
              required("--name", name, described.name()),
              required("--time-zone", timeZone, described.timeZone()),
              required("--ae-title", aeTitle, described.aeTitle()),
              required("--facility", facility, described.receivingFacility()),
              described.users() == null ? List.of() : described.users(),
              described.destinations() == null ? List.of() : described.destinations(),
              region != null ? region : described.region(),
              described.storageRoot(),
              described.backupRoot(),
              queueShare != null ? queueShare : described.queueShare());
      print(spec.commandLine().getOut(), client(home).createTenant(wanted));
      return ExitCode.OK;
    }

    private ApiClient.NewTenant read() {
      if (file == null) {
        return new ApiClient.NewTenant(
            null, null, null, null, null, null, null, null, null, null, null);
      }
      try {
        return JSON.readValue(file.toFile(), ApiClient.NewTenant.class);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.USAGE, file + " is no description of a hospital: " + e.getMessage(), e);
      }
    }

    private static String required(String option, String given, String described) {
      String value = given != null ? given : described;
      if (value == null || value.isBlank()) {
        throw new CommandFailure(ExitCode.USAGE, option + " is missing, and the file has none");
      }
      return value;
    }
  }
}
