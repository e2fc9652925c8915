package org.vigil.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

class SettingsTest {

  @TempDir private Path directory;

  private VigilHome home(String settings) throws IOException {
    VigilHome home = new VigilHome(directory);
    home.create();
    Files.writeString(home.settings(), settings);
    return home;
  }

  @Test
  void optionsOverFileOverDefaults() throws IOException {
    VigilHome home = home("vigil.https.port = 9443 \nvigil.dicom.port=104\nvigil.any=x\n");
    Settings settings = Settings.load(home, Map.of("vigil.dicom.port", "11113"));
    assertThat(settings.port(Port.HTTPS)).isEqualTo(9443);
    assertThat(settings.port(Port.DICOM)).isEqualTo(11113);
    assertThat(settings.port(Port.MLLP)).isEqualTo(2575);
    assertThat(settings.get("vigil.any")).isEqualTo("x");
    assertThat(settings.externalDatabase()).isFalse();
  }

  @Test
  void theDemoListensOnLoopbackAndAHospitalOnAll() throws IOException {
    assertThat(Settings.load(home("vigil.profile=demo"), Map.of()).bindAddress())
        .isEqualTo("127.0.0.1");
    assertThat(Settings.load(home("vigil.profile=production"), Map.of()).bindAddress())
        .isEqualTo("0.0.0.0");
    assertThat(
            Settings.load(home("vigil.profile=demo"), Map.of("vigil.bind-address", "10.0.0.7"))
                .bindAddress())
        .isEqualTo("10.0.0.7");
  }

  @Test
  void managementAndDatabaseStayOnLoopback() throws IOException {
    Settings settings = Settings.load(home("vigil.bind-address=0.0.0.0"), Map.of());
    assertThat(settings.listenAddress(Port.MANAGEMENT).isLoopbackAddress()).isTrue();
    assertThat(settings.listenAddress(Port.DATABASE).isLoopbackAddress()).isTrue();
    assertThat(settings.listenAddress(Port.HTTPS).isAnyLocalAddress()).isTrue();
  }

  @Test
  void aUrlMakesTheDatabaseExternal() throws IOException {
    assertThat(
            Settings.load(home("vigil.db.url=jdbc:postgresql://db/vigil"), Map.of())
                .externalDatabase())
        .isTrue();
  }

  @Test
  void saysWhichKeyIsWrong() throws IOException {
    VigilHome home = home("vigil.mllp.port=70000");
    assertThatThrownBy(() -> Settings.load(home, Map.of()))
        .isInstanceOfSatisfying(
            CommandFailure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("vigil.mllp.port")
        .hasMessageContaining("70000")
        .hasMessageContaining("--mllp-port");
  }
}
