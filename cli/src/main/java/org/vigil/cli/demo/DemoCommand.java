package org.vigil.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a night: 47 orders and 47 studies, the critical one 31st, through HL7, DICOM and FHIR.",
      "Starts a Vigil of its own in a home of its own, which each demo makes anew.",
      "Keeps running until Ctrl-C, or ends with --exit; the last line is then one JSON object."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int START_SECONDS = 240;

  @Spec private CommandSpec spec;
  @Mixin private StartOptions options;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The demo's installation (default: .vigil/demo in the checkout).")
  private Path homeDirectory;

  @Option(names = "--exit", description = "End when the night is over.")
  private boolean exit;

  @Option(
      names = "--keep",
      description = "Go on with what the home holds instead of beginning anew.")
  private boolean keep;

  @Option(
      names = "--studies",
      paramLabel = "DIR",
      description = "Play the DICOM studies of this folder instead of drawn ones.")
  private Path studies;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "217",
      description = "Which night is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--ehr-port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "The demo's EHR (default: ${DEFAULT-VALUE}).")
  private int ehrPort;

  @Option(
      names = "--pacs-port",
      paramLabel = "PORT",
      defaultValue = "11113",
      description = "The demo's PACS (default: ${DEFAULT-VALUE}).")
  private int pacsPort;

  @Option(
      names = "--ris-port",
      paramLabel = "PORT",
      defaultValue = "2576",
      description = "The demo's RIS (default: ${DEFAULT-VALUE}).")
  private int risPort;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    VigilHome home =
        new VigilHome(
            homeDirectory != null
                ? homeDirectory
                : Path.of(System.getProperty("vigil.checkout", "")).resolve(".vigil/demo"));
    Launcher launcher = new Launcher(home, out);
    if (!keep) {
      begin(home, launcher);
    }
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put(Settings.PROFILE, Profile.DEMO.key());
    Settings running = launcher.start(settings, START_SECONDS);
    Outcome outcome;
    try (Hospital hospital =
        new Hospital(
            new Hospital.PeerPorts(ehrPort, pacsPort, risPort),
            running.port(Port.DICOM),
            running.port(Port.MLLP),
            home.root().resolve("demo-pacs"))) {
      outcome = play(home, running, hospital, out);
      if (!exit) {
        out.println();
        out.println("Running until Ctrl-C.");
        out.flush();
        waitForInterrupt(launcher);
        return ExitCode.OK;
      }
      launcher.stop();
    }
    out.println(json(outcome));
    out.flush();
    return ExitCode.OK;
  }

  private Outcome play(VigilHome home, Settings running, Hospital hospital, PrintWriter out)
      throws IOException {
    DemoLogins logins = DemoLogins.of(home);
    VigilApi platform = new VigilApi(ApiClient.asPlatformAdministrator(home));
    for (String id : List.of(Hospital.AGNES, Hospital.MERCY)) {
      platform.createTenant(
          Map.of(
              "id", id,
              "name", Hospital.NAMES.get(id),
              "timeZone", "Europe/Vienna",
              "aeTitle", Hospital.AE_TITLES.get(id),
              "receivingFacility", Hospital.AE_TITLES.get(id),
              "users", logins.users(id),
              "destinations", hospital.destinations(id)));
      out.println("Hospital " + Hospital.NAMES.get(id) + " (" + id + ") is ready");
    }
    out.println();
    String token =
        new TokenSigner(home, Clock.systemUTC())
            .sign("demo", Hospital.AGNES, List.of("SERVICE"), Duration.ofHours(4));
    Night night = new Night(hospital, new VigilApi(ApiClient.withToken(home, token)), out);
    String facility = Hospital.AE_TITLES.get(Hospital.AGNES);
    List<NightCase> cases =
        studies == null
            ? PhantomCases.of(seed, facility)
            : new FolderCases(studies, facility, out).cases();
    out.println(
        "The night at "
            + Hospital.NAMES.get(Hospital.AGNES)
            + ": "
            + cases.size()
            + " studies, over MLLP and C-STORE");
    out.flush();
    Outcome outcome = night.play(cases);
    Report report = new Report(out);
    report.queue(night.worklist());
    report.figures(outcome, night.refusals());
    access(running, hospital, logins, out);
    return outcome;
  }

  private static void access(
      Settings running, Hospital hospital, DemoLogins logins, PrintWriter out) {
    out.println();
    out.println("Worklist   https://localhost:" + running.port(Port.HTTPS) + "/");
    for (String id : List.of(Hospital.AGNES, Hospital.MERCY)) {
      for (DemoLogins.Person person : DemoLogins.PEOPLE) {
        out.printf(
            "  hospital %-9s user %-13s password %s%n",
            id, person.userName(), logins.password(id, person));
      }
    }
    out.println("EHR        " + hospital.ehrUrl(Hospital.AGNES) + "/DiagnosticReport");
    out.println("Health     http://localhost:" + running.port(Port.MANAGEMENT) + "/health");
    out.flush();
  }

  /** Stops what an earlier demo left and makes its home empty; touches no other kind of home. */
  private static void begin(VigilHome home, Launcher launcher) throws IOException {
    if (!home.isInstalled()) {
      return;
    }
    if (Settings.load(home, Map.of()).profile() != Profile.DEMO) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          home.root() + " is not a demo's home: name another with --home, or use --keep");
    }
    launcher.stop();
    try (Stream<Path> files = Files.walk(home.root())) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static void waitForInterrupt(Launcher launcher) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  launcher.stop();
                  stopped.countDown();
                }));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String json(Outcome outcome) {
    try {
      return new ObjectMapper().writeValueAsString(outcome);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
