package org.vigil.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortProbeTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void namesTheProcessThatHoldsAPort() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      port = socket.getLocalPort();
      assertThat(PortProbe.isFree(LOOPBACK, port)).isFalse();
      assertThat(PortProbe.answers(LOOPBACK, port)).isTrue();
      assertThat(PortProbe.owner(port)).hasValue(ProcessHandle.current().pid());
    }
    assertThat(PortProbe.isFree(LOOPBACK, port)).isTrue();
    assertThat(PortProbe.answers(LOOPBACK, port)).isFalse();
    assertThat(PortProbe.owner(port)).isEmpty();
  }
}
