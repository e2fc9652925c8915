package org.vigil.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.Launcher;
import org.vigil.cli.server.Profile;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.StartCommand.StartOptions;
import org.vigil.cli.server.VigilHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ./vigil bench tenants}: what a thousand hospitals cost the first. Start-up, latency of the
 * reading list and memory with one hospital, and again with many: in that hospital, and spread over
 * all of them.
 */
@Command(
    name = "tenants",
    mixinStandardHelpOptions = true,
    description = "Start-up, latency and memory with one hospital and with a thousand.")
final class TenantsBench implements Callable<Integer> {
  private static final int START_SECONDS = 900;
  private static final int WARM_UP = 300;
  private static final String FIRST = "bench-0";
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  @Spec private CommandSpec spec;
  @Mixin private StartOptions options;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Its own installation (default: .vigil/bench-tenants in the checkout).")
  private Path homeDirectory;

  @Option(
      names = "--tenants",
      defaultValue = "1000",
      description = "Hospitals in the end (default: ${DEFAULT-VALUE}).")
  private int tenants;

  @Option(
      names = "--requests",
      defaultValue = "2000",
      description = "Requests timed in each situation (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--starts",
      defaultValue = "3",
      description =
          "Starts timed in each situation; the median counts (default: ${DEFAULT-VALUE}).")
  private int starts;

  private PrintWriter out;
  private VigilHome home;
  private Launcher launcher;
  private Map<String, String> settings;

  /** One situation. */
  private record Measured(
      double startSeconds,
      Latency one,
      Latency spread,
      long heapKb,
      long residentKb,
      double auditShare) {}

  private record Latency(double medianMillis, double p95Millis) {}

  @Override
  public Integer call() throws IOException {
    out = spec.commandLine().getOut();
    Path checkout = Path.of(System.getProperty("vigil.checkout", ""));
    home =
        new VigilHome(
            homeDirectory != null ? homeDirectory : checkout.resolve(".vigil/bench-tenants"));
    launcher = new Launcher(home, out);
    settings = new HashMap<>(options.settings());
    settings.put(Settings.PROFILE, Profile.DEMO.key());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("bench", "tenants");
    try {
      launcher.start(settings, START_SECONDS);
      if (count() > 1) {
        throw new CommandFailure(
            ExitCode.USAGE, home.root() + " has more than one hospital: give --home a new folder");
      }
      create(0);
      Measured one = measure(1);
      Measured many = grow();
      figures.put("ratioLatency", ratio(many.one().medianMillis(), one.one().medianMillis()));
      figures.put("ratioStartup", ratio(many.startSeconds(), one.startSeconds()));
      figures.put("kbPerTenant", round((double) (many.heapKb() - one.heapKb()) / (tenants - 1)));
      figures.put("auditShare", Math.round(many.auditShare() * 10_000) / 10_000.0);
      figures.put(
          "ratioLatencySpread", ratio(many.spread().medianMillis(), one.one().medianMillis()));
      figures.put("ratioLatencyP95", ratio(many.one().p95Millis(), one.one().p95Millis()));
      figures.put(
          "residentKbPerTenant",
          round((double) (many.residentKb() - one.residentKb()) / (tenants - 1)));
      figures.put("tenants", tenants);
      figures.put("startSeconds", List.of(one.startSeconds(), many.startSeconds()));
      figures.put("medianMillis", List.of(one.one().medianMillis(), many.one().medianMillis()));
      figures.put("p95Millis", List.of(one.one().p95Millis(), many.one().p95Millis()));
      figures.put("processors", Runtime.getRuntime().availableProcessors());
    } finally {
      launcher.stop();
    }
    out.println(Json.line(figures));
    out.flush();
    return ExitCode.OK;
  }

