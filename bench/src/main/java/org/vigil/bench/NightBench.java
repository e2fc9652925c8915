package org.vigil.bench;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.demo.Hospital;
import org.vigil.cli.demo.NightCase;
import org.vigil.cli.demo.PhantomCases;
import org.vigil.cli.demo.VigilApi;
import org.vigil.cli.server.Launcher;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Profile;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.StartCommand.StartOptions;
import org.vigil.cli.server.VigilHome;
import org.vigil.dicom.net.StoreItem;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.phantom.DxObject;
import org.vigil.phantom.PhantomImage;
import org.vigil.phantom.PhantomNight;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ./vigil bench night}: how long a STAT study with a critical finding takes from its last
 * image to the top of the list, with nothing waiting and with 1,000 routine jobs waiting; and
 * studies a second end to end against the same model in a bare ONNX Runtime loop.
 */
@Command(
    name = "night",
    mixinStandardHelpOptions = true,
    description = "Seconds to the top, empty and with a backlog; studies a second end to end.")
final class NightBench implements Callable<Integer> {
  private static final int START_SECONDS = 240;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration BARE = Duration.ofSeconds(10);
  private static final int FILMS = 12;
  private static final String FACILITY = Hospital.AE_TITLES.get(Hospital.AGNES);

  @Spec private CommandSpec spec;
  @Mixin private StartOptions options;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Its own installation (default: .vigil/bench in the checkout).")
  private Path homeDirectory;

  @Option(
      names = "--backlog",
      defaultValue = "1000",
      description = "Routine jobs waiting (default: ${DEFAULT-VALUE}).")
  private int backlog;

  @Option(
      names = "--repeats",
      defaultValue = "5",
      description = "Critical studies timed in each situation (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--studies",
      defaultValue = "94",
      description = "Studies of the end-to-end run (default: ${DEFAULT-VALUE}).")
  private int studies;

  private PrintWriter out;
  private VigilApi api;
  private ApiClient client;
  private Hospital hospital;
  private ServerQueue inference;
  private final List<PhantomImage> films = new ArrayList<>();
  private long seed;

  @Override
  public Integer call() throws IOException, OrtException {
    out = spec.commandLine().getOut();
    Path checkout = Path.of(System.getProperty("vigil.checkout", ""));
    VigilHome home =
        new VigilHome(homeDirectory != null ? homeDirectory : checkout.resolve(".vigil/bench"));
    seed = System.currentTimeMillis() % 1_000_000;
    Launcher launcher = new Launcher(home, out);
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put(Settings.PROFILE, Profile.DEMO.key());
    Settings running = launcher.start(settings, START_SECONDS);
    inference =
        new ServerQueue(
            checkout.resolve("wildfly-config/target/wildfly"),
            running.port(Port.MANAGEMENT),
            "vigil.inference");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("bench", "night");
    try (Hospital peers =
        new Hospital(
            new Hospital.PeerPorts(0, 0, freePort()),
            running.port(Port.DICOM),
            running.port(Port.MLLP),
            home.root().resolve("bench-pacs"))) {
      hospital = peers;
      open(home);
      throughput(figures);
      latency(figures);
    } finally {
      launcher.stop();
    }
    ModelPackage model = ModelPackage.open(checkout.resolve("models/vigil-phantom-chest"));
    ModelManifest.Input input = model.manifest().input();
    double bare =
        BareOnnxRuntime.runsPerSecond(
            model.modelFile(),
            input.tensor(),
            new long[] {1, input.channels(), input.height(), input.width()},
            BARE);
    double endToEnd = (double) figures.get("studiesPerSecond");
    figures.put("bareRunsPerSecond", round(bare));
    figures.put("ratioBareOrt", Math.round(1000 * endToEnd / bare) / 1000.0);
    figures.put("model", model.manifest().id() + " " + model.manifest().version());
    figures.put("processors", Runtime.getRuntime().availableProcessors());
    out.println(Json.line(figures));
    out.flush();
    return ExitCode.OK;
  }

  private void open(VigilHome home) throws IOException {
    ApiClient.asPlatformAdministrator(home)
        .send(
            "POST",
            "platform/tenants",
            Map.of(
                "id",
                Hospital.AGNES,
                "name",
                Hospital.NAMES.get(Hospital.AGNES),
                "timeZone",
                "UTC",
                "aeTitle",
                FACILITY,
                "receivingFacility",
                FACILITY,
                "destinations",
                hospital.destinations(Hospital.AGNES)));
    client =
        ApiClient.withToken(
            home,
            new TokenSigner(home, Clock.systemUTC())
                .sign("bench", Hospital.AGNES, List.of("SERVICE"), Duration.ofHours(4)));
    api = new VigilApi(client);
  }

