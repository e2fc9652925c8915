package org.vigil.imaging.domain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as DICOM writes them (PS3.5 §6.2, DA and TM), read with the tolerance for the
 * ACR-NEMA forms {@code yyyy.MM.dd} and {@code HH:mm:ss} still seen in archives.
 */
public final class DicomTimes {
  private static final Pattern DATE = Pattern.compile("(\\d{4})[.-]?(\\d{2})[.-]?(\\d{2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{2})(?::?(\\d{2})(?::?(\\d{2})(?:\\.(\\d{1,6}))?)?)?");

  private DicomTimes() {}

  /** The date, or null when the text is absent or no date. */
  public static LocalDate date(String text) {
    Matcher m = DATE.matcher(text == null ? "" : text.strip());
    if (!m.matches()) {
      return null;
    }
    try {
      return LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The time of day, or null when the text is absent or no time. */
  public static LocalTime time(String text) {
    Matcher m = TIME.matcher(text == null ? "" : text.strip());
    if (!m.matches()) {
      return null;
    }
    int nanos =
        m.group(4) == null ? 0 : Integer.parseInt((m.group(4) + "00000").substring(0, 6)) * 1000;
    try {
      // A leap second (60) is the second before it, as java.time has none.
      return LocalTime.of(number(m, 1), number(m, 2), Math.min(59, number(m, 3)), nanos);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(Matcher m, int group) {
    return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
  }
}
