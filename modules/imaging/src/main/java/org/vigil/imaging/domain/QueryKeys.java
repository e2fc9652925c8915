package org.vigil.imaging.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.VR;

/**
 * Attribute matching of C-FIND (PS3.4 §C.2.2.2): single value, list of UIDs, wildcard, range, empty
 * and sequence; names without regard to case, as the standard lets an application do.
 */
public final class QueryKeys {
  private static final Pattern OFFSET = Pattern.compile("[+-](0\\d|1[0-3])\\d{2}$|[+-]1400$");

  private QueryKeys() {}

  /** Whether an object matches every key of an identifier. */
  public static boolean matches(Attributes keys, Attributes object) {
    for (int tag : keys.tags()) {
      if (!isKey(tag)) {
        continue;
      }
      VR vr = keys.getVR(tag);
      if (vr == VR.SQ ? !matchesItem(keys, object, tag) : !matchesValue(vr, keys, object, tag)) {
        return false;
      }
    }
    return true;
  }

  /** What of an object was asked for; attributes that are not known come back empty. */
  public static Attributes selected(Attributes keys, Attributes object) {
    Attributes answer = new Attributes();
    for (int tag : keys.tags()) {
      if (!isKey(tag)) {
        continue;
      }
      if (keys.getVR(tag) == VR.SQ) {
        select(keys, object, tag, answer);
      } else if (object.containsValue(tag)) {
        answer.setString(tag, object.getVR(tag), object.getStrings(tag));
      } else {
        answer.setNull(tag, keys.getVR(tag));
      }
    }
    return answer;
  }

  private static void select(Attributes keys, Attributes object, int tag, Attributes answer) {
    Sequence present = object.getSequence(tag);
    Attributes wanted = keys.getNestedDataset(tag);
    if (present == null || present.isEmpty()) {
      answer.setNull(tag, VR.SQ);
      return;
    }
    Sequence chosen = answer.newSequence(tag, present.size());
    for (Attributes item : List.copyOf(present)) {
      chosen.add(
          wanted == null || wanted.isEmpty() ? new Attributes(item) : selected(wanted, item));
    }
  }

  /**
   * Whether an attribute is a key: character set, time zone and level say how to read the others.
   */
  public static boolean isKey(int tag) {
    return tag != 0x00080005 && tag != 0x00080201 && tag != 0x00080052 && (tag & 0xFFFF) != 0;
  }

  private static boolean matchesItem(Attributes keys, Attributes object, int tag) {
    Attributes wanted = keys.getNestedDataset(tag);
    if (wanted == null || wanted.isEmpty()) {
      return true;
    }
    Sequence present = object.getSequence(tag);
    if (present == null || present.isEmpty()) {
      return matches(wanted, new Attributes());
    }
    return present.stream().anyMatch(item -> matches(wanted, item));
  }

  private static boolean matchesValue(VR vr, Attributes keys, Attributes object, int tag) {
    List<String> wanted = values(keys, tag);
    if (wanted.isEmpty()) {
      return true;
    }
    List<String> present = values(object, tag);
    return wanted.stream().anyMatch(key -> matches(vr, key, present));
  }

  private static boolean matches(VR vr, String key, List<String> present) {
    if (key.equals("*")) {
      return true;
    }
    return switch (vr) {
      case DT -> present.stream().anyMatch(value -> inDateTimeRange(key, value));
      case DA, TM -> present.stream().anyMatch(value -> inRange(vr, key, value));
      case UI -> present.contains(key);
      case PN -> present.stream().anyMatch(value -> wildcard(name(key), name(value)));
      default -> present.stream().anyMatch(value -> wildcard(key, value));
    };
  }

  private static List<String> values(Attributes dataset, int tag) {
    String[] strings = dataset.contains(tag) ? dataset.getStrings(tag) : null;
    List<String> values = new ArrayList<>();
    for (String text : strings == null ? new String[0] : strings) {
      if (text != null && !text.isBlank()) {
        values.add(text.strip());
      }
    }
    return values;
  }

  private static String name(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\^=]+$", "");
  }

  private static boolean wildcard(String key, String value) {
    if (key.indexOf('*') < 0 && key.indexOf('?') < 0) {
      return key.equals(value);
    }
    StringBuilder pattern = new StringBuilder();
    for (char c : key.toCharArray()) {
      pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(value).matches();
  }

  /**
   * A range of date times. Four digits of at most 1400 after the last hyphen are an offset from UTC
   * (PS3.5 §6.2, DT); offsets are not converted.
   */
  private static boolean inDateTimeRange(String key, String value) {
    String bare = OFFSET.matcher(key).replaceFirst("");
    int dash = bare.indexOf('-');
    String from = dash < 0 ? bare : bare.substring(0, dash);
    String to = dash < 0 ? bare : bare.substring(dash + 1);
    String moment = moment(value, "00000101000000");
    return (from.isEmpty() || moment(from, "00000101000000").compareTo(moment) <= 0)
        && (to.isEmpty() || moment(to, "99991231235959").compareTo(moment) >= 0);
  }

  private static String moment(String text, String fill) {
    String bare = text.replaceAll("[^0-9].*$", "");
    return bare.length() >= fill.length()
        ? bare.substring(0, fill.length())
        : bare + fill.substring(bare.length());
  }

  /** Times are compared at full length: 10 is 100000, as a bound from above 105959. */
  private static boolean inRange(VR vr, String key, String value) {
    int dash = key.indexOf('-');
    String from = dash < 0 ? key : key.substring(0, dash);
    String to = dash < 0 ? key : key.substring(dash + 1);
    String moment = digits(vr, value, "000000");
    return (from.isEmpty() || digits(vr, from, "000000").compareTo(moment) <= 0)
        && (to.isEmpty() || digits(vr, to, "235959").compareTo(moment) >= 0);
  }

  private static String digits(VR vr, String text, String fill) {
    String bare = text.replaceAll("[^0-9].*$", "");
    return vr == VR.DA || bare.length() >= fill.length()
        ? bare
        : bare + fill.substring(bare.length());
  }
}
