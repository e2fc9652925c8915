package org.vigil.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

class LauncherTest {

  @TempDir private Path directory;

  private final StringWriter told = new StringWriter();
  private String checkout;

  @BeforeEach
  void pretendABuild() throws IOException {
    Path wildfly = directory.resolve("wildfly-config/target/wildfly/standalone/configuration");
    Files.createDirectories(wildfly);
    Files.createFile(wildfly.resolve("vigil-single.xml"));
    Files.createDirectories(directory.resolve("ear/target"));
    Files.createFile(directory.resolve("ear/target/vigil.ear"));
    checkout = System.setProperty("vigil.checkout", directory.toString());
  }

  @AfterEach
  void forgetIt() {
    if (checkout == null) {
      System.clearProperty("vigil.checkout");
    } else {
      System.setProperty("vigil.checkout", checkout);
    }
  }

  private Launcher launcher() {
    return new Launcher(new VigilHome(directory.resolve("home")), new PrintWriter(told));
  }

  private static Map<String, String> ports(int first) throws IOException {
    Map<String, String> options = new HashMap<>();
    options.put(Settings.PROFILE, "demo");
    options.put(Port.HTTPS.key(), Integer.toString(first));
    for (Port port : new Port[] {Port.DICOM, Port.MLLP, Port.MANAGEMENT, Port.DATABASE}) {
      try (ServerSocket free = new ServerSocket(0)) {
        options.put(port.key(), Integer.toString(free.getLocalPort()));
      }
    }
    return options;
  }

  @Test
  void namesATakenPortBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Map<String, String> options = ports(taken.getLocalPort());
      assertThatThrownBy(() -> launcher().start(options, 5))
          .isInstanceOfSatisfying(
              CommandFailure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.PORT_IN_USE))
          .hasMessage(
              "port %d (HTTPS) is in use by pid %d: choose another with --https-port",
              taken.getLocalPort(), ProcessHandle.current().pid());
    }
    assertThat(directory.resolve("home/config/vigil.properties")).doesNotExist();
    assertThat(directory.resolve("home/db")).doesNotExist();
  }

  @Test
  void refusesOnePortForTwo() throws IOException {
    Map<String, String> options = ports(18_050);
    options.put(Port.DICOM.key(), "18050");
    assertThatThrownBy(() -> launcher().start(options, 5))
        .isInstanceOfSatisfying(
            CommandFailure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("both HTTPS and DICOM");
  }

  @Test
  void stoppingWhatDoesNotRunIsNoError() {
    launcher().stop();
    assertThat(told.toString()).contains("nothing to stop");
  }
}
