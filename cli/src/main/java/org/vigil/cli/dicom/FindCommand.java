package org.vigil.cli.dicom;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.net.AssociationRejectedException;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.QueryScu;
import org.vigil.dicom.net.RemoteAe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil dicom find}. */
@Command(
    name = "find",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a PACS or worklist server what it has (C-FIND) and prints every match. It shows patient"
          + " data.",
      "Exit codes: 0 answered, 1 the query failed, 2 wrong option, 3 cannot connect, 7 refused."
    })
final class FindCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PeerOptions peer;
  @Mixin private QueryOptions query;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Matches after which the query is cancelled (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    RemoteAe remote = peer.remote();
    PrintWriter out = spec.commandLine().getOut();
    Attributes identifier = query.identifier();
    List<Attributes> matches = new ArrayList<>();
    try (QueryScu scu = QueryScu.open(remote, List.of(query.findModel()))) {
      DimseStatus status =
          scu.find(
              query.findModel(),
              identifier,
              match -> {
                matches.add(match);
                return matches.size() < limit;
              });
      for (int i = 0; i < matches.size(); i++) {
        out.println("match " + (i + 1));
        new DatasetPrinter(out, 80).print(matches.get(i));
      }
      out.println(
          matches.size() + (matches.size() == 1 ? " match" : " matches") + ", status " + status);
      out.flush();
      boolean ended = status.code() == 0 || status.code() == DimseStatus.CANCEL;
      return ended ? ExitCode.OK : ExitCode.FAILED;
    } catch (AssociationRejectedException e) {
      throw new CommandFailure(ExitCode.REFUSED, remote + " refused: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.NOT_RUNNING, remote + ": " + e.getMessage(), e);
    }
  }
}
