package org.vigil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil tenant suspend} and what else happens to a hospital after its creation. */
final class TenantLifeCommands {
  private static final Duration HOURS = Duration.ofHours(6);

  private TenantLifeCommands() {}

  /** A command about one hospital. */
  abstract static class OneTenant implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Parameters(index = "0", paramLabel = "ID", description = "Such as st-agnes.")
    private String id;

    JsonNode post(String act, Object body) {
      return TenantCommand.client(home).send("POST", path() + "/" + act, body, HOURS);
    }

    ApiClient client() {
      return TenantCommand.client(home);
    }

    String id() {
      return id;
    }

    String path() {
      return "platform/tenants/" + id;
    }

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    int state(JsonNode answer) {
      out().printf("%s: %s%n", answer.path("id").asText(), answer.path("state").asText());
      out().flush();
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil tenant suspend}. */
  @Command(
      name = "suspend",
      mixinStandardHelpOptions = true,
      description = {
        "Closes every edge of a hospital; peers keep what they have, jobs wait.",
        "Exit codes: 0 suspended, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Suspend extends OneTenant {
    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Recorded.")
    private String reason;

    @Override
    public Integer call() {
      return state(post("suspend", Map.of("reason", reason)));
    }
  }

  /** {@code ./vigil tenant resume}. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = {
        "Opens a suspended hospital's edges and queues what waited.",
        "Exit codes: 0 resumed, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Resume extends OneTenant {
    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Recorded.")
    private String reason;

    @Override
    public Integer call() {
      return state(post("resume", Map.of("reason", reason)));
    }
  }

  /** {@code ./vigil tenant migrate}. */
  @Command(
      name = "migrate",
      mixinStandardHelpOptions = true,
      description = {
        "Migrates a hospital's schema again whose migration failed.",
        "Exit codes: 0 migrated, 3 not running, 7 it failed again."
      })
  static final class Migrate extends OneTenant {
    @Override
    public Integer call() {
      return state(post("migrate", null));
    }
  }

  /** {@code ./vigil tenant export}. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Writes all there is of a hospital into one encrypted file in its folder of archives.",
        "Exit codes: 0 written, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Export extends OneTenant {
    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        required = true,
        description = "Its first line encrypts the archive; keep it apart from the archive.")
    private Path passphrase;

    @Override
    public Integer call() {
      return receipt(post("export", Map.of("passphrase", firstLine(passphrase))), out());
    }
  }

  /** {@code ./vigil tenant restore}. */
  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = {
        "Puts a hospital back from an archive that lies in a folder of archives of this server.",
        "Nothing is written unless the whole archive opens.",
        "Exit codes: 0 restored, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Restore implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Parameters(index = "0", paramLabel = "FILE", description = "The archive.")
    private Path archive;

    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        required = true,
        description = "Its first line opens the archive.")
    private Path passphrase;

    @Option(names = "--as", paramLabel = "ID", description = "Another id than the archived one.")
    private String as;

    @Override
    public Integer call() {
      Map<String, Object> body = new HashMap<>();
      body.put("archive", archive.toAbsolutePath().toString());
      body.put("passphrase", firstLine(passphrase));
      body.put("as", as);
      return receipt(
          TenantCommand.client(home).send("POST", "platform/tenants/restore", body, HOURS),
          spec.commandLine().getOut());
    }
  }

  /** {@code ./vigil tenant erase}. */
  @Command(
      name = "erase",
      mixinStandardHelpOptions = true,
      description = {
        "Erases a hospital for good: schema, role, accounts, keys, images. Prints the signed proof.",
        "Exit codes: 0 erased, 2 wrong option, 3 not running, 7 refused."
      })
  static final class Erase extends OneTenant {
    @Option(
        names = "--confirm",
        paramLabel = "ID",
        required = true,
        description = "The hospital's id once more.")
    private String confirmation;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Recorded.")
    private String reason;

    @Override
    public Integer call() {
      JsonNode proof =
          client()
              .send(
                  "DELETE", path(), Map.of("confirmation", confirmation, "reason", reason), HOURS);
      out().println(proof.path("statement").asText());
      out().println(proof.path("signature").asText());
      out().flush();
      return ExitCode.OK;
    }
  }

  private static int receipt(JsonNode receipt, PrintWriter out) {
    long rows = 0;
    for (JsonNode count : receipt.path("rows")) {
      rows += count.asLong();
    }
    out.printf(
        "%s: %d tables, %d rows, %d objects of %d bytes, SHA-256 of the objects %s%n%s%n",
        receipt.path("tenant").asText(),
        receipt.path("rows").size(),
        rows,
        receipt.path("files").asLong(),
        receipt.path("bytes").asLong(),
        receipt.path("fileHash").asText(),
        receipt.path("archive").asText());
    out.flush();
    return ExitCode.OK;
  }

  private static String firstLine(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .findFirst()
          .filter(line -> !line.isBlank())
          .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, file + " is empty"));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, file + " cannot be read: " + e, e);
    }
  }
}
