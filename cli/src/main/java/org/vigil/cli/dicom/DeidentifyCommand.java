package org.vigil.cli.dicom;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.deidentify.BurnedInText;
import org.vigil.dicom.deidentify.DeidentificationOption;
import org.vigil.dicom.deidentify.DeidentificationReport;
import org.vigil.dicom.deidentify.Deidentifier;
import org.vigil.dicom.deidentify.PseudonymKey;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./vigil dicom deidentify}. */
@Command(
    name = "deidentify",
    mixinStandardHelpOptions = true,
    description = {
      "Writes copies of DICOM files without what identifies a person (PS3.15 annex E, Basic"
          + " Profile and options), and reports what was done to which element.",
      "An image in whose pixels text may stand is refused unless regions to mask are named, or"
          + " --pixels-are-clean says that somebody looked.",
      "Exit codes: 0 all written, 1 one was refused or is broken, 2 wrong option."
    })
final class DeidentifyCommand implements Callable<Integer> {
  private static final int KEY_BYTES = 32;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "A DICOM file, or a folder of them.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "Where to write: a file, or a folder.")
  private Path out;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "At least 32 random bytes: the same key gives the same pseudonyms. Without it a key is"
              + " made for this run and forgotten.")
  private Path keyFile;

  @Option(
      names = "--option",
      paramLabel = "OPTION",
      description = "Option of the profile, again for more: ${COMPLETION-CANDIDATES}.")
  private Set<DeidentificationOption> options = EnumSet.noneOf(DeidentificationOption.class);

  @Option(
      names = "--mask",
      paramLabel = "X,Y,WIDTH,HEIGHT",
      converter = RegionConverter.class,
      description = "Blackens a rectangle of every frame; again for more.")
  private List<BurnedInText.Region> masks = new ArrayList<>();

  @Option(names = "--pixels-are-clean", description = "Somebody has looked: no text, no face.")
  private boolean pixelsAreClean;

  /** Four numbers with commas between. */
  static final class RegionConverter implements ITypeConverter<BurnedInText.Region> {
    @Override
    public BurnedInText.Region convert(String text) {
      String[] parts = text.split(",", -1);
      try {
        if (parts.length == 4) {
          return new BurnedInText.Region(
              Integer.parseInt(parts[0].trim()),
              Integer.parseInt(parts[1].trim()),
              Integer.parseInt(parts[2].trim()),
              Integer.parseInt(parts[3].trim()));
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' is no rectangle: " + e.getMessage());
      }
      throw new TypeConversionException("'" + text + "' is not X,Y,WIDTH,HEIGHT");
    }
  }

  @Override
  public Integer call() {
    PrintWriter report = spec.commandLine().getOut();
    PrintWriter errors = spec.commandLine().getErr();
    int failed = 0;
    int written = 0;
    try {
      if (!masks.isEmpty()) {
        options.add(DeidentificationOption.CLEAN_PIXEL_DATA);
      }
      Deidentifier deidentifier = new Deidentifier(key(), options);
      for (Path file : files()) {
        try {
          one(deidentifier, file, target(file), report);
          written++;
        } catch (IOException e) {
          failed++;
          errors.println(file + ": " + e.getMessage());
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.FAILED, e.getMessage(), e);
    }
    report.printf(Locale.ROOT, "%d written, %d refused%n", written, failed);
    report.flush();
    errors.flush();
    return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private PseudonymKey key() throws IOException {
    byte[] secret = new byte[KEY_BYTES];
    if (keyFile == null) {
      new SecureRandom().nextBytes(secret);
      return new PseudonymKey(secret);
    }
    return new PseudonymKey(Files.readAllBytes(keyFile));
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(in)) {
      return List.of(in);
    }
    try (Stream<Path> all = Files.walk(in)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** A folder's files get numbers for names: file names often hold patients'. */
  private Path target(Path file) throws IOException {
    if (!Files.isDirectory(in)) {
      return out;
    }
    Files.createDirectories(out);
    int number = 1;
    Path target;
    do {
      target = out.resolve(String.format(Locale.ROOT, "%06d.dcm", number++));
    } while (Files.exists(target));
    return target;
  }

  private void one(Deidentifier deidentifier, Path file, Path target, PrintWriter out)
      throws IOException {
    DicomObject object = DicomReader.of(file).read();
    String syntax = object.transferSyntax();
    if (!masks.isEmpty()) {
      BurnedInText.mask(object.dataset(), syntax, masks);
      syntax = UID.ExplicitVRLittleEndian;
    } else if (!pixelsAreClean) {
      String reason = BurnedInText.reasonToRefuse(object.dataset());
      if (reason != null) {
        throw new IOException("refused: " + reason);
      }
    }
    DeidentificationReport report = deidentifier.apply(object.dataset());
    DicomWriter.write(target, object.dataset(), syntax);
    out.println(target);
    out.print(report.toText());
  }
}
