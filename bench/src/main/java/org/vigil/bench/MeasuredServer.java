package org.vigil.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.Launcher;
import org.vigil.cli.server.OwnerDatabase;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.VigilHome;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;

/** An installation whose start, requests and memory are measured. */
final class MeasuredServer {
  private static final int START_SECONDS = 900;
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HEAP = Pattern.compile("used (\\d+)K");

  private final VigilHome home;
  private final Launcher launcher;
  private final Map<String, String> settings;
  private ApiClient connection;

  MeasuredServer(VigilHome home, Map<String, String> settings, PrintWriter out) {
    this.home = home;
    this.settings = settings;
    this.launcher = new Launcher(home, out);
  }

  /** Starts it, PostgreSQL included, and says how many seconds it took until it was ready. */
  double start() {
    long began = System.nanoTime();
    launcher.start(settings, START_SECONDS);
    double seconds = (System.nanoTime() - began) / 1e9;
    connection = ApiClient.asPlatformAdministrator(home);
    return seconds;
  }

  void stop() {
    launcher.stop();
  }

  /** A radiologist of each of the hospitals 0 to n-1, all over one connection. */
  List<ApiClient> radiologists(int hospitals) {
    List<ApiClient> clients = new ArrayList<>();
    for (int i = 0; i < hospitals; i++) {
      clients.add(as("bench-" + i, "RADIOLOGIST", Duration.ofHours(4)));
    }
    return clients;
  }

  /** Has hospital 0 receive a study. */
  void receive(MemoryObjects study) throws IOException {
    RemoteAe vigil =
        RemoteAe.of(
            "127.0.0.1", Settings.ofRunningServer(home).port(Port.DICOM), "BENCH0", "BENCH");
    for (var result : StorageScu.storeAll(vigil, study.items())) {
      if (!result.status().isSuccessOrWarning()) {
        throw new IOException("status " + result.status());
      }
    }
  }

  /** Makes a hospital and says how many seconds that took. */
  double create(int number) {
    long began = System.nanoTime();
    administrator()
        .send(
            "POST",
            "platform/tenants",
            Map.of(
                "id", "bench-" + number,
                "name", "Bench " + number,
                "timeZone", "UTC",
                "aeTitle", "BENCH" + number,
                "receivingFacility", "BENCH" + number),
            Duration.ofMinutes(5));
    return (System.nanoTime() - began) / 1e9;
  }

  int hospitals() {
    return administrator().get("platform/tenants").path("tenants").size();
  }

  /**
   * Makes every hospital's schema one migration older, so that the next start has all of them to
   * migrate: the table of consents goes, and what Flyway knows of it.
   */
  void ageSchemas(int hospitals) {
    try (Connection owner = OwnerDatabase.connect(home);
        Statement statement = owner.createStatement()) {
      for (int i = 0; i < hospitals; i++) {
        String schema = "t_bench_" + i;
        statement.execute("drop table " + schema + ".consent");
        statement.execute(
            "delete from " + schema + ".flyway_schema_history where version = '20261123.302'");
      }
      statement.execute("update platform.tenant set schema_state = null");
    } catch (SQLException e) {
      throw new CommandFailure(ExitCode.FAILED, "schemas were not made older: " + e, e);
    }
  }

  /** Nanoseconds that auditing has cost the server's requests since it started. */
  double auditNanos() {
    var cost = administrator().get("platform/audit-cost");
    return cost.path("recordingNanos").asDouble() + cost.path("commitNanos").asDouble();
  }

  /** Heap in use after a collection, in KiB. */
  long heapKb() throws IOException {
    jcmd("GC.run");
    for (String line : jcmd("GC.heap_info")) {
      Matcher used = HEAP.matcher(line);
      if (used.find()) {
        return Long.parseLong(used.group(1));
      }
    }
    throw new CommandFailure(ExitCode.FAILED, "jcmd told no figure of the heap");
  }

  /** The server's resident memory in KiB. */
  long residentKb() throws IOException {
    Matcher found =
        RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid()), "status")));
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private ApiClient administrator() {
    return as(null, "PLATFORM_ADMIN", Duration.ofMinutes(5));
  }

  private ApiClient as(String hospital, String role, Duration life) {
    return connection.as(
        new TokenSigner(home, Clock.systemUTC()).sign("bench", hospital, List.of(role), life));
  }

  private List<String> jcmd(String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), Charset.defaultCharset())
        .lines()
        .toList();
  }

  private long pid() throws IOException {
    String file = Files.readString(home.run().resolve("wildfly.pid")).trim();
    return Long.parseLong(file.split(" ", 2)[0]);
  }
}
