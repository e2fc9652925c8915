package org.vigil.dicom.deidentify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.VR;

/** Moves dates back by whole days; times of day stay. */
final class DateShift {
  private static final int DATE = 8;

  private DateShift() {}

  /** Moves all values of an element; false where one of them is no date, with nothing changed. */
  static boolean shift(Attributes dataset, int tag, VR vr, Duration by) {
    String[] values = dataset.getStrings(tag);
    if (values == null) {
      return true;
    }
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i].isBlank() ? "" : shifted(values[i].trim(), by);
      }
    } catch (DateTimeException e) {
      // "1998", "unknown": a date that cannot be moved is treated as if it were not to be kept.
      return false;
    }
    dataset.setString(tag, vr, values);
    return true;
  }

  private static String shifted(String value, Duration by) {
    // The old form of dates with dots (PS3.5 §6.2, DA, note 1).
    String compact =
        value.length() == 10 && value.charAt(4) == '.' ? value.replace(".", "") : value;
    if (compact.length() < DATE) {
      throw new DateTimeException("no full date");
    }
    LocalDate date = LocalDate.parse(compact.substring(0, DATE), DateTimeFormatter.BASIC_ISO_DATE);
    return date.minusDays(by.toDays()).format(DateTimeFormatter.BASIC_ISO_DATE)
        + compact.substring(DATE);
  }
}
