package org.vigil.cli.server;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.vigil.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./vigil status}: one line an interface. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says of each interface whether it answers.",
      "Exit codes: 0 all answer, 3 not running, 4 some do not answer."
    })
public final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOption homeOption;

  @Override
  public Integer call() {
    VigilHome home = homeOption.home();
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = Settings.ofRunningServer(home);
    boolean server = ApplicationServer.running(home).isPresent();
    boolean database = EmbeddedPostgres.running(home).isPresent();
    out.println("home        " + home.root());
    if (!server && !database) {
      out.println("not running: start it with ./vigil start");
      out.flush();
      return ExitCode.NOT_RUNNING;
    }
    boolean all = server;
    out.println(
        line(
            "server",
            server,
            ApplicationServer.running(home).map(p -> "pid " + p.pid()).orElse("")));
    for (Port port : Port.values()) {
      if (port == Port.DATABASE && settings.externalDatabase()) {
        out.println(
            "PostgreSQL  external: " + withoutParameters(settings.get(Settings.DATABASE_URL)));
        continue;
      }
      if (settings.port(port) == Settings.OFF) {
        continue;
      }
      // A port that answers is only ours while our process runs.
      boolean ours = port == Port.DATABASE ? database : server;
      boolean up = ours && PortProbe.answers(settings.probeAddress(port), settings.port(port));
      all &= up;
      out.println(line(port.title(), up, "port " + settings.port(port)));
    }
    out.println(CertificateFiles.status(home.certificate()));
    Health health = server ? Health.ask(settings.port(Port.MANAGEMENT)) : null;
    boolean ready = health != null && health.up();
    all &= ready;
    out.println(line("health", ready, health == null ? "" : String.join(", ", health.down())));
    out.flush();
    return all ? ExitCode.OK : ExitCode.DEGRADED;
  }

  private static String line(String name, boolean up, String detail) {
    return String.format(java.util.Locale.ROOT, "%-11s %-5s %s", name, up ? "up" : "DOWN", detail)
        .stripTrailing();
  }

  /** A JDBC URL may carry a password among its parameters. */
  private static String withoutParameters(String url) {
    int mark = url.indexOf('?');
    return mark < 0 ? url : url.substring(0, mark);
  }
}
