package org.vigil.cli.dicom;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.net.AssociationRejectedException;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends files by C-STORE: one association a study, as modalities do. */
abstract sealed class StoreFiles implements Callable<Integer>
    permits SendStudyCommand, DicomCommand.Store {

  @Spec private CommandSpec spec;
  @Mixin private PeerOptions peer;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  private List<Path> paths;

  private final Map<String, Integer> answers = new TreeMap<>();
  private boolean allStored = true;

  @Override
  public Integer call() {
    RemoteAe remote = peer.remote();
    PrintWriter out = spec.commandLine().getOut();
    Map<String, List<StoreItem>> studies = studies();
    if (studies.isEmpty()) {
      throw new CommandFailure(ExitCode.FAILED, "no DICOM objects in " + paths);
    }
    for (List<StoreItem> study : studies.values()) {
      send(remote, study);
    }
    out.println(studies.size() + " studies sent to " + remote);
    answers.forEach((answer, count) -> out.printf("%6d  %s%n", count, answer));
    out.flush();
    return allStored ? ExitCode.OK : ExitCode.REFUSED;
  }

  private void send(RemoteAe remote, List<StoreItem> study) {
    try (StorageScu scu = open(remote, study)) {
      for (StoreItem item : study) {
        StoreResult result = scu.store(item);
        allStored &= result.isStored();
        answers.merge(result.status().toString(), 1, Integer::sum);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the association with "
              + remote
              + " broke ("
              + e.getMessage()
              + "); answered before: "
              + answers
              + ". Sending again is safe",
          e);
    }
  }

  private static StorageScu open(RemoteAe remote, List<StoreItem> study) {
    try {
      return StorageScu.open(remote, study);
    } catch (AssociationRejectedException e) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          remote
              + " refused the association: "
              + e.getMessage()
              + "; look at --called and --calling",
          e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING,
          "cannot connect to " + remote + " (" + e.getMessage() + "): see ./vigil status",
          e);
    }
  }

  /** The objects by study, in the order of the paths; what is no DICOM object is named and left. */
  private Map<String, List<StoreItem>> studies() {
    Map<String, List<StoreItem>> studies = new LinkedHashMap<>();
    for (Path file : files()) {
      try {
        StoreItem item = StoreItem.of(file);
        String study =
            DicomReader.of(file)
                .leaveBulk(1024)
                .stopAt(Tag.StudyInstanceUID + 1)
                .read()
                .dataset()
                .getString(Tag.StudyInstanceUID, "");
        studies.computeIfAbsent(study, uid -> new ArrayList<>()).add(item);
      } catch (DicomException e) {
        spec.commandLine().getErr().println("left out: " + file + ": " + e.getMessage());
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.FAILED, "cannot read " + file + ": " + e, e);
      }
    }
    return studies;
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      try (Stream<Path> below = Files.walk(path)) {
        below.filter(Files::isRegularFile).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.USAGE, "cannot read " + path + ": " + e, e);
      }
    }
    return files;
  }
}
