package org.vigil.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
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
 * {@code ./vigil bench frames}: WADO-RS frames a second and their 95th percentile, the first time
 * (decrypted from disk) and again (from memory), beside Orthanc's DICOMweb plugin. Vigil speaks
 * HTTPS, checks a token, a role and a tenant; Orthanc plain HTTP without any log-in.
 */
@Command(
    name = "frames",
    mixinStandardHelpOptions = true,
    description =
        "WADO-RS frames beside Orthanc's plugin (Debian packages orthanc, orthanc-dicomweb).")
final class FramesBench implements Callable<Integer> {
  private static final int START_SECONDS = 240;
  private static final int MOST_WARM_UP_ROUNDS = 20;
  private static final double NOTICEABLY_MORE = 1.03;
  private static final int ROUNDS = 5;
  private static final int MOST_BYTES = 1 << 20;
  private static final String FRAME = "multipart/related; type=\"application/octet-stream\"";
  private static final String TENANT = "bench-store";
  private static final String PLUGIN = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";

  @Spec private CommandSpec spec;
  @Mixin private StartOptions options;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Its own installation (default: .vigil/bench in the checkout).")
  private Path homeDirectory;

  @Option(
      names = "--images",
      defaultValue = "100",
      description = "CT images of 525 kB (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--requests",
      defaultValue = "4000",
      description = "Frames asked for again (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--clients",
      defaultValue = "1",
      description = "At once; as many as processors fill the machine (default: ${DEFAULT-VALUE}).")
  private int clients;

  @Option(names = "--http2", description = "Asks Vigil by HTTP/2; Orthanc has HTTP/1.1 alone.")
  private boolean http2;

  private PrintWriter out;

  /** A DICOMweb service; with a client where it is asked by HTTP/2. */
  private record Service(
      String name, String base, String token, SSLSocketFactory trusted, HttpClient http) {}

  private record Speed(double framesPerSecond, double p95Millis) {}

  @Override
  public Integer call() throws IOException {
    out = spec.commandLine().getOut();
    Path checkout = Path.of(System.getProperty("vigil.checkout", ""));
    VigilHome home =
        new VigilHome(homeDirectory != null ? homeDirectory : checkout.resolve(".vigil/bench"));
    Launcher launcher = new Launcher(home, out);
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put(Settings.PROFILE, Profile.DEMO.key());
    Settings running = launcher.start(settings, START_SECONDS);
    Path folder = Files.createTempDirectory("vigil-bench-frames");
    int http = StorePeer.freePort();
    try (StorePeer orthanc =
        StorePeer.orthanc(
            folder,
            Map.of(
                "HttpPort",
                http,
                "RemoteAccessAllowed",
                false,
                "AuthenticationEnabled",
                false,
                "Plugins",
                List.of(PLUGIN)))) {
      StorePeer.tenant(home, TENANT, "BENCHSTORE");
      MemoryObjects study = MemoryObjects.study(MemoryObjects.Kind.CT, images, "FRAMES");
      List<String> paths = study.paths().stream().map(path -> path + "/frames/1").toList();
      send("BENCHSTORE", running.port(Port.DICOM), study.items());
      send("ORTHANC", orthanc.port(), study.items());
      report(
          paths,
          new Service(
              "vigil",
              "https://localhost:" + running.port(Port.HTTPS) + "/dicomweb/",
              new TokenSigner(home, Clock.systemUTC())
                  .sign("bench", TENANT, List.of("RADIOLOGIST"), Duration.ofHours(1)),
              ApiClient.trusting(home).getSocketFactory(),
              http2 ? HttpClient.newBuilder().sslContext(ApiClient.trusting(home)).build() : null),
          new Service("orthanc", "http://localhost:" + http + "/dicom-web/", null, null, null));
    } finally {
      launcher.stop();
      StorePeer.delete(folder);
    }
    return ExitCode.OK;
  }

