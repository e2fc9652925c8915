package org.vigil.integration.hl7;

import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vigil.integration.domain.MessageRefusedException;
import org.vigil.integration.domain.Refusal;
import org.vigil.kernel.ErrorCode;

/**
 * Who the patient is, by PID.
 *
 * @param id PID-3.1 of the repetition of type MR, else PI, else the first
 * @param issuer PID-3.4.1, or null
 * @param name DICOM PN: {@code family^given^middle^prefix^suffix}
 * @param birthDate null when absent or known only to the year or month
 * @param sex M, F, O or null (DICOM (0010,0040))
 */
record PatientFields(String id, String issuer, String name, LocalDate birthDate, String sex) {

  /**
   * Reads PID-3, PID-5, PID-7 and PID-8.
   *
   * @throws MessageRefusedException AE naming the field
   */
  static PatientFields read(Segments.Located pid) {
    int chosen = identifier(pid);
    String name = name(pid);
    if (name.isEmpty()) {
      throw refused(
          ErrorCode.INTEGRATION_0002, pid.location(5), "the patient's name (PID-5) is missing");
    }
    String issuer = pid.value(3, chosen, 4, 1);
    return new PatientFields(
        pid.value(3, chosen, 1, 1),
        issuer.isEmpty() ? null : issuer,
        name,
        birthDate(pid),
        sex(pid));
  }

  private static int identifier(Segments.Located pid) {
    int best = -1;
    int rank = Integer.MAX_VALUE;
    for (int i = 0; i < pid.repetitions(3); i++) {
      if (!pid.value(3, i, 1, 1).isEmpty()) {
        int candidate =
            switch (pid.value(3, i, 5, 1).toUpperCase(Locale.ROOT)) {
              case "MR" -> 0;
              case "PI" -> 1;
              default -> 2;
            };
        if (candidate < rank) {
          rank = candidate;
          best = i;
        }
      }
    }
    if (best < 0) {
      throw refused(
          ErrorCode.INTEGRATION_0002, pid.location(3), "the patient identifier (PID-3) is missing");
    }
    return best;
  }

  private static String name(Segments.Located pid) {
    // XPN: family & own surname …, given, middle, suffix, prefix; PN puts the prefix first.
    return personName(
        pid.value(5, 0, 1, 1), pid.value(5, 2), pid.value(5, 3), pid.value(5, 5), pid.value(5, 4));
  }

  /** DICOM PN of these parts, without trailing carets (PS3.5 §6.2.1). */
  static String personName(
      String family, String given, String middle, String prefix, String suffix) {
    return Stream.of(family, given, middle, prefix, suffix)
        .map(part -> part.replace('^', ' ').replace('=', ' ').replace('\\', ' '))
        .collect(Collectors.joining("^"))
        .replaceAll("\\^+$", "");
  }

  private static LocalDate birthDate(Segments.Located pid) {
    String text = pid.value(7);
    if (text.isEmpty() || Hl7Times.isImprecise(text)) {
      return null;
    }
    return Hl7Times.day(text)
        .orElseThrow(
            () ->
                refused(
                    ErrorCode.INTEGRATION_0003,
                    pid.location(7),
                    "the birth date (PID-7) is not a date of the form YYYYMMDD"));
  }

  private static String sex(Segments.Located pid) {
    return switch (pid.value(8).toUpperCase(Locale.ROOT)) {
      case "M" -> "M";
      case "F" -> "F";
      case "O", "A", "N" -> "O";
      case "", "U" -> null;
      default ->
          throw new MessageRefusedException(
              Refusal.error(
                      ErrorCode.INTEGRATION_0003,
                      pid.location(8),
                      "the sex (PID-8) is not a code of table 0001: F, M, O, U, A or N")
                  .hl7Code(103));
    };
  }

  private static MessageRefusedException refused(
      ErrorCode code, String location, String explanation) {
    return new MessageRefusedException(Refusal.error(code, location, explanation));
  }
}
