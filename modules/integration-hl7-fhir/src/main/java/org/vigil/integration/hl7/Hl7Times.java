package org.vigil.integration.hl7;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times of HL7 v2 (DT, TS, DTM; v2.5.1 §2.A.21–22). */
public final class Hl7Times {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.\\d{1,4})?)?)?)?)?)?"
              + "([+-]\\d{4})?");
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx", Locale.ROOT);

  private Hl7Times() {}

  /**
   * A moment. A time without offset is the hospital's; parts left out are the earliest possible.
   *
   * @return empty when the text has not the form of a TS
   */
  public static Optional<Instant> instant(String text, ZoneId zone) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              part(match, 1, 1),
              part(match, 2, 1),
              part(match, 3, 1),
              part(match, 4, 0),
              part(match, 5, 0),
              part(match, 6, 0));
      ZoneId applied = match.group(7) == null ? zone : ZoneOffset.of(match.group(7));
      return Optional.of(local.atZone(applied).toInstant());
    } catch (DateTimeException invalid) {
      return Optional.empty();
    }
  }

  /**
   * A calendar day.
   *
   * @return empty when the text has not the form of a DT or TS, or names no day (a year alone)
   */
  public static Optional<LocalDate> day(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches() || match.group(3) == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.of(part(match, 1, 1), part(match, 2, 1), part(match, 3, 1)));
    } catch (DateTimeException invalid) {
      return Optional.empty();
    }
  }

  /** Whether the text names a year or month without a day. */
  static boolean isImprecise(String text) {
    return text.matches("\\d{4}|\\d{4}(0[1-9]|1[0-2])");
  }

  /** To the second with offset: {@code 20261122021700+0100}. */
  public static String write(Instant moment, ZoneId zone) {
    return WRITTEN.format(moment.atZone(zone));
  }

  private static int part(Matcher match, int group, int absent) {
    return match.group(group) == null ? absent : Integer.parseInt(match.group(group));
  }
}
