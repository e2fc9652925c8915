package org.vigil.tests.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.VigilServer;

/** stunnel, by which programs that speak no TLS do it all the same, as old modalities do. */
final class Stunnel implements AutoCloseable {
  private final Process process;
  private final int port;

  private Stunnel(Path folder, int port, String service) throws IOException {
    Program.STUNNEL.need();
    this.port = port;
    Path own = Files.createTempDirectory(folder, "stunnel");
    Path configuration =
        Files.writeString(
            own.resolve("stunnel.conf"),
            """
            foreground = yes
            pid =
            [dicom]
            accept = 127.0.0.1:%d
            %s"""
                .formatted(port, service));
    process =
        new ProcessBuilder("stunnel", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("stunnel.log").toFile())
            .start();
    Patience.until("stunnel to listen", this::listens, listens -> listens);
  }

  /**
   * Takes what comes plainly on to a server that speaks TLS.
   *
   * @param trusted what its certificate must be
   */
  static Stunnel towards(Path folder, int tlsPort, Path trusted) throws IOException {
    return new Stunnel(
        folder,
        VigilServer.freePorts(1).get(0),
        """
        client = yes
        connect = localhost:%d
        CAfile = %s
        verifyChain = yes
        checkHost = localhost
        """
            .formatted(tlsPort, trusted));
  }

  /** Takes what comes over TLS on to a server that does not speak it. */
  static Stunnel before(Path folder, int plainPort, Certificate certificate) throws IOException {
    return new Stunnel(
        folder,
        VigilServer.freePorts(1).get(0),
        """
        connect = 127.0.0.1:%d
        cert = %s
        key = %s
        """
            .formatted(plainPort, certificate.pem(), certificate.key()));
  }

  int port() {
    return port;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
