package org.vigil.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.server.Port;
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
 * {@code ./vigil bench tenants}: what a thousand hospitals cost the first. Two installations, one
 * with a single hospital and one with many, are started and asked in turns, so that whatever else
 * the machine does weighs on both.
 */
@Command(
    name = "tenants",
    mixinStandardHelpOptions = true,
    description = "Start-up, latency and memory with one hospital and with a thousand.")
final class TenantsBench implements Callable<Integer> {
  private static final int WARM_UP = 300;
  private static final int BLOCK = 50;
  private static final int OTHER_PORTS = 50;
  private static final int IMAGES = 4;
  private static final String LIST = "worklist";

  /** Next to no work, and audited each time: the worst there is. */
  private static final String SEARCH = "../dicomweb/studies?limit=1";

  @Spec private CommandSpec spec;
  @Mixin private StartOptions options;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Holds both installations; the ports of the second are 50 above (default:"
              + " .vigil/bench-tenants in the checkout).")
  private Path homeDirectory;

  @Option(
      names = "--tenants",
      defaultValue = "1000",
      description = "Hospitals of the larger installation (default: ${DEFAULT-VALUE}).")
  private int tenants;

  @Option(
      names = "--requests",
      defaultValue = "2000",
      description = "Requests timed in each situation (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--starts",
      defaultValue = "3",
      description = "Starts timed of each; the median counts (default: ${DEFAULT-VALUE}).")
  private int starts;

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private PrintWriter out;
  private MeasuredServer one;
  private MeasuredServer many;

  @Override
  public Integer call() throws IOException {
    out = spec.commandLine().getOut();
    Path checkout = Path.of(System.getProperty("vigil.checkout", ""));
    Path folder = homeDirectory != null ? homeDirectory : checkout.resolve(".vigil/bench-tenants");
    many = new MeasuredServer(new VigilHome(folder.resolve("many")), settings(0), out);
    one = new MeasuredServer(new VigilHome(folder.resolve("one")), settings(OTHER_PORTS), out);
    for (String name :
        new String[] {"bench", "ratioLatency", "ratioStartup", "kbPerTenant", "auditShare"}) {
      figures.put(name, "tenants");
    }
    try {
      open(one, 1);
      open(many, tenants);
      one.stop();
      many.stop();
      startUp();
      migration();
      one.start();
      latency();
      memory();
      audit();
    } finally {
      one.stop();
      many.stop();
    }
    figures.put("tenants", tenants);
    figures.put("processors", Runtime.getRuntime().availableProcessors());
    out.println(Json.line(figures));
    out.flush();
    return ExitCode.OK;
  }

  private Map<String, String> settings(int offset) {
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put(Settings.PROFILE, Profile.DEMO.key());
    for (Port port : Port.values()) {
      String given = settings.getOrDefault(port.key(), Integer.toString(port.standard()));
      if (given.matches("\\d+")) {
        settings.put(port.key(), Integer.toString(Integer.parseInt(given) + offset));
      }
    }
    return settings;
  }

