package org.vigil.cli.dicom;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.validate.DatasetValidator;
import org.vigil.dicom.validate.ValidationFinding;
import org.vigil.dicom.validate.ValidationFinding.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil dicom validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a DICOM file: values, multiplicities, the attributes its modules must have, and"
          + " whether its pixels are there. It prints tag and module of what is wrong, no values.",
      "Exit codes: 0 no errors (perhaps warnings), 1 errors, or no DICOM file."
    })
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A DICOM file.")
  private Path file;

  @Override
  public Integer call() {
    try {
      PrintWriter out = spec.commandLine().getOut();
      List<ValidationFinding> findings = DatasetValidator.validate(DicomReader.of(file).read());
      findings.forEach(out::println);
      long errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
      out.println(errors + " errors, " + (findings.size() - errors) + " warnings");
      out.flush();
      return errors == 0 ? ExitCode.OK : ExitCode.FAILED;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, file + ": " + e.getMessage(), e);
    }
  }
}
