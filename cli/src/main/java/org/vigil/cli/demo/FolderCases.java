package org.vigil.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.net.StoreItem;

/**
 * The studies in a folder of DICOM files, in order of path. A study whose images name a patient
 * gets an order; files that are not DICOM, or not of a study, are named and passed over.
 */
final class FolderCases {
  private static final int HEADER_END = Tag.PixelData;

  private final Path folder;
  private final String facility;
  private final PrintWriter out;
  private int passedOver;

  FolderCases(Path folder, String facility, PrintWriter out) {
    this.folder = folder;
    this.facility = facility;
    this.out = out;
  }

  List<NightCase> cases() {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(ExitCode.USAGE, folder + " is not a folder: name one of studies");
    }
    Map<String, List<Path>> files = new LinkedHashMap<>();
    Map<String, Attributes> first = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
        Attributes header = header(file);
        String study = header == null ? null : header.getString(Tag.StudyInstanceUID);
        if (study == null) {
          passedOver++;
          out.println("  passed over (not a DICOM object of a study): " + folder.relativize(file));
          continue;
        }
        files.computeIfAbsent(study, uid -> new ArrayList<>()).add(file);
        first.putIfAbsent(study, header);
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "cannot read " + folder + ": " + e, e);
    }
    List<NightCase> cases = new ArrayList<>();
    files.forEach(
        (study, paths) ->
            cases.add(
                new NightCase(
                    cases.size() + 1,
                    study,
                    order(cases.size() + 1, first.get(study)),
                    () -> open(paths))));
    if (cases.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "no DICOM study found in " + folder);
    }
    return cases;
  }

  int passedOver() {
    return passedOver;
  }

  private static List<StoreItem> open(List<Path> paths) throws IOException {
    List<StoreItem> items = new ArrayList<>();
    for (Path path : paths) {
      items.add(StoreItem.of(path));
    }
    return items;
  }

  private static Attributes header(Path file) {
    try {
      return DicomReader.of(file).stopAt(HEADER_END).read().dataset();
    } catch (IOException e) {
      // Not DICOM or broken before its pixels: the caller says so and goes on.
      return null;
    }
  }

  private String order(int number, Attributes header) {
    String patientId = text(header, Tag.PatientID);
    String accession = text(header, Tag.AccessionNumber);
    if (patientId.isEmpty()) {
      return null;
    }
    return new OrderMessage(
            "FOLDER" + number + "-" + Integer.toHexString(Objects.hash(patientId, accession)),
            facility,
            LocalDateTime.now(),
            patientId,
            text(header, Tag.IssuerOfPatientID),
            text(header, Tag.PatientName),
            text(header, Tag.PatientBirthDate),
            text(header, Tag.PatientSex),
            "P" + number,
            accession.isEmpty() ? "ACC" + number : accession,
            "IMG^" + text(header, Tag.StudyDescription) + "^L",
            text(header, Tag.Modality),
            "4711^Weiss^Miriam",
            "")
        .text();
  }

  /** A value as an HL7 field: its delimiters escaped, the name's components kept. */
  private static String text(Attributes header, int tag) {
    String value = header.getString(tag);
    if (value == null) {
      return "";
    }
    boolean name = tag == Tag.PatientName;
    StringBuilder escaped = new StringBuilder();
    for (char c : value.split("=", 2)[0].toCharArray()) {
      switch (c) {
        case '|' -> escaped.append("\\F\\");
        case '~' -> escaped.append("\\R\\");
        case '\\' -> escaped.append("\\E\\");
        case '&' -> escaped.append("\\T\\");
        case '^' -> escaped.append(name ? "^" : "\\S\\");
        default -> escaped.append(c < ' ' ? ' ' : c);
      }
    }
    return escaped.toString();
  }
}
