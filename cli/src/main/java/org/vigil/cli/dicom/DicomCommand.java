package org.vigil.cli.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.net.AssociationRejectedException;
import org.vigil.dicom.net.EchoScu;
import org.vigil.dicom.net.RemoteAe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil dicom}: tools around DICOM files and peers. */
@Command(
    name = "dicom",
    mixinStandardHelpOptions = true,
    description = "Looks into DICOM files, makes them from pictures, and talks to DICOM peers.",
    subcommands = {
      DicomCommand.Dump.class,
      ValidateCommand.class,
      PixelsCommand.class,
      DirectoryCommand.class,
      DeidentifyCommand.class,
      DicomCommand.Echo.class,
      DicomCommand.Store.class,
      FindCommand.class,
      MoveCommand.class,
      FromImageCommand.class
    })
public final class DicomCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? One of those below.");
  }

  /** {@code ./vigil dicom dump}. */
  @Command(
      name = "dump",
      mixinStandardHelpOptions = true,
      description = {
        "Prints every element of a DICOM file: tag, VR, value, keyword. It shows patient data.",
        "Exit codes: 0 printed, 1 no DICOM file or a damaged one."
      })
  static final class Dump implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A DICOM file.")
    private Path file;

    @Option(
        names = "--width",
        paramLabel = "N",
        defaultValue = "80",
        description = "Longest value to show, in characters (default: ${DEFAULT-VALUE}).")
    private int width;

    @Override
    public Integer call() {
      try {
        DicomObject object = DicomReader.of(file).leaveBulk(64 * 1024).read();
        DatasetPrinter printer = new DatasetPrinter(spec.commandLine().getOut(), width);
        printer.print(object.fileMetaInformation());
        printer.print(object.dataset());
        object.warnings().forEach(w -> spec.commandLine().getErr().println("warning: " + w));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.FAILED, file + ": " + e.getMessage(), e);
      }
    }
  }

  /** {@code ./vigil dicom echo}. */
  @Command(
      name = "echo",
      mixinStandardHelpOptions = true,
      description = {
        "Asks a peer whether it is there (C-ECHO).",
        "Exit codes: 0 it answered, 2 wrong option, 3 cannot connect, 7 it refused."
      })
  static final class Echo implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private PeerOptions peer;

    @Override
    public Integer call() {
      RemoteAe remote = peer.remote();
      try {
        Duration took = EchoScu.echo(remote);
        spec.commandLine().getOut().println(remote + " answered in " + took.toMillis() + " ms");
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
      } catch (AssociationRejectedException e) {
        throw new CommandFailure(ExitCode.REFUSED, remote + " refused: " + e.getMessage(), e);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.NOT_RUNNING, remote + " does not answer: " + e.getMessage(), e);
      }
    }
  }

  /** {@code ./vigil dicom store}: the same as {@code ./vigil send-study}. */
  @Command(
      name = "store",
      mixinStandardHelpOptions = true,
      description = {
        "Sends DICOM files and folders by C-STORE and sums up the answers.",
        "Exit codes: 0 all stored, 1 broken on the way, 2 wrong option, 3 cannot connect,"
            + " 7 one not stored."
      })
  static final class Store extends StoreFiles {}
}
