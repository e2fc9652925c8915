package org.vigil.cli.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a short program and waits for it.
 *
 * @param exitCode the program's
 * @param output what it wrote to both streams
 */
record Command(int exitCode, String output) {

  /**
   * @param arguments program and arguments
   * @param environment added to the environment
   * @param directory working directory
   * @param seconds how long it may take
   */
  static Command run(
      List<String> arguments, Map<String, String> environment, Path directory, int seconds)
      throws IOException {
    Path capture = java.nio.file.Files.createTempFile("vigil", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(arguments)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              // Into a file: a daemon that inherits the stream must not make the reader wait for
              // ever.
              .redirectOutput(capture.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(arguments.get(0) + " did not end within " + seconds + " s");
      }
      return new Command(
          process.exitValue(),
          new String(java.nio.file.Files.readAllBytes(capture), StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    } finally {
      java.nio.file.Files.delete(capture);
    }
  }
}
