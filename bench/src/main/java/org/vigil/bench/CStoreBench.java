package org.vigil.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.Launcher;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Profile;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.StartCommand.StartOptions;
import org.vigil.cli.server.VigilHome;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ./vigil bench cstore}: images a second and processor time an image, Vigil (encrypted and
 * recorded before success) beside Orthanc with SQLite and {@code storescp --fork}, on this machine
 * and from one sender, in turn for each case.
 */
@Command(
    name = "cstore",
    mixinStandardHelpOptions = true,
    description = "C-STORE beside Orthanc and storescp (Debian packages orthanc and dcmtk).")
final class CStoreBench implements Callable<Integer> {
  private static final int START_SECONDS = 240;
  private static final String CALLING = "BENCH";
  private static final String TENANT = "bench-store";
  private static final String AE = "BENCHSTORE";

  private static final int MOST_WARM_UP_ROUNDS = 20;

  /** Compiling may still take this part of the processor time when measuring begins. */
  private static final double COMPILED = 0.05;

  /** What a 2 GB object must pass through with. */
  private static final String HEAP = "512m";

  @Spec private CommandSpec spec;
  @Mixin private StartOptions options;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Its own installation (default: .vigil/bench in the checkout).")
  private Path homeDirectory;

  @Option(
      names = "--ct",
      defaultValue = "1200",
      description = "CT images of 525 kB a run (default: ${DEFAULT-VALUE}).")
  private int ctImages;

  @Option(
      names = "--dx",
      defaultValue = "120",
      description = "DX images of 8 MB a run (default: ${DEFAULT-VALUE}).")
  private int dxImages;

  @Option(
      names = "--associations",
      split = ",",
      defaultValue = "1,4,12",
      description = "At once (default: ${DEFAULT-VALUE}).")
  private List<Integer> associations;

  @Option(
      names = "--repeats",
      defaultValue = "3",
      description = "Runs of each case; the median counts (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--large",
      paramLabel = "FRAMES",
      defaultValue = "4000",
      description =
          "Frames of 524 kB of one large object that Vigil takes and gives back at the end,"
              + " 0 for none (default: ${DEFAULT-VALUE}, 2.1 GB).")
  private int largeFrames;

  private PrintWriter out;

  private record Speed(double imagesPerSecond, double cpuMillisPerImage) {}

  @Override
  public Integer call() throws IOException {
    out = spec.commandLine().getOut();
    Path checkout = Path.of(System.getProperty("vigil.checkout", ""));
    VigilHome home =
        new VigilHome(homeDirectory != null ? homeDirectory : checkout.resolve(".vigil/bench"));
    Launcher launcher = new Launcher(home, out);
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put(Settings.PROFILE, Profile.DEMO.key());
    settings.putIfAbsent(Settings.HEAP, HEAP);
    Settings running = launcher.start(settings, START_SECONDS);
    Path folder = Files.createTempDirectory("vigil-bench-cstore");
    Map<String, Object> figures;
    try (StorePeer orthanc =
            StorePeer.orthanc(
                Files.createDirectory(folder.resolve("orthanc")),
                Map.of("HttpServerEnabled", false, "Plugins", List.of()));
        StorePeer storescp = storescp(Files.createDirectory(folder.resolve("storescp")))) {
      figures = compare(List.of(vigil(home, running), orthanc, storescp));
      figures.put("heap", settings.get(Settings.HEAP));
      if (largeFrames > 0) {
        figures.put(
            "largeObject",
            new LargeObject(
                    ApiClient.withToken(
                        home,
                        new TokenSigner(home, Clock.systemUTC())
                            .sign("bench", TENANT, List.of("RADIOLOGIST"), Duration.ofHours(1))),
                    RemoteAe.of("127.0.0.1", running.port(Port.DICOM), AE, CALLING))
                .pass(largeFrames));
      }
    } finally {
      launcher.stop();
      StorePeer.delete(folder);
    }
    out.println(Json.line(figures));
    out.flush();
    return ExitCode.OK;
  }

