package org.vigil.cli.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * Starts and stops one installation. Starting is idempotent: what runs is left alone, what does not
 * is started, and nothing is started while a port is in use by somebody else.
 */
public final class Launcher {

  private final VigilHome home;
  private final PrintWriter out;

  /**
   * @param home the installation
   * @param out where progress is told
   */
  public Launcher(VigilHome home, PrintWriter out) {
    this.home = home;
    this.out = out;
  }

  /**
   * Starts what does not run and waits until the application is ready.
   *
   * @param options settings of this start, by key; those of the first start are kept
   * @param timeoutSeconds how long to wait for readiness
   * @return the settings it runs with
   */
  public Settings start(Map<String, String> options, int timeoutSeconds) {
    return start(options, timeoutSeconds, true);
  }

  /**
   * Does the same with a server that holds no application yet, for whoever deploys it himself (the
   * tests that run inside the server).
   *
   * @param options as for {@link #start(Map, int)}
   * @param timeoutSeconds how long to wait for the server
   * @return the settings it runs with
   */
  public Settings startWithoutApplication(Map<String, String> options, int timeoutSeconds) {
    return start(options, timeoutSeconds, false);
  }

  private Settings start(Map<String, String> options, int timeoutSeconds, boolean application) {
    long began = System.nanoTime();
    home.create();
    try (FileChannel channel = lockFile();
        FileLock held = lock(channel)) {
      return startLocked(options, timeoutSeconds, began, application);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "cannot use " + home.run() + ": " + e, e);
    }
  }

  private Settings startLocked(
      Map<String, String> options, int timeoutSeconds, long began, boolean application) {
    Optional<ServerProcess> server = ApplicationServer.running(home);
    Optional<ServerProcess> database = EmbeddedPostgres.running(home);
    boolean installed = home.isInstalled();
    Settings settings =
        server.isPresent() ? Settings.ofRunningServer(home) : Settings.load(home, options);
    // Before anything is written or started: wrong settings, missing builds and taken ports.
    settings.profile();
    Distribution distribution = Distribution.ofCheckout();
    boolean startDatabase = database.isEmpty() && !settings.externalDatabase();
    checkPorts(settings, server.isEmpty(), startDatabase);

    if (!installed) {
      out.println("First start: making " + home.root());
      out.flush();
    }
    Map<String, String> secrets = new Installation(home).complete(options);
    int databasePort =
        startDatabase
            ? settings.port(Port.DATABASE)
            : EmbeddedPostgres.runningPort(home).orElse(settings.port(Port.DATABASE));
    EmbeddedPostgres postgres = new EmbeddedPostgres(home, databasePort, secrets);
    if (startDatabase) {
      out.println("Starting PostgreSQL on 127.0.0.1:" + databasePort);
      out.flush();
      postgres.start();
    }
    if (server.isPresent() && startDatabase) {
      out.println("PostgreSQL had ended; the server connects to it again by itself");
    }
    long logFrom = size(ApplicationServer.log(home));
    boolean startServer = server.isEmpty();
    ServerProcess process;
    if (startServer) {
      out.println("Starting WildFly, HTTPS on port " + settings.port(Port.HTTPS));
      out.flush();
      ApplicationServer wildfly = new ApplicationServer(home, distribution);
      wildfly.writeEffectiveProperties(effective(distribution, settings, secrets, postgres.url()));
      process = wildfly.start(heap(settings), moreOptions(settings), application);
    } else {
      process = server.get();
    }
    try {
      awaitReady(settings, process, timeoutSeconds, logFrom);
    } catch (CommandFailure failure) {
      if (startServer) {
        ApplicationServer.stop(home);
      }
      if (startDatabase) {
        EmbeddedPostgres.stop(home);
      }
      throw failure;
    }
    String seconds =
        String.format(java.util.Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9);
    out.println(
        startServer
            ? "Vigil is ready after "
                + seconds
                + " s: https://localhost:"
                + settings.port(Port.HTTPS)
                + "/"
            : "Vigil runs already: https://localhost:" + settings.port(Port.HTTPS) + "/");
    out.flush();
    return settings;
  }

  /** Stops the server and then its database; what does not run is no error. */
  public void stop() {
    if (!Files.isDirectory(home.run())) {
      out.println("Vigil is not installed in " + home.root() + ": nothing to stop");
      out.flush();
      return;
    }
    try (FileChannel channel = lockFile();
        FileLock held = lock(channel)) {
      boolean ran =
          ApplicationServer.running(home).isPresent() || EmbeddedPostgres.running(home).isPresent();
      ApplicationServer.stop(home);
      EmbeddedPostgres.stop(home);
      out.println(ran ? "Vigil has stopped" : "Vigil was not running");
      out.flush();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "cannot use " + home.run() + ": " + e, e);
    }
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        home.run().resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock held = channel.tryLock();
    if (held == null) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "another ./vigil start or stop is at work in " + home.root() + ": wait for it");
    }
    return held;
  }

  private static void checkPorts(Settings settings, boolean server, boolean database) {
    List<String> taken = new ArrayList<>();
    Map<Integer, Port> seen = new LinkedHashMap<>();
    for (Port port : Port.values()) {
      boolean wanted = port == Port.DATABASE ? database : server;
      int number = settings.port(port);
      if (!wanted || number == Settings.OFF) {
        continue;
      }
      Port twin = seen.putIfAbsent(number, port);
      if (twin != null) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "port "
                + number
                + " is set for both "
                + twin.title()
                + " and "
                + port.title()
                + ": choose another with "
                + port.option());
      }
      if (!PortProbe.isFree(settings.listenAddress(port), number)) {
        OptionalLong owner = PortProbe.owner(number);
        taken.add(
            "port "
                + number
                + " ("
                + port.title()
                + ") is in use by "
                + (owner.isPresent() ? "pid " + owner.getAsLong() : "another user's process")
                + ": choose another with "
                + port.option());
      }
    }
    if (!taken.isEmpty()) {
      throw new CommandFailure(ExitCode.PORT_IN_USE, String.join("\n", taken));
    }
  }

  private Map<String, String> effective(
      Distribution distribution,
      Settings settings,
      Map<String, String> secrets,
      String embeddedUrl) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("vigil.dicom.bind-address", settings.bindAddress());
    properties.put("vigil.mllp.host", settings.bindAddress());
    properties.put("vigil.models.shipped", distribution.models().toString());
    properties.put(Settings.DATABASE_URL, embeddedUrl);
    // Passwords are not among them: the server reads the credential store.
    properties.put(Installation.NODE_ID, secrets.get(Installation.NODE_ID));
    properties.putAll(settings.all());
    properties.put(Secrets.PASSWORD_COMMAND, Secrets.passwordCommand(settings));
    properties.put("vigil.home", home.root().toString());
    properties.put(Settings.PROFILE, settings.profile().key());
    properties.put(Settings.BIND_ADDRESS, settings.bindAddress());
    for (Port port : Port.values()) {
      int number = settings.port(port);
      properties.put(port.key(), number == Settings.OFF ? "off" : Integer.toString(number));
    }
    return properties;
  }

  private static String heap(Settings settings) {
    String heap = settings.get(Settings.HEAP);
    if (heap == null) {
      return "1g";
    }
    if (!heap.matches("[1-9]\\d{0,5}[mMgG]")) {
      throw new CommandFailure(
          ExitCode.USAGE, Settings.HEAP + " is \"" + heap + "\", expected for example 1g or 1500m");
    }
    return heap;
  }

  private static List<String> moreOptions(Settings settings) {
    String options = settings.get("vigil.server.java-options");
    return options == null || options.isBlank()
        ? List.of()
        : List.of(options.trim().split("\\s+", -1));
  }

  private void awaitReady(
      Settings settings, ServerProcess process, int timeoutSeconds, long logFrom) {
    long deadline = System.nanoTime() + timeoutSeconds * 1_000_000_000L;
    Health health;
    while (true) {
      health = Health.ask(settings.port(Port.MANAGEMENT));
      if (health.up()) {
        return;
      }
      if (!process.isAlive()) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "the server ended while starting. Its last errors:\n" + problems(logFrom));
      }
      if (health.deploymentFailed()) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "the application could not be deployed. The last errors:\n"
                + problems(logFrom)
                + "\nThe whole log is "
                + ApplicationServer.log(home));
      }
      if (System.nanoTime() > deadline) {
        throw new CommandFailure(
            ExitCode.NOT_READY,
            "the server was not ready within "
                + timeoutSeconds
                + " s"
                + (health.down().isEmpty()
                    ? ""
                    : " (down: " + String.join(", ", health.down()) + ")")
                + ". Its last errors:\n"
                + problems(logFrom)
                + "\nThe whole log is "
                + ApplicationServer.log(home)
                + "; a slow machine may need --timeout");
      }
      ServerProcess.pause(200);
    }
  }

  private String problems(long logFrom) {
    String told = LogTail.ofProblems(ApplicationServer.log(home), logFrom, 12);
    return told.isBlank() ? LogTail.of(ApplicationServer.console(home), 12) : told;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      // No log yet.
      return 0;
    }
  }
}
