package org.vigil.cli.dicom;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomDirectory;
import org.vigil.dicom.io.DicomDirectory.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil dicom directory}. */
@Command(
    name = "directory",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the tree of a DICOMDIR: patients, studies, series, and the files of the instances,"
          + " with a note where one is missing. It shows patient data.",
      "Exit codes: 0 printed, 1 no DICOMDIR or a damaged one."
    })
final class DirectoryCommand implements Callable<Integer> {

  /** What tells a record from its neighbours. */
  private static final Map<String, List<Integer>> KEYS =
      Map.of(
          "PATIENT", List.of(Tag.PatientID, Tag.PatientName),
          "STUDY", List.of(Tag.StudyDate, Tag.StudyDescription, Tag.StudyInstanceUID),
          "SERIES", List.of(Tag.Modality, Tag.SeriesNumber, Tag.SeriesInstanceUID));

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A DICOMDIR.")
  private Path file;

  private int records;
  private int missing;

  @Override
  public Integer call() {
    try {
      DicomDirectory directory = DicomDirectory.read(file);
      PrintWriter out = spec.commandLine().getOut();
      out.println("file-set [" + plain(directory.fileSetId()) + "]");
      print(directory, directory.roots(), "  ");
      out.println(records + " records, " + missing + " files missing");
      directory.warnings().forEach(w -> spec.commandLine().getErr().println("warning: " + w));
      out.flush();
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, file + ": " + e.getMessage(), e);
    }
  }

  private void print(DicomDirectory directory, List<Entry> entries, String indent)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (Entry entry : entries) {
      records++;
      StringBuilder line = new StringBuilder(indent).append(plain(entry.type()));
      for (int tag : KEYS.getOrDefault(entry.type(), List.of(Tag.InstanceNumber))) {
        line.append(" [").append(plain(entry.attributes().getString(tag, ""))).append(']');
      }
      Path referenced = directory.fileOf(entry).orElse(null);
      if (referenced != null) {
        boolean there = Files.isRegularFile(referenced);
        missing += there ? 0 : 1;
        String[] id = entry.attributes().getStrings(Tag.ReferencedFileID);
        line.append(' ').append(plain(String.join("/", id))).append(there ? "" : " (missing)");
      }
      out.println(line);
      print(directory, entry.children(), indent + "  ");
    }
  }

  /** Control characters of a hostile file must not reach the terminal. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "·");
  }
}
