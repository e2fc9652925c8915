package org.vigil.cli.dicom;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.dicom.data.Uids;
import picocli.CommandLine.Option;

/** What a picture does not tell and a DX object must. */
final class RadiographOptions {

  @Option(
      names = "--patient-id",
      defaultValue = "SYNTHETIC",
      description = "Patient ID (default: ${DEFAULT-VALUE}).")
  private String patientId;

  @Option(
      names = "--patient-name",
      defaultValue = "Synthetic^Patient",
      description = "Patient's name, family^given (default: ${DEFAULT-VALUE}).")
  private String patientName;

  @Option(names = "--birth-date", defaultValue = "", description = "YYYYMMDD.")
  private String birthDate;

  @Option(names = "--sex", defaultValue = "", description = "M, F or O.")
  private String sex;

  @Option(names = "--age", defaultValue = "", description = "Years, such as 54, or DICOM's 054Y.")
  private String age;

  @Option(
      names = "--view",
      defaultValue = "PA",
      description = "PA, AP, LL or RL (default: ${DEFAULT-VALUE}).")
  private String view;

  @Option(
      names = "--body-part",
      defaultValue = "CHEST",
      description = "Body part examined (default: ${DEFAULT-VALUE}).")
  private String bodyPart;

  @Option(
      names = "--pixel-spacing",
      paramLabel = "MM",
      defaultValue = "0.139",
      description = "At the detector, row and column, in mm (default: ${DEFAULT-VALUE}).")
  private double pixelSpacing;

  @Option(names = "--accession", defaultValue = "", description = "Accession number.")
  private String accession;

  @Option(names = "--study-uid", description = "Study Instance UID (default: a new one).")
  private String studyUid;

  @Option(names = "--study-date", description = "YYYYMMDD (default: today).")
  private String studyDate;

  /** Patient ID. */
  String patientId() {
    return patientId;
  }

  /** Patient's name as PN. */
  String patientName() {
    return patientName;
  }

  /** Birth date as DA, or empty. */
  String birthDate() {
    return date("--birth-date", birthDate);
  }

  /** Sex as in (0010,0040), or empty. */
  String sex() {
    return oneOf("--sex", sex, "[MFO]?", "M, F or O");
  }

  /** Age as AS (PS3.5 §6.2), or empty. */
  String age() {
    String text = oneOf("--age", age, "|\\d{1,3}|\\d{3}[DWMY]", "years such as 54, or 054Y");
    return text.matches("\\d{1,3}")
        ? String.format(java.util.Locale.ROOT, "%03dY", Integer.parseInt(text))
        : text;
  }

  /** View position (0018,5101). */
  String view() {
    return oneOf("--view", view, "PA|AP|LL|RL", "PA, AP, LL or RL");
  }

  /** Body part (0018,0015). */
  String bodyPart() {
    return oneOf("--body-part", bodyPart, "[A-Z0-9 _]{1,16}", "up to 16 capital letters");
  }

  /** Spacing at the detector, in mm. */
  double pixelSpacing() {
    if (!(pixelSpacing > 0 && pixelSpacing < 100)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--pixel-spacing takes millimetres above 0, not " + pixelSpacing);
    }
    return pixelSpacing;
  }

  /** Accession number, or empty. */
  String accession() {
    return oneOf("--accession", accession, "[^\\\\]{0,16}", "up to 16 characters");
  }

  /** Study Instance UID. */
  String studyUid() {
    if (studyUid == null) {
      return Uids.fresh();
    }
    if (!Uids.isValid(studyUid)) {
      throw new CommandFailure(ExitCode.USAGE, "--study-uid is no UID: " + studyUid);
    }
    return studyUid;
  }

  /** Study date as DA. */
  String studyDate() {
    return studyDate == null
        ? LocalDate.now(java.time.ZoneId.systemDefault()).format(DateTimeFormatter.BASIC_ISO_DATE)
        : date("--study-date", studyDate);
  }

  private static String date(String option, String text) {
    return oneOf(option, text, "|\\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])", "YYYYMMDD");
  }

  private static String oneOf(String option, String text, String pattern, String expected) {
    if (!text.matches(pattern)) {
      throw new CommandFailure(
          ExitCode.USAGE, option + " is \"" + text + "\", expected " + expected);
    }
    return text;
  }
}
