package org.vigil.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.tenancy.api.SecretStore;
import org.vigil.tenancy.api.StorePassword;

/** Where the installation's secrets lie, and who may read them. */
public final class Secrets {
  /** Setting: prints the password of the credential store. */
  static final String COMMAND = "vigil.secrets.command";

  /** The same as the server is started with; it runs in {@code $VIGIL_HOME/run}. */
  static final String PASSWORD_COMMAND = "vigil.secrets.password-command";

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private Secrets() {}

  /**
   * The credential store; its password is made where it is missing.
   *
   * @throws IOException when the password cannot be read
   */
  public static SecretStore open(VigilHome home) throws IOException {
    String command = Settings.read(home.settings()).get(COMMAND);
    if (command == null && !Files.exists(home.storeKey())) {
      if (Files.exists(home.credentials())) {
        throw new CommandFailure(
            ExitCode.FAILED,
            home.storeKey()
                + " is missing: it opens "
                + home.credentials()
                + "; restore both from the backup of the secrets");
      }
      byte[] password = new byte[32];
      new SecureRandom().nextBytes(password);
      VigilHome.writeSecret(
          home.storeKey(), Base64.getUrlEncoder().withoutPadding().encodeToString(password) + "\n");
    }
    return new SecretStore(home.credentials(), StorePassword.read(command, home.storeKey()));
  }

  /**
   * One of the installation's secrets; empty where there is none.
   *
   * @throws CommandFailure when the store cannot be opened
   */
  public static String read(VigilHome home, String name) {
    try {
      return open(home).get(name).orElse("");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "the secrets in " + home.root() + " cannot be read", e);
    }
  }

  static String passwordCommand(Settings settings) {
    String command = settings.get(COMMAND);
    return command == null ? "/bin/cat ../secrets/store.key" : command;
  }

  /**
   * Refuses to work with secrets that others on this machine can read.
   *
   * @throws CommandFailure naming each file and what to do
   */
  static void checkRights(VigilHome home) throws IOException {
    List<String> open = new ArrayList<>();
    if (isOpenToOthers(home.settings())) {
      open.add(home.settings().toString());
    }
    for (String folder : List.of("secrets", "certs")) {
      try (Stream<Path> files = Files.walk(home.root().resolve(folder), 1)) {
        for (Path file : files.toList()) {
          if (isOpenToOthers(file)) {
            open.add(file.toString());
          }
        }
      }
    }
    if (!open.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "others on this machine may read "
              + String.join(", ", open)
              + ": chmod -R go= "
              + String.join(" ", open));
    }
  }

  /** Certificates are public; everything else in these folders is the owner's alone. */
  private static boolean isOpenToOthers(Path file) throws IOException {
    return Files.exists(file)
        && !(file.getParent().endsWith("certs") && file.toString().endsWith(".pem"))
        && Files.getFileStore(file).supportsFileAttributeView("posix")
        && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
            .anyMatch(OTHERS::contains)
        && !Files.isSymbolicLink(file);
  }
}
