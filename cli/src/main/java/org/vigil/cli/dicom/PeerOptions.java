package org.vigil.cli.dicom;

import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Settings;
import org.vigil.dicom.net.RemoteAe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which DICOM peer a command talks to; without options, this installation. */
final class PeerOptions {

  @Mixin private HomeOption home;

  @Option(
      names = "--called",
      paramLabel = "AET",
      defaultValue = "STAGNES",
      description = "AE title to call, which names the hospital (default: ${DEFAULT-VALUE}).")
  private String called;

  @Option(
      names = "--calling",
      paramLabel = "AET",
      defaultValue = "VIGILCLI",
      description = "AE title to call oneself (default: ${DEFAULT-VALUE}).")
  private String calling;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "The peer's address (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(names = "--port", description = "The peer's port (default: this installation's).")
  private Integer port;

  /** The peer. */
  RemoteAe remote() {
    int to = port != null ? port : Settings.ofRunningServer(home.home()).port(Port.DICOM);
    try {
      return RemoteAe.of(host, to, called, calling);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }
}
