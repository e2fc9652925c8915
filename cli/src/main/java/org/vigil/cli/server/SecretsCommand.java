package org.vigil.cli.server;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.tenancy.api.SecretStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil secrets}: what lies in the credential store. */
@Command(
    name = "secrets",
    mixinStandardHelpOptions = true,
    description = "Lists, shows and sets passwords in the installation's credential store.",
    subcommands = {
      SecretsCommand.Names.class,
      SecretsCommand.Show.class,
      SecretsCommand.Change.class
    })
public final class SecretsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? list, get or set.");
  }

  private static SecretStore store(HomeOption option) throws IOException {
    VigilHome home = option.home();
    if (!home.isInstalled()) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING, "no installation in " + home.root() + ": start Vigil there first");
    }
    return Secrets.open(home);
  }

  /** {@code ./vigil secrets list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the names of all secrets.")
  static final class Names implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      store(home).all().keySet().forEach(out::println);
      out.flush();
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil secrets get}. */
  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Prints one secret, such as vigil.db.superuser.password.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private HomeOption home;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public Integer call() throws IOException {
      String secret =
          store(home)
              .get(name)
              .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, "no secret named " + name));
      spec.commandLine().getOut().println(secret);
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    }
  }

  /** {@code ./vigil secrets set}. */
  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = {
        "Sets one secret from the standard input, or asks for it.",
        "It counts from the next start."
      })
  static final class Change implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public Integer call() throws IOException {
      if (name.startsWith("master-key.")) {
        throw new CommandFailure(
            ExitCode.USAGE, "a master key is changed by ./vigil keys rotate master");
      }
      String secret = read();
      if (secret == null || secret.isBlank()) {
        throw new CommandFailure(ExitCode.USAGE, "the secret is empty");
      }
      store(home).put(Map.of(name, secret));
      return ExitCode.OK;
    }

    private String read() throws IOException {
      Console console = System.console();
      if (console != null) {
        return new String(console.readPassword("%s: ", name));
      }
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .readLine();
    }
  }
}
