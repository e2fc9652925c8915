package org.vigil.cli.dicom;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.net.AssociationRejectedException;
import org.vigil.dicom.net.QueryScu;
import org.vigil.dicom.net.RemoteAe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil dicom move}. */
@Command(
    name = "move",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a PACS to send what matches to somebody it knows (C-MOVE).",
      "Exit codes: 0 all arrived, 1 not all, 2 wrong option, 3 cannot connect, 7 refused."
    })
final class MoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PeerOptions peer;
  @Mixin private QueryOptions query;

  @Option(
      names = "--to",
      paramLabel = "AE",
      required = true,
      description = "AE title to send to; the PACS must know its address.")
  private String destination;

  @Override
  public Integer call() {
    RemoteAe remote = peer.remote();
    PrintWriter out = spec.commandLine().getOut();
    try (QueryScu scu = QueryScu.open(remote, List.of(query.moveModel()))) {
      QueryScu.Retrieval moved =
          scu.move(query.moveModel(), query.identifier(), destination, progress -> {});
      out.printf(
          "%d sent, %d with a warning, %d failed, status %s%n",
          moved.subOperations().completed(),
          moved.subOperations().warning(),
          moved.subOperations().failed(),
          moved.status());
      out.flush();
      return moved.isComplete() ? ExitCode.OK : ExitCode.FAILED;
    } catch (AssociationRejectedException e) {
      throw new CommandFailure(ExitCode.REFUSED, remote + " refused: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.NOT_RUNNING, remote + ": " + e.getMessage(), e);
    }
  }
}
