package org.vigil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.CertificateFiles;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.VigilHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil keys}: keys of this installation, changed while it runs. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Shows and rotates keys, without a restart and without rewriting images.",
    subcommands = {KeysCommand.Status.class, KeysCommand.ListAll.class, KeysCommand.Rotate.class})
public final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? status, list or rotate.");
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
      description =
          "Shows when the token key expires. Exit codes: 0 shown, 3 not running, 7 refused.")
  static final class Status implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      print(spec, client(home).get("platform/keys/jwt"));
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil keys list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the hospitals' data keys and the master key that wraps each.")
  static final class ListAll implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      for (JsonNode key : client(home).get("platform/keys").path("keys")) {
        out.printf(
            "%-32s version %-4d wrapped by %s, made %s%n",
            key.path("tenant").asText(),
            key.path("version").asInt(),
            key.path("masterKey").asText(),
            key.path("createdAt").asText());
      }
      out.flush();
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil keys rotate}. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Makes a new key and uses it from now on; what the old one encrypted stays.",
      subcommands = {RotateJwt.class, RotateMaster.class, RotateTenant.class, RotateTls.class})
  static final class Rotate implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "Which key? jwt, master, tenant or tls.");
    }
  }

  /** {@code ./vigil keys rotate jwt}. */
  @Command(
      name = "jwt",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a new key that signs tokens; what the old one signed stays valid until it expires.",
        "Exit codes: 0 rotated, 3 not running, 7 refused."
      })
  static final class RotateJwt implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      print(spec, client(home).send("POST", "platform/keys/jwt/rotate", null));
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil keys rotate master}. */
  @Command(
      name = "master",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a new master key in the credential store and wraps every data key by it.",
        "The old one stays in the store, for backups made before. Back the secrets up afterwards."
      })
  static final class RotateMaster implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      JsonNode done = client(home).send("POST", "platform/keys/master/rotation", null);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%s wraps %d data keys; back up secrets/ now%n",
          done.path("masterKey").asText(), done.path("dataKeys").asInt());
      out.flush();
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil keys rotate tenant}. */
  @Command(
      name = "tenant",
      mixinStandardHelpOptions = true,
      description = "Makes a new data key for a hospital's new files.")
  static final class RotateTenant implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Parameters(paramLabel = "HOSPITAL", description = "Its id, such as st-agnes.")
    private String tenant;

    @Override
    public Integer call() {
      JsonNode key =
          client(home).send("POST", "platform/keys/tenants/" + tenant + "/rotation", null);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%s: version %d encrypts new files%n", tenant, key.path("version").asInt());
      out.flush();
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil keys rotate tls}. */
  @Command(
      name = "tls",
      mixinStandardHelpOptions = true,
      description = {
        "Replaces the certificate of HTTPS, DICOM and MLLP; connections under way go on.",
        "Without a running server it counts from the next start."
      })
  static final class RotateTls implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Option(
        names = "--cert",
        required = true,
        paramLabel = "FILE",
        description = "Certificate in PEM, then those of its issuers.")
    private Path certificate;

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "Its private key, PKCS#8 in PEM without password.")
    private Path key;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      VigilHome vigil = home.home();
      boolean running = CertificateFiles.serverRuns(vigil);
      // It trusts the certificate that the server still shows.
      ApiClient server = running ? ApiClient.asPlatformAdministrator(vigil) : null;
      X509Certificate installed = CertificateFiles.replace(vigil, certificate, key);
      if (running) {
        server.send("POST", "platform/keys/tls/reload", null);
      }
      out.printf(
          "%s is %s, valid until %s%n",
          installed.getSubjectX500Principal().getName(),
          running ? "in use" : "in place",
          installed.getNotAfter().toInstant());
      out.flush();
      return ExitCode.OK;
    }
  }
}