  /** Makes the others; how long one takes is told, too. */
  private Measured grow() throws IOException {
    double[] seconds = new double[tenants - 1];
    for (int i = 1; i < tenants; i++) {
      long began = System.nanoTime();
      create(i);
      seconds[i - 1] = (System.nanoTime() - began) / 1e9;
      if (i % 100 == 0) {
        say("%d hospitals; the last took %.2f s".formatted(i + 1, seconds[i - 1]));
      }
    }
    Arrays.sort(seconds);
    say(
        "a hospital is open after %.2f s (median), %.2f s at most"
            .formatted(seconds[seconds.length / 2], seconds[seconds.length - 1]));
    return measure(tenants);
  }

  private Measured measure(int present) throws IOException {
    double[] seconds = new double[starts];
    for (int i = 0; i < starts; i++) {
      launcher.stop();
      long from = System.nanoTime();
      launcher.start(settings, START_SECONDS);
      seconds[i] = (System.nanoTime() - from) / 1e9;
    }
    double auditedBefore = auditNanos();
    long began = System.nanoTime();
    Latency one = latency(List.of(FIRST));
    double share = (auditNanos() - auditedBefore) / (System.nanoTime() - began);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < present; i++) {
      all.add("bench-" + i);
    }
    Latency spread = latency(all);
    long heap = heapKb();
    Measured measured = new Measured(median(seconds), one, spread, heap, residentKb(), share);
    say(
        "%d hospitals: started in %.1f s; list %.2f ms (p95 %.2f), spread %.2f ms (p95 %.2f);"
                .formatted(
                    present,
                    measured.startSeconds(),
                    one.medianMillis(),
                    one.p95Millis(),
                    spread.medianMillis(),
                    spread.p95Millis())
            + " heap %d kB, resident %d kB".formatted(heap, measured.residentKb()));
    return measured;
  }

  private Latency latency(List<String> hospitals) {
    // One connection for all, as behind a reverse proxy: what differs is the hospital.
    ApiClient connection = ApiClient.asPlatformAdministrator(home);
    TokenSigner signer = new TokenSigner(home, Clock.systemUTC());
    List<ApiClient> clients = new ArrayList<>();
    for (String hospital : hospitals) {
      clients.add(
          connection.as(
              signer.sign("bench", hospital, List.of("RADIOLOGIST"), Duration.ofHours(4))));
    }
    for (int i = 0; i < Math.max(WARM_UP, clients.size()); i++) {
      clients.get(i % clients.size()).get("worklist");
    }
    double[] millis = new double[requests];
    for (int i = 0; i < requests; i++) {
      ApiClient client = clients.get(i % clients.size());
      long began = System.nanoTime();
      client.get("worklist");
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    return new Latency(round(millis[requests / 2]), round(millis[requests * 95 / 100]));
  }

  private void create(int number) {
    ApiClient.asPlatformAdministrator(home)
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
  }

  private int count() {
    return ApiClient.asPlatformAdministrator(home).get("platform/tenants").path("tenants").size();
  }

  /** Heap in use after a collection. */
  private long heapKb() throws IOException {
    run("GC.run");
    for (String line : run("GC.heap_info")) {
      Matcher used = Pattern.compile("used (\\d+)K").matcher(line);
      if (used.find()) {
        return Long.parseLong(used.group(1));
      }
    }
    throw new CommandFailure(ExitCode.FAILED, "jcmd told no figure of the heap");
  }

  private List<String> run(String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), Charset.defaultCharset())
        .lines()
        .toList();
  }

  private long residentKb() throws IOException {
    Matcher found =
        RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid()), "status")));
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private long pid() throws IOException {
    String file = Files.readString(home.run().resolve("wildfly.pid")).trim();
    return Long.parseLong(file.split(" ", 2)[0]);
  }

  /** Nanoseconds that auditing has cost the server's requests since it started. */
  private double auditNanos() {
    JsonNode cost = ApiClient.asPlatformAdministrator(home).get("platform/audit-cost");
    return cost.path("recordingNanos").asDouble() + cost.path("commitNanos").asDouble();
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return round(sorted[sorted.length / 2]);
  }

  private static double ratio(double many, double one) {
    return Math.round(1000 * many / one) / 1000.0;
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