  /** Makes the hospitals; how long one takes is told, too. */
  private void open(MeasuredServer server, int hospitals) {
    server.start();
    if (server.hospitals() > 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "there are hospitals already: give --home a new folder");
    }
    double[] seconds = new double[hospitals];
    for (int i = 0; i < hospitals; i++) {
      seconds[i] = server.create(i);
      if ((i + 1) % 100 == 0) {
        say("%d hospitals; the last took %.2f s".formatted(i + 1, seconds[i]));
      }
    }
    Arrays.sort(seconds);
    figures.put("onboardingSeconds", List.of(at(seconds, 0.5), at(seconds, 1)));
    say(
        "a hospital is open after %.2f s (median), %.2f s at most"
            .formatted(at(seconds, 0.5), at(seconds, 1)));
  }

  private void startUp() {
    double[] few = new double[starts];
    double[] lots = new double[starts];
    for (int i = 0; i < starts; i++) {
      few[i] = one.start();
      one.stop();
      lots[i] = many.start();
      many.stop();
    }
    Arrays.sort(few);
    Arrays.sort(lots);
    figures.put("ratioStartup", ratio(at(lots, 0.5), at(few, 0.5)));
    figures.put("startSeconds", List.of(at(few, 0.5), at(lots, 0.5)));
    say(
        "started in %s s with one, %s s with %d"
            .formatted(Arrays.toString(few), Arrays.toString(lots), tenants));
  }

  /** Leaves the larger one started. */
  private void migration() {
    many.start();
    many.ageSchemas(tenants);
    many.stop();
    double seconds = many.start();
    figures.put("startSecondsMigrating", round(seconds));
    say("a start that migrates %d schemas took %.1f s".formatted(tenants, seconds));
  }

  /**
   * What a reader's pages ask for, one study after the other: the list, the study, its metadata and
   * its images. No study comes twice, for looking again at the same is not written again.
   */
  private List<String> reading(int count) throws IOException {
    List<String> paths = new ArrayList<>();
    for (int page = 0; paths.size() < count; page++) {
      MemoryObjects study = MemoryObjects.study(MemoryObjects.Kind.CT, IMAGES, "READ" + page);
      many.receive(study);
      paths.addAll(
          List.of(
              LIST,
              "studies/" + study.study(),
              "../dicomweb/studies/" + study.study() + "/metadata"));
      study.paths().forEach(path -> paths.add("../dicomweb/" + path + "/frames/1"));
    }
    return paths;
  }

  private void latency() throws IOException {
    Timed few = new Timed(one.radiologists(1), List.of(LIST));
    Timed same = new Timed(many.radiologists(1), List.of(LIST));
    Timed spread = new Timed(many.radiologists(tenants), List.of(LIST));
    few.warmUp(WARM_UP);
    same.warmUp(WARM_UP);
    spread.warmUp(Math.max(WARM_UP, tenants));
    for (int done = 0; done < requests; done += BLOCK) {
      few.block(BLOCK);
      same.block(BLOCK);
      spread.block(BLOCK);
    }
    figures.put("ratioLatency", ratio(same.median(), few.median()));
    figures.put("ratioLatencySpread", ratio(spread.median(), few.median()));
    figures.put("ratioLatencyP95", ratio(same.p95(), few.p95()));
    figures.put("medianMillis", List.of(few.median(), same.median(), spread.median()));
    figures.put("p95Millis", List.of(few.p95(), same.p95(), spread.p95()));
    say(
        "the reading list takes %.2f ms with one, %.2f ms with %d, %.2f ms in turns over all"
            .formatted(few.median(), same.median(), tenants, spread.median()));
  }

  /** How much of what a reader waits for is the trail's. */
  private void audit() throws IOException {
    List<ApiClient> reader = many.radiologists(1);
    Timed search = new Timed(reader, List.of(SEARCH));
    Timed reading = new Timed(reader, reading(WARM_UP + requests + BLOCK));
    search.warmUp(WARM_UP);
    reading.warmUp(WARM_UP);
    double inSearch = 0;
    double inReading = 0;
    for (int done = 0; done < requests; done += BLOCK) {
      double before = many.auditNanos();
      search.block(BLOCK);
      double between = many.auditNanos();
      reading.block(BLOCK);
      inSearch += between - before;
      inReading += many.auditNanos() - between;
    }
    figures.put("auditShare", thousandths(inReading / 1e6 / reading.sum()));
    figures.put("auditShareSearch", thousandths(inSearch / 1e6 / search.sum()));
  }

  private void memory() throws IOException {
    long few = one.heapKb();
    long lots = many.heapKb();
    long others = Math.max(1, tenants - 1);
    figures.put("kbPerTenant", round((double) (lots - few) / others));
    figures.put("heapKb", List.of(few, lots));
    figures.put(
        "residentKbPerTenant", round((double) (many.residentKb() - one.residentKb()) / others));
  }

  /** The same requests in turn, from one hospital after the other. */
  private static final class Timed {
    private final List<ApiClient> clients;
    private final List<String> paths;
    private final List<Double> millis = new ArrayList<>();
    private int next;

    Timed(List<ApiClient> clients, List<String> paths) {
      this.clients = clients;
      this.paths = paths;
    }

    void block(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        ApiClient client = clients.get(next % clients.size());
        String path = paths.get(next++ % paths.size());
        long began = System.nanoTime();
        try (InputStream answer = client.open(path, "*/*")) {
          answer.transferTo(OutputStream.nullOutputStream());
        }
        millis.add((System.nanoTime() - began) / 1e6);
      }
    }

    void warmUp(int count) throws IOException {
      block(count);
      millis.clear();
    }

    double sum() {
      return millis.stream().mapToDouble(Double::doubleValue).sum();
    }

    double median() {
      return at(sorted(), 0.5);
    }

    double p95() {
      return at(sorted(), 0.95);
    }

    private double[] sorted() {
      return millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }

  /** The value below which a share of the sorted values lies. */
  private static double at(double[] sorted, double share) {
    return round(sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  }

  private static double ratio(double many, double one) {
    return thousandths(many / one);
  }

  private static double thousandths(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