  private void report(List<String> paths, Service vigil, Service orthanc) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("bench", "frames");
    List<String> again = again(paths);
    Speed vigilFirst = ask(vigil, paths);
    Speed orthancFirst = ask(orthanc, paths);
    warmUp(vigil, again);
    ask(orthanc, again);
    // In turn, so that a noisy moment of the machine hits both, and one round of many.
    List<Speed> vigilRounds = new ArrayList<>();
    List<Speed> orthancRounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      vigilRounds.add(ask(vigil, again));
      orthancRounds.add(ask(orthanc, again));
    }
    Speed vigilAgain = median(vigilRounds);
    Speed orthancAgain = median(orthancRounds);
    figures.put("p95Ms", vigilAgain.p95Millis());
    figures.put("ratioOrthanc", ratio(vigilAgain, orthancAgain));
    figures.put("p95MsRounds", vigilRounds.stream().map(Speed::p95Millis).sorted().toList());
    figures.put("ratioOrthancFirst", ratio(vigilFirst, orthancFirst));
    figures.put("framesPerSecond", vigilAgain.framesPerSecond());
    figures.put("p95MsFirst", vigilFirst.p95Millis());
    figures.put("orthancFramesPerSecond", orthancAgain.framesPerSecond());
    figures.put("orthancP95Ms", orthancAgain.p95Millis());
    figures.put("clients", clients);
    figures.put("http2", http2);
    figures.put("processors", Runtime.getRuntime().availableProcessors());
    out.println(Json.line(figures));
    out.flush();
  }

  /**
   * Asks until two rounds were no faster than the fastest before: a Java server compiles what it
   * runs often, and a hospital's runs for months. So does the client.
   */
  private void warmUp(Service vigil, List<String> paths) {
    double best = 0;
    int without = 0;
    for (int round = 1; round <= MOST_WARM_UP_ROUNDS && without < 2; round++) {
      Speed now = ask(vigil, paths);
      out.printf(
          "warm-up %d: %.0f frames a second, p95 %.1f ms%n",
          round, now.framesPerSecond(), now.p95Millis());
      out.flush();
      without = now.framesPerSecond() > NOTICEABLY_MORE * best ? 0 : without + 1;
      best = Math.max(best, now.framesPerSecond());
    }
  }

  private List<String> again(List<String> paths) {
    List<String> again = new ArrayList<>();
    while (again.size() < requests) {
      again.addAll(paths);
    }
    Collections.shuffle(again, new Random(1));
    return again.subList(0, requests);
  }

  private Speed ask(Service service, List<String> paths) {
    double[] millis = new double[paths.size()];
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    long began = System.nanoTime();
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int first = client;
        done.add(
            threads.submit(
                () -> {
                  byte[] into = new byte[MOST_BYTES];
                  for (int i = first; i < millis.length; i += clients) {
                    millis[i] = frame(service, paths.get(i), into);
                  }
                  return null;
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new CommandFailure(
          ExitCode.FAILED, service.name() + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    } finally {
      threads.shutdownNow();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Arrays.sort(millis);
    return new Speed(round(millis.length / seconds), round(millis[millis.length * 95 / 100]));
  }

  private static double frame(Service service, String path, byte[] into)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    int length = service.http() == null ? get(service, path, into) : getByHttp2(service, path);
    double millis = (System.nanoTime() - began) / 1e6;
    if (length < 512 * 512 * 2) {
      throw new IOException("a frame of " + length + " bytes");
    }
    return millis;
  }

  /** By the cheapest client there is, which reads into one array: it must not be the limit. */
  private static int get(Service service, String path, byte[] into) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(service.base() + path).toURL().openConnection();
    if (connection instanceof HttpsURLConnection) {
      ((HttpsURLConnection) connection).setSSLSocketFactory(service.trusted());
    }
    connection.setRequestProperty("Accept", FRAME);
    if (service.token() != null) {
      connection.setRequestProperty("Authorization", "Bearer " + service.token());
    }
    if (connection.getResponseCode() != 200) {
      throw new IOException("status " + connection.getResponseCode());
    }
    try (InputStream body = connection.getInputStream()) {
      return body.readNBytes(into, 0, into.length);
    }
  }

  private static int getByHttp2(Service service, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.base() + path))
            .header("Accept", FRAME)
            .header("Authorization", "Bearer " + service.token())
            .build();
    HttpResponse<byte[]> answer =
        service.http().send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return answer.body().length;
  }

  private static void send(String aeTitle, int port, List<StoreItem> study) throws IOException {
    for (var result :
        StorageScu.storeAll(RemoteAe.of("127.0.0.1", port, aeTitle, "BENCH"), study)) {
      if (!result.status().isSuccessOrWarning()) {
        throw new IOException(aeTitle + " answered " + result.status());
      }
    }
  }

  /** Each figure's own median. */
  private static Speed median(List<Speed> rounds) {
    return new Speed(
        rounds.stream().map(Speed::framesPerSecond).sorted().toList().get(ROUNDS / 2),
        rounds.stream().map(Speed::p95Millis).sorted().toList().get(ROUNDS / 2));
  }

  private static double ratio(Speed one, Speed other) {
    return round(one.framesPerSecond() / other.framesPerSecond());
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
