package org.vigil.cli.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * What the build made and the launcher runs.
 *
 * @param wildfly WildFly with Vigil's modules and configuration
 * @param ear the application
 * @param models the model packages that Vigil ships
 */
record Distribution(Path wildfly, Path ear, Path models) {

  /** The checkout that {@code ./vigil} lies in (system property {@code vigil.checkout}). */
  static Distribution ofCheckout() {
    Path checkout = Path.of(System.getProperty("vigil.checkout", "")).toAbsolutePath();
    Distribution built =
        new Distribution(
            checkout.resolve("wildfly-config/target/wildfly"),
            checkout.resolve("ear/target/vigil.ear"),
            checkout.resolve("models"));
    for (Path needed : new Path[] {built.configuration(), built.ear}) {
      if (!Files.exists(needed)) {
        throw new CommandFailure(
            ExitCode.FAILED,
            needed
                + " is missing: run ./vigil from the checkout (it builds), or mvn -DskipTests package");
      }
    }
    return built;
  }

  /** File name of the configuration profile. */
  String configurationName() {
    return "vigil-single.xml";
  }

  private Path configuration() {
    return wildfly.resolve("standalone/configuration").resolve(configurationName());
  }
}
