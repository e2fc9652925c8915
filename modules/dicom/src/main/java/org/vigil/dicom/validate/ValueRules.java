package org.vigil.dicom.validate;

import java.util.regex.Pattern;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;

/** What a value of a representation may look like (PS3.5 §6.2). */
final class ValueRules {
  private static final Pattern AGE = Pattern.compile("\\d{3}[DWMY]");
  private static final Pattern CODE = Pattern.compile("[A-Z0-9 _]*");
  private static final Pattern DATE =
      Pattern.compile("\\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])");
  private static final Pattern TIME =
      Pattern.compile(
          "([01]\\d|2[0-3])([0-5]\\d([0-5]\\d|60)?)?(?<=\\d{6})(\\.\\d{1,6})?|"
              + "([01]\\d|2[0-3])([0-5]\\d)?");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}((0[1-9]|1[0-2])((0[1-9]|[12]\\d|3[01])(([01]\\d|2[0-3])([0-5]\\d"
              + "(([0-5]\\d|60)(\\.\\d{1,6})?)?)?)?)?)?([+-]\\d{4})?");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,11}");

  private ValueRules() {}

  /** What is wrong with one value, or null. */
  static String wrong(VR vr, String value) {
    if (value.isEmpty()) {
      return null;
    }
    if (hasControlCharacters(vr, value)) {
      return "has control characters in it";
    }
    return switch (vr) {
      case AE ->
          value.length() > 16 || value.indexOf('\\') >= 0 ? "has more than 16 characters" : null;
      case AS -> matches(AGE, value, "is no age string (nnnD, nnnW, nnnM or nnnY)");
      case CS ->
          value.length() > 16
              ? "has more than 16 characters"
              : matches(
                  CODE, value, "has other characters than capital letters, digits, space and _");
      case DA -> matches(DATE, value, "is no date (YYYYMMDD)");
      case DT -> matches(DATE_TIME, value, "is no date and time");
      case TM -> matches(TIME, value, "is no time (HHMMSS.FFFFFF)");
      case DS ->
          value.length() > 16
              ? "has more than 16 characters"
              : matches(DECIMAL, value.trim(), "is no decimal number");
      case IS -> integer(value.trim());
      case UI -> Uids.isValid(value) ? null : "is no UID";
      case SH -> longest(value, 16);
      case LO -> longest(value, 64);
      case ST -> longest(value, 1024);
      case LT -> longest(value, 10240);
      case PN -> personName(value);
      case UR -> value.indexOf(' ') >= 0 ? "has a space in it" : null;
      default -> null;
    };
  }

  /** Only texts of several lines may have some; ESC belongs to the character sets. */
  private static boolean hasControlCharacters(VR vr, String value) {
    boolean lines = vr == VR.ST || vr == VR.LT || vr == VR.UT;
    return value
        .chars()
        .anyMatch(
            c ->
                c < 0x20
                    && c != 0x1B
                    && !(lines && (c == '\t' || c == '\n' || c == '\f' || c == '\r')));
  }

  private static String matches(Pattern pattern, String value, String otherwise) {
    return pattern.matcher(value).matches() ? null : otherwise;
  }

  private static String longest(String value, int most) {
    return value.codePointCount(0, value.length()) > most
        ? "has more than " + most + " characters"
        : null;
  }

  private static String integer(String value) {
    if (!INTEGER.matcher(value).matches()) {
      return "is no integer";
    }
    long number = Long.parseLong(value);
    return number < Integer.MIN_VALUE || number > Integer.MAX_VALUE
        ? "is no integer of 32 bits"
        : null;
  }

  private static String personName(String value) {
    String[] groups = value.split("=", -1);
    if (groups.length > 3) {
      return "has more than three component groups";
    }
    for (String group : groups) {
      if (group.split("\\^", -1).length > 5) {
        return "has a group of more than five components";
      }
      if (group.codePointCount(0, group.length()) > 64) {
        return "has a group of more than 64 characters";
      }
    }
    return null;
  }
}
