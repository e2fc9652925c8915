package org.vigil.tenancy.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The password of the {@link SecretStore}: what a command prints, else a file's only line. The
 * command lets the hospital keep it elsewhere: systemd credentials, a TPM, a vault's agent.
 */
public final class StorePassword {
  private static final int PATIENCE_SECONDS = 30;

  private StorePassword() {}

  /**
   * Reads it.
   *
   * @param command program and arguments separated by single spaces, or null to read the file
   * @throws IOException with what is wrong; never with what the command printed
   */
  public static char[] read(String command, Path file) throws IOException {
    String text;
    if (command == null || command.isBlank()) {
      text = Files.readString(file);
    } else {
      text = run(List.of(command.trim().split(" ", -1)));
    }
    char[] password = text.strip().toCharArray();
    if (password.length == 0) {
      throw new IOException("the password of the credential store is empty");
    }
    return password;
  }

  private static String run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("vigil.secrets.command did not end within 30 s");
      }
      if (process.exitValue() != 0) {
        throw new IOException("vigil.secrets.command ended with code " + process.exitValue());
      }
      return printed;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
