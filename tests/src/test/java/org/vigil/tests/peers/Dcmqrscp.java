package org.vigil.tests.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.vigil.dicom.net.EchoScu;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.VigilServer;

/** dcmtk's archive: a process of its own, empty at its start, that anybody may write to. */
final class Dcmqrscp implements AutoCloseable {
  static final String AE_TITLE = "DCMQR";

  private final Process process;
  private final int port;

  private Dcmqrscp(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param destination the AE title that it moves objects to, and its port on this host
   */
  static Dcmqrscp start(Path folder, String destination, int destinationPort) throws IOException {
    Program.DCMQRSCP.need();
    int port = VigilServer.freePorts(1).get(0);
    Path own = Files.createTempDirectory(folder, "dcmqrscp");
    Path configuration =
        Files.writeString(
            own.resolve("dcmqrscp.cfg"),
            """
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            vigil = (%s, localhost, %d)
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            %s %s RW (100, 1024mb) ANY
            AETable END
            """
                .formatted(
                    destination,
                    destinationPort,
                    AE_TITLE,
                    Files.createDirectory(own.resolve("database"))));
    Process process =
        new ProcessBuilder("dcmqrscp", "-c", configuration.toString(), Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("dcmqrscp.log").toFile())
            .start();
    Dcmqrscp archive = new Dcmqrscp(process, port);
    Patience.until("dcmqrscp to start", archive::answers, answers -> answers);
    return archive;
  }

  int port() {
    return port;
  }

  RemoteAe calledBy(String callingAe) {
    return RemoteAe.of("localhost", port, AE_TITLE, callingAe);
  }

  private boolean answers() {
    try {
      return EchoScu.echo(calledBy("ANYBODY")) != null;
    } catch (IOException e) {
      return false; // not listening yet
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
