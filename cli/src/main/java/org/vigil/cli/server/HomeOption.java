package org.vigil.cli.server;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which installation a command means. */
public final class HomeOption {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "The installation's directory (default: $$VIGIL_HOME, else .vigil in the checkout).")
  private Path directory;

  /** The installation. */
  public VigilHome home() {
    if (directory != null) {
      return new VigilHome(directory);
    }
    String environment = System.getenv("VIGIL_HOME");
    if (environment != null && !environment.isBlank()) {
      return new VigilHome(Path.of(environment));
    }
    return new VigilHome(Path.of(System.getProperty("vigil.checkout", "")).resolve(".vigil"));
  }
}
