package org.vigil.cli.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * WildFly with Vigil's EAR. The distribution is never written to: configuration and deployment are
 * copied into {@code $VIGIL_HOME/server} at every start, because both are code, and only {@code
 * server/data} (messages, transaction logs) lives on.
 */
final class ApplicationServer {

  private static final int STOP_SECONDS = 60;

  private static final List<String> CONFIGURATION =
      List.of(
          "logging.properties",
          "application-users.properties",
          "application-roles.properties",
          "mgmt-users.properties",
          "mgmt-groups.properties");

  /** As WildFly's own start script: packages that its parts reach into. */
  private static final List<String> MODULAR_OPTIONS =
      List.of(
          "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
          "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.management/javax.management=ALL-UNNAMED",
          "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

  private final VigilHome home;
  private final Distribution distribution;

  ApplicationServer(VigilHome home, Distribution distribution) {
    this.home = home;
    this.distribution = distribution;
  }

  private static Path processFile(VigilHome home) {
    return home.run().resolve("wildfly.pid");
  }

  /** The running server of this installation, if there is one. */
  static Optional<ServerProcess> running(VigilHome home) {
    return ServerProcess.read(processFile(home));
  }

  /** The server's log. */
  static Path log(VigilHome home) {
    return home.logs().resolve("server.log");
  }

  /** What the server writes to its console: warnings, and the virtual machine's last words. */
  static Path console(VigilHome home) {
    return home.logs().resolve("console.log");
  }

  /**
   * Starts the server; it is not ready yet when this returns.
   *
   * @param heap as in {@code -Xmx}
   * @param moreOptions further options of the virtual machine
   * @param application whether Vigil's EAR is deployed, or nothing
   */
  ServerProcess start(String heap, List<String> moreOptions, boolean application) {
    try {
      prepare(application);
      ProcessBuilder builder =
          new ProcessBuilder(command(heap, moreOptions))
              // HAPI HL7 and others write scratch files into the working directory.
              .directory(home.run().toFile())
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(console(home).toFile());
      Process process = builder.start();
      ServerProcess server =
          ServerProcess.running(process.pid())
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          ExitCode.FAILED, "WildFly ended at once: see " + console(home)));
      server.write(processFile(home));
      return server;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "WildFly could not be started: " + e, e);
    }
  }

  private List<String> command(String heap, List<String> moreOptions) {
    Path wildfly = distribution.wildfly();
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      // A session of its own: Ctrl-C in the terminal that started Vigil does not end it.
      command.add("/usr/bin/setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-D[Standalone]");
    command.add("-Xms256m");
    command.add("-Xmx" + heap);
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Djava.awt.headless=true");
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Duser.timezone=UTC");
    command.add("-Dotel.sdk.disabled=true");
    command.add("-Djboss.modules.system.pkgs=org.jboss.byteman");
    command.add("-Djdk.serialFilter=maxbytes=10485760;maxdepth=128;maxarray=100000;maxrefs=300000");
    // In-doubt rows hold locks: look for them often (recovery after kill -9 in 20 to 40 s).
    command.add("-DRecoveryEnvironmentBean.periodicRecoveryPeriod=10");
    command.add("-DRecoveryEnvironmentBean.recoveryBackoffPeriod=1");
    // On SIGTERM: no new requests, those under way may end.
    command.add("-Dorg.wildfly.sigterm.suspend.timeout=10");
    command.add("-Dorg.jboss.boot.log.file=" + home.logs().resolve("boot.log"));
    command.add(
        "-Dlogging.configuration=file:"
            + home.server().resolve("configuration/logging.properties"));
    command.addAll(MODULAR_OPTIONS);
    command.addAll(moreOptions);
    command.add("-jar");
    command.add(wildfly.resolve("jboss-modules.jar").toString());
    command.add("-mp");
    command.add(wildfly.resolve("modules").toString());
    command.add("org.jboss.as.standalone");
    command.add("-Djboss.home.dir=" + wildfly);
    command.add("-Djboss.server.base.dir=" + home.server());
    command.add("-Djboss.server.log.dir=" + home.logs());
    command.add("-Dvigil.home=" + home.root());
    command.add("-P=" + home.effectiveProperties().toUri());
    command.add("--server-config=" + distribution.configurationName());
    return command;
  }

  private void prepare(boolean application) throws IOException {
    Path configuration = Files.createDirectories(home.server().resolve("configuration"));
    Path template = distribution.wildfly().resolve("standalone/configuration");
    for (String name : CONFIGURATION) {
      Files.copy(
          template.resolve(name), configuration.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.copy(
        template.resolve(distribution.configurationName()),
        configuration.resolve(distribution.configurationName()),
        StandardCopyOption.REPLACE_EXISTING);
    // What a killed server left there: half-unpacked deployments and the scanner's markers.
    Directories.delete(home.server().resolve("tmp"));
    Path deployments = Files.createDirectories(home.server().resolve("deployments"));
    try (DirectoryStream<Path> markers = Files.newDirectoryStream(deployments, "vigil.ear.*")) {
      for (Path marker : markers) {
        Files.delete(marker);
      }
    }
    if (!application) {
      Files.deleteIfExists(deployments.resolve("vigil.ear"));
      return;
    }
    Path draft = home.run().resolve("vigil.ear.new");
    Files.copy(distribution.ear(), draft, StandardCopyOption.REPLACE_EXISTING);
    Files.move(draft, deployments.resolve("vigil.ear"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Stops the server: gracefully, and after a minute by force. */
  static void stop(VigilHome home) {
    Optional<ServerProcess> process = running(home);
    if (process.isPresent()) {
      process.get().terminate();
      if (!process.get().waitForEnd(STOP_SECONDS)) {
        process.get().kill();
        if (!process.get().waitForEnd(10)) {
          throw new CommandFailure(
              ExitCode.FAILED,
              "WildFly (pid " + process.get().pid() + ") does not end: look at the machine");
        }
      }
    }
    try {
      Files.deleteIfExists(processFile(home));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "cannot delete " + processFile(home) + ": " + e, e);
    }
  }

  /** Writes what the server is started with, secrets included, where only the owner reads it. */
  void writeEffectiveProperties(Map<String, String> properties) {
    StringBuilder text = new StringBuilder("# Written at each start by Vigil; changes are lost.\n");
    properties.forEach((k, v) -> text.append(Installation.line(k, v)));
    try {
      VigilHome.writeSecret(home.effectiveProperties(), text.toString());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "cannot write " + home.effectiveProperties() + ": " + e, e);
    }
  }
}
