package org.vigil.tests.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.Launcher;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Profile;
import org.vigil.cli.server.Secrets;
import org.vigil.cli.server.ServerProcess;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.VigilHome;

/**
 * A Vigil as {@code ./vigil start} runs it: the built EAR on the built WildFly with an embedded
 * PostgreSQL, in a home under {@code target} that a run makes anew.
 */
public final class VigilServer implements AutoCloseable {
  private static final int START_SECONDS = 600;
  private static final int TAIL_LINES = 80;

  /** Names the home of {@link #shared}: tests run in several processes, each with its own. */
  private static final String NAME = "vigil.test.home";

  /** Where the homes of all servers of a run are. */
  public static final Path HOMES = Path.of("target/vigil");

  /**
   * Where {@link #freePorts} looks: below what the kernel gives to outgoing connections, which
   * could take a port between our finding it free and a server's listening on it.
   */
  private static final int FIRST_PORT = 10_000;

  private static final int LAST_PORT = 32_000;
  private static int nextPort = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
  private static VigilServer shared;

  private final VigilHome home;
  private final Map<String, String> settings = new LinkedHashMap<>();

  /**
   * A server that is not started yet.
   *
   * @param name of its home under {@code target/vigil}; what an earlier run left there is deleted
   * @param more settings besides the ports, by key
   */
  public VigilServer(String name, Map<String, String> more) {
    checkout();
    this.home = new VigilHome(HOMES.resolve(name));
    empty(home.root());
    settings.put(Settings.PROFILE, Profile.DEMO.key());
    Iterator<Integer> ports = freePorts(Port.values().length).iterator();
    for (Port port : Port.values()) {
      settings.put(port.key(), ports.next().toString());
    }
    // A server that lives for minutes: less compiling; and a busy machine may start it slowly.
    settings.put(
        "vigil.server.java-options",
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djboss.as.management.blocking.timeout=900");
    settings.putAll(more);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** The server of this test run, started by whoever asks first. */
  public static synchronized VigilServer shared() {
    if (shared == null) {
      VigilServer server = new VigilServer(System.getProperty(NAME, "shared"), Map.of());
      server.start();
      shared = server;
    }
    return shared;
  }

  /** Stops the run's server, if any test has started it; its last figures stay with its logs. */
  static synchronized void stopShared() {
    if (shared != null) {
      try {
        Files.writeString(shared.home.logs().resolve("metrics.txt"), shared.metrics());
      } catch (IOException | UncheckedIOException e) {
        // It is stopped all the same; only SilentLogsIT has less to look through.
        System.out.println("The last figures of " + shared.home.root() + " are not kept: " + e);
      }
      shared.close();
      shared = null;
    }
  }

  /** Starts what does not run and waits until the application is ready. */
  public void start() {
    try {
      new Launcher(home, new PrintWriter(System.out, true, StandardCharsets.UTF_8))
          .start(settings, START_SECONDS);
    } catch (RuntimeException e) {
      System.out.println("The end of " + log() + ":");
      tail(log(), TAIL_LINES).forEach(System.out::println);
      throw e;
    }
  }

  /** Ends WildFly by SIGKILL, as a power cut would; PostgreSQL goes on. */
  public void kill() {
    ServerProcess process =
        ServerProcess.read(home.run().resolve("wildfly.pid"))
            .orElseThrow(() -> new IllegalStateException("the server does not run"));
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    if (!process.waitForEnd(30)) {
      throw new IllegalStateException("process " + process.pid() + " survived SIGKILL");
    }
  }

  @Override
  public void close() {
    if (Files.isDirectory(home.run())) {
      new Launcher(home, new PrintWriter(System.out, true, StandardCharsets.UTF_8)).stop();
    }
  }

  /** Its directory. */
  public VigilHome home() {
    return home;
  }

  /** The number of one of its ports, all of them on loopback. */
  public int port(Port port) {
    return Integer.parseInt(settings.get(port.key()));
  }

  /** Where its pages are: {@code https://localhost:PORT/}. */
  public String pages() {
    return "https://localhost:" + port(Port.HTTPS) + "/";
  }

  /** WildFly's log. */
  public Path log() {
    return home.logs().resolve("server.log");
  }

  /** What its operators' monitoring reads, as text. */
  public String metrics() {
    return management("prometheus");
  }

  /** A page of the management port, as text. */
  public String management(String path) {
    URI page = URI.create("http://127.0.0.1:" + port(Port.MANAGEMENT) + "/" + path);
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All log files there are: the server's, PostgreSQL's, the console's. */
  public List<Path> logs() {
    try (Stream<Path> files = Files.walk(home.logs())) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A token as the server itself signs them at log-in.
   *
   * @param tenant the hospital, or null for the platform's administrator
   * @param role name of a role
   */
  public String token(String tenant, String role) {
    TokenSigner signer = new TokenSigner(home, Clock.systemUTC());
    // The platform's as ./vigil itself signs them, which every profile accepts.
    return tenant == null
        ? signer.sign("vigil-cli", null, List.of(role), Duration.ofMinutes(5))
        : signer.sign("test-" + role, tenant, List.of(role), Duration.ofHours(2));
  }

  /**
   * Details of the platform's audit events, which belong to no hospital, as the database's
   * superuser reads them.
   */
  public List<String> platformAudit(String action) {
    return texts(
        "select details::text from platform.audit_event where action = ? order by id desc", action);
  }

  /** One column of a query as the database's superuser. */
  public List<String> texts(String query, String... parameters) {
    Properties login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("password", Secrets.read(home, "vigil.db.superuser.password"));
    String url = "jdbc:postgresql://127.0.0.1:" + port(Port.DATABASE) + "/vigil";
    try (Connection connection = DriverManager.getConnection(url, login);
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client without credentials. */
  public Rest anonymous() {
    return new Rest(this, null);
  }

  /** A client with a token. */
  public Rest as(String tenant, String role) {
    return new Rest(this, token(tenant, role));
  }

  /** A client with a token of a person with one grant, perhaps a limited one. */
  public Rest as(String tenant, String user, String grant) {
    return new Rest(
        this,
        new TokenSigner(home, Clock.systemUTC())
            .sign(user, tenant, List.of(grant), Duration.ofHours(2)));
  }

  /**
   * Ports that nobody listened on a moment ago and that this process was not given before.
   *
   * @param count how many, all different
   */
  public static synchronized List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      nextPort = nextPort == LAST_PORT ? FIRST_PORT : nextPort + 1;
      try (ServerSocket free = new ServerSocket(nextPort, 1, InetAddress.getLoopbackAddress())) {
        ports.add(free.getLocalPort());
      } catch (IOException e) {
        // Somebody listens there: the next one.
      }
    }
    return ports;
  }

  /** The launcher looks for EAR, WildFly and models below the checkout. */
  private static void checkout() {
    if (System.getProperty("vigil.checkout") == null) {
      Path here = Path.of("").toAbsolutePath();
      Path root = here.endsWith("tests") ? here.getParent() : here;
      System.setProperty("vigil.checkout", root.toString());
    }
  }

  /** An earlier run that was killed may still hold this home. */
  private static void empty(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    new Launcher(new VigilHome(root), new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .stop();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> tail(Path log, int lines) {
    try {
      List<String> all = Files.readAllLines(log);
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("(no log: " + e + ")");
    }
  }

  /** How long the server may take for something it does at once on an idle machine. */
  static final Duration PATIENCE = Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(5));
}
