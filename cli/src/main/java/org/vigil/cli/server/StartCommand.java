package org.vigil.cli.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vigil.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil start}. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Starts PostgreSQL and the server, and waits until Vigil is ready.",
      "The first start makes the installation, and its options become its settings"
          + " (config/vigil.properties); later options are for that start only.",
      "Exit codes: 0 ready, 1 failed, 2 wrong option, 5 a port is in use, 6 not ready in time."
    })
public final class StartCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;
  @Mixin private StartOptions options;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for readiness (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Override
  public Integer call() {
    new Launcher(home.home(), spec.commandLine().getOut()).start(options.settings(), timeout);
    return ExitCode.OK;
  }

  /** The options that {@code start} and {@code demo} share. */
  public static final class StartOptions {

    @Option(names = "--https-port", paramLabel = "PORT", description = "HTTPS (default: 8443).")
    private Integer https;

    @Option(
        names = "--dicom-port",
        paramLabel = "PORT",
        description = "DICOM, or off (default: 11112).")
    private String dicom;

    @Option(
        names = "--dicom-tls-port",
        paramLabel = "PORT",
        description = "DICOM over TLS, or off (default: 2762).")
    private String dicomTls;

    @Option(
        names = "--mllp-port",
        paramLabel = "PORT",
        description = "HL7, or off (default: 2575).")
    private String mllp;

    @Option(
        names = "--mllp-tls-port",
        paramLabel = "PORT",
        description = "HL7 over TLS, or off (default: 2577).")
    private String mllpTls;

    @Option(
        names = "--management-port",
        paramLabel = "PORT",
        description = "Management and health, loopback only (default: 9990).")
    private Integer management;

    @Option(
        names = "--db-port",
        paramLabel = "PORT",
        description = "The embedded PostgreSQL, loopback only (default: 5433).")
    private Integer database;

    @Option(
        names = "--bind",
        paramLabel = "ADDRESS",
        description =
            "Address for HTTPS, DICOM and HL7 (default: 127.0.0.1 in the demo profile, else all).")
    private String bind;

    @Option(
        names = "--profile",
        paramLabel = "PROFILE",
        description = "${COMPLETION-CANDIDATES} (default: production).")
    private Profile profile;

    @Option(names = "--heap", paramLabel = "SIZE", description = "Server's heap (default: 1g).")
    private String heap;

    /** What was given, as settings by key. */
    public Map<String, String> settings() {
      Map<String, String> given = new LinkedHashMap<>();
      put(given, Port.HTTPS.key(), https);
      put(given, Port.DICOM.key(), dicom);
      put(given, Port.DICOM_TLS.key(), dicomTls);
      put(given, Port.MLLP.key(), mllp);
      put(given, Port.MLLP_TLS.key(), mllpTls);
      put(given, Port.MANAGEMENT.key(), management);
      put(given, Port.DATABASE.key(), database);
      put(given, Settings.BIND_ADDRESS, bind);
      put(given, Settings.PROFILE, profile == null ? null : profile.key());
      put(given, Settings.HEAP, heap);
      return given;
    }

    private static void put(Map<String, String> given, String key, Object value) {
      if (value != null) {
        given.put(key, value.toString());
      }
    }
  }
}
