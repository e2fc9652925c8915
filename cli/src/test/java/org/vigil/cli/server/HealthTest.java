package org.vigil.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HealthTest {

  @Test
  void readsTheServersAnswer() throws IOException {
    assertThat(Health.parse("{\"status\":\"UP\",\"checks\":[]}").up()).isTrue();
    Health down =
        Health.parse(
            "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"a\",\"status\":\"UP\"},"
                + "{\"name\":\"deployments-status\",\"status\":\"DOWN\","
                + "\"data\":{\"vigil.ear\":\"FAILED\"}}]}");
    assertThat(down.up()).isFalse();
    assertThat(down.down()).hasSize(1);
    assertThat(down.deploymentFailed()).isTrue();
    assertThat(Health.parse("{}").answered()).isFalse();
  }
}