  private Map<String, Object> compare(List<StorePeer> peers) throws IOException {
    warmUp(peers.get(0));
    for (StorePeer peer : peers) {
      run(peer, MemoryObjects.Kind.CT, ctImages, 4);
      run(peer, MemoryObjects.Kind.DX, dxImages, 4);
    }
    double orthanc = Double.MAX_VALUE;
    double cpu = 0;
    double storescp = Double.MAX_VALUE;
    List<Map<String, Object>> cases = new ArrayList<>();
    for (MemoryObjects.Kind kind : MemoryObjects.Kind.values()) {
      int images = kind == MemoryObjects.Kind.CT ? ctImages : dxImages;
      for (int at : associations) {
        List<List<Speed>> speeds = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < repeats; i++) {
          for (int peer = 0; peer < peers.size(); peer++) {
            speeds.get(peer).add(run(peers.get(peer), kind, images, at));
          }
        }
        Speed[] median = speeds.stream().map(CStoreBench::median).toArray(Speed[]::new);
        orthanc = Math.min(orthanc, median[0].imagesPerSecond() / median[1].imagesPerSecond());
        cpu = Math.max(cpu, median[0].cpuMillisPerImage() / median[1].cpuMillisPerImage());
        storescp = Math.min(storescp, median[0].imagesPerSecond() / median[2].imagesPerSecond());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", kind.name());
        line.put("associations", at);
        for (int peer = 0; peer < peers.size(); peer++) {
          line.put(peers.get(peer).name(), round(median[peer].imagesPerSecond()));
          line.put(peers.get(peer).name() + "CpuMs", round(median[peer].cpuMillisPerImage()));
        }
        cases.add(line);
        out.println(line);
        out.flush();
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("bench", "cstore");
    figures.put("ratioOrthanc", round(orthanc));
    figures.put("cpuRatioOrthanc", round(cpu));
    figures.put("ratioStorescp", round(storescp));
    figures.put("cases", cases);
    figures.put("processors", Runtime.getRuntime().availableProcessors());
    return figures;
  }

  /**
   * Sends until the server has all but ceased to compile: that goes on for a minute or two after
   * its start, and a hospital's runs for months.
   */
  private void warmUp(StorePeer peer) throws IOException {
    int at = Collections.max(associations);
    double share = 1;
    for (int round = 1; round <= MOST_WARM_UP_ROUNDS && share > COMPILED; round++) {
      double cpu = peer.cpuSeconds();
      double compiler = peer.compilerSeconds();
      Speed ct = run(peer, MemoryObjects.Kind.CT, ctImages, at);
      // A few: they go the same way, and what is stored stays on the disk.
      Speed dx = run(peer, MemoryObjects.Kind.DX, Math.max(at, dxImages / 10), at);
      share = (peer.compilerSeconds() - compiler) / (peer.cpuSeconds() - cpu);
      out.printf(
          "%s, warm-up %d: %.2f and %.2f ms of processor time an image, %.0f%% of it compiles%n",
          peer.name(), round, ct.cpuMillisPerImage(), dx.cpuMillisPerImage(), 100 * share);
      out.flush();
    }
  }

  private static Speed run(StorePeer peer, MemoryObjects.Kind kind, int images, int at)
      throws IOException {
    List<List<StoreItem>> studies = new ArrayList<>();
    for (int i = 0; i < at; i++) {
      studies.add(MemoryObjects.study(kind, images / at, "BENCH" + i).items());
    }
    int sent = images / at * at;
    RemoteAe remote = RemoteAe.of("127.0.0.1", peer.port(), peer.aeTitle(), CALLING);
    ExecutorService senders = Executors.newFixedThreadPool(at);
    double cpuBefore = peer.cpuSeconds();
    long began = System.nanoTime();
    try {
      List<Future<?>> done = new ArrayList<>();
      for (List<StoreItem> study : studies) {
        done.add(senders.submit(() -> send(remote, study)));
      }
      for (Future<?> one : done) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new CommandFailure(
          ExitCode.FAILED, peer.name() + " took not all: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    } finally {
      senders.shutdownNow();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double cpu = peer.cpuSeconds() - cpuBefore;
    return new Speed(sent / seconds, 1000 * cpu / sent);
  }

  private static Void send(RemoteAe remote, List<StoreItem> study) throws IOException {
    try (StorageScu scu = StorageScu.open(remote, study.subList(0, 1))) {
      for (StoreItem item : study) {
        var result = scu.store(item);
        if (!result.status().isSuccessOrWarning()) {
          throw new IOException("status " + result.status());
        }
      }
    }
    return null;
  }

  private StorePeer vigil(VigilHome home, Settings running) throws IOException {
    StorePeer.tenant(home, TENANT, AE);
    List<Long> processes = new ArrayList<>();
    processes.add(pid(home.run().resolve("wildfly.pid")));
    processes.add(pid(home.database().resolve("postmaster.pid")));
    return new StorePeer("vigil", AE, running.port(Port.DICOM), processes, null);
  }

  private static long pid(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).split("\\s", 2)[0]);
  }

  private static StorePeer storescp(Path folder) throws IOException {
    int port = StorePeer.freePort();
    Path received = Files.createDirectory(folder.resolve("received"));
    return StorePeer.start(
        "storescp",
        "STORESCP",
        port,
        folder,
        "storescp",
        "--fork",
        "-od",
        received.toString(),
        Integer.toString(port));
  }

  /** By images a second. */
  private static Speed median(List<Speed> speeds) {
    List<Speed> sorted = new ArrayList<>(speeds);
    sorted.sort((a, b) -> Double.compare(a.imagesPerSecond(), b.imagesPerSecond()));
    return sorted.get(sorted.size() / 2);
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