  /** A night without a critical case, as quickly as one modality sends it, results delivered. */
  private void throughput(Map<String, Object> figures) throws IOException {
    List<NightCase> night = night(studies, 0);
    // Drawn beforehand: the sender must not be the limit.
    List<List<StoreItem>> films = new ArrayList<>();
    for (NightCase study : night) {
      hospital.ris().send(study.orderMessage());
      films.add(study.images().open());
    }
    long before = api.nightSummary().get("analysed").asLong();
    Instant began = Instant.now();
    for (List<StoreItem> film : films) {
      hospital.modality().send(film);
    }
    Instant sent = Instant.now();
    await(() -> api.nightSummary().get("analysed").asLong() >= before + studies);
    Instant analysed = Instant.now();
    figures.put(
        "studiesPerSecond", round(1000.0 * studies / Duration.between(began, analysed).toMillis()));
    figures.put(
        "storedPerSecond", round(1000.0 * studies / Duration.between(began, sent).toMillis()));
    out.printf(
        Locale.ROOT,
        "%d studies: stored at %s a second, analysed at %s a second%n",
        studies,
        figures.get("storedPerSecond"),
        figures.get("studiesPerSecond"));
    out.flush();
  }

  private void latency(Map<String, Object> figures) throws IOException {
    await(this::nothingWaits);
    double[] empty = timed(false);
    double[] behind = timed(true);
    figures.put("secondsToTopEmpty", median(empty));
    figures.put("secondsToTopBacklog", median(behind));
    figures.put("secondsToTopEmptyAll", empty);
    figures.put("secondsToTopBacklogAll", behind);
    figures.put("backlog", backlog);
  }

  private double[] timed(boolean withBacklog) throws IOException {
    double[] seconds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      NightCase critical = night(1, 1).get(0);
      List<StoreItem> film = critical.images().open();
      String order = critical.orderMessage().replace("^^R", "^^S");
      if (withBacklog) {
        fill();
      }
      long before = waiting();
      hospital.ris().send(order);
      hospital.modality().send(film);
      seconds[i] = secondsToTop(critical.studyInstanceUid());
      out.printf(
          Locale.ROOT,
          "  critical study %d, %s: %.2f s (%d jobs waiting before it, %d after)%n",
          i + 1,
          withBacklog ? "behind a backlog" : "nothing waiting",
          seconds[i],
          before,
          waiting());
      out.flush();
    }
    return seconds;
  }

  /**
   * Orders and sends routine studies while the models stand still, until enough jobs wait; then the
   * models go on.
   */
  private void fill() throws IOException {
    inference.pause();
    try {
      int missing = (int) Math.max(0, backlog - waiting());
      PhantomNight night =
          new PhantomNight(Math.max(1, missing), 0, seed++, FACILITY, OffsetDateTime.now());
      if (films.isEmpty()) {
        // The sender must not be the limit: a few films stand for all.
        for (int i = 1; i <= Math.min(FILMS, night.size()); i++) {
          films.add(night.study(i).draw());
        }
      }
      List<NightCase> studies =
          PhantomCases.of(
              night,
              FACILITY,
              (index, study) -> DxObject.of(films.get(index % films.size()), study.request()));
      for (NightCase study : studies.subList(0, missing)) {
        hospital.ris().send(study.orderMessage());
        hospital.modality().send(study.images().open());
      }
      await(() -> waiting() >= backlog);
    } finally {
      inference.resume();
    }
  }

  private long waiting() {
    return client
        .get("image-analysis?status=pending&limit=1")
        .path("pagination")
        .path("total")
        .asLong();
  }

  private boolean nothingWaits() {
    return waiting() == 0;
  }

  private double secondsToTop(String study) throws IOException {
    double[] seconds = new double[1];
    await(
        () -> {
          for (VigilApi.Line line : api.worklist()) {
            if (line.studyInstanceUid().equals(study) && "critical".equals(line.severity())) {
              seconds[0] =
                  Duration.between(
                              Instant.parse(line.lastImageAt()), Instant.parse(line.rankedAt()))
                          .toMillis()
                      / 1000.0;
              return true;
            }
          }
          return false;
        });
    return seconds[0];
  }

  private List<NightCase> night(int count, int critical) {
    return PhantomCases.of(
        new PhantomNight(count, critical, seed++, FACILITY, OffsetDateTime.now()), FACILITY);
  }

  private void await(Question question) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!question.answer()) {
      if (System.nanoTime() > deadline) {
        throw new CommandFailure(
            ExitCode.FAILED, "no result in " + PATIENCE.toMinutes() + " minutes");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(250);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return round(sorted[sorted.length / 2]);
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** Whether something has come about. */
  @FunctionalInterface
  private interface Question {
    boolean answer() throws IOException;
  }
}
