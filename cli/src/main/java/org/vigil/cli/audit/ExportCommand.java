package org.vigil.cli.audit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vigil audit export}: the trail as a file; the export is itself an event. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a hospital's events, newest first, or a quarter's report.",
      "Exit codes: 0 written, 1 the file cannot be written, 2 wrong option, 3 not running, 7 refused."
    })
final class ExportCommand implements Callable<Integer> {

  /** How it is written. */
  enum Format {
    /** RFC 4180, safe for spreadsheets. */
    csv,
    /** A FHIR R4 AuditEvent a line. */
    fhir,
    /** A DICOM audit message (PS3.15 A.5) a line. */
    dicom,
    /** The report of a quarter. */
    pdf
  }

  @Spec private CommandSpec spec;
  @Mixin private OneHospital hospital;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "${COMPLETION-CANDIDATES}.")
  private Format format;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to.")
  private Path file;

  @Option(names = "--from", paramLabel = "TIME", description = "Such as 2026-11-22T02:17:00Z.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Such as 2026-11-22T02:17:00Z.")
  private String to;

  @Option(names = "--patient", paramLabel = "ID", description = "Only about this patient.")
  private String patient;

  @Option(names = "--user", paramLabel = "NAME", description = "Only what this one did.")
  private String user;

  @Option(names = "--study", paramLabel = "UID", description = "Only about this study.")
  private String study;

  @Option(names = "--year", paramLabel = "YEAR", description = "Of the report.")
  private Integer year;

  @Option(names = "--quarter", paramLabel = "1-4", description = "Of the report.")
  private Integer quarter;

  @Override
  public Integer call() {
    if (format == Format.pdf && (year == null || quarter == null)) {
      throw new CommandFailure(ExitCode.USAGE, "a report needs --year and --quarter");
    }
    hospital.with(this::download);
    spec.commandLine().getOut().println(file);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private Path download(ApiClient client) {
    if (format == Format.pdf) {
      client.download(
          "GET", "audit-export/report?year=" + year + "&quarter=" + quarter, null, file);
    } else {
      client.download("POST", "audit-export/" + format, search(), file);
    }
    return file;
  }

  private Map<String, String> search() {
    Map<String, String> search = new LinkedHashMap<>();
    search.put("from", from);
    search.put("to", to);
    search.put("patientId", patient);
    search.put("user", user);
    search.put("study", study);
    return search;
  }
}
