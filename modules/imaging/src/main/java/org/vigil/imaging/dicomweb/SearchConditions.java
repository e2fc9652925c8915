package org.vigil.imaging.dicomweb;

import jakarta.persistence.TypedQuery;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.domain.QueryKeys;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;

/**
 * What an identifier asks for (PS3.4 §C.2.2.2), as conditions of a query in which studies have the
 * alias {@code s}, series {@code e} and instances {@code i}.
 */
final class SearchConditions {
  /** Where the index holds what a key is matched with. */
  private static final Map<Integer, String> COLUMNS = new HashMap<>();

  static {
    COLUMNS.put(Tag.PatientID, "s.patientId");
    COLUMNS.put(Tag.PatientName, "s.patientName");
    COLUMNS.put(Tag.IssuerOfPatientID, "s.issuerOfPatientId");
    COLUMNS.put(Tag.PatientBirthDate, "s.patientBirthDate");
    COLUMNS.put(Tag.PatientSex, "s.patientSex");
    COLUMNS.put(Tag.StudyInstanceUID, "s.studyInstanceUid");
    COLUMNS.put(Tag.StudyDate, "s.studyDate");
    COLUMNS.put(Tag.StudyTime, "s.studyTime");
    COLUMNS.put(Tag.AccessionNumber, "s.accessionNumber");
    COLUMNS.put(Tag.StudyID, "s.studyId");
    COLUMNS.put(Tag.StudyDescription, "s.studyDescription");
    COLUMNS.put(Tag.ReferringPhysicianName, "s.referringPhysicianName");
    COLUMNS.put(Tag.ModalitiesInStudy, "s.modalities");
    COLUMNS.put(Tag.SeriesInstanceUID, "e.key.seriesInstanceUid");
    COLUMNS.put(Tag.Modality, "e.modality");
    COLUMNS.put(Tag.SeriesNumber, "e.seriesNumber");
    COLUMNS.put(Tag.SeriesDescription, "e.seriesDescription");
    COLUMNS.put(Tag.SOPInstanceUID, "i.sopInstanceUid");
    COLUMNS.put(Tag.SOPClassUID, "i.sopClassUid");
    COLUMNS.put(Tag.InstanceNumber, "i.instanceNumber");
    COLUMNS.put(Tag.Rows, "i.rows");
    COLUMNS.put(Tag.Columns, "i.columns");
    COLUMNS.put(Tag.NumberOfFrames, "i.numberOfFrames");
  }

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  private SearchConditions() {}

  /**
   * The conditions of a search.
   *
   * @param level of what is searched for; keys of the levels above are matched, too
   * @param only modalities to which the search is limited, or null
   * @throws VigilException KERNEL-0003 for a key that the index does not hold, or a value that is
   *     none of its VR
   */
  static SearchConditions of(QueryLevel level, Attributes keys, Set<String> only) {
    SearchConditions made = new SearchConditions();
    for (int tag : keys.tags()) {
      if (!QueryKeys.isKey(tag)) {
        continue;
      }
      String column = level.knows(tag) ? COLUMNS.get(tag) : null;
      if (column == null) {
        throw refused(tag, "is not a search key here");
      }
      made.key(tag, column, values(keys, tag));
    }
    if (only != null) {
      made.only(String.join("|", only));
    }
    return made;
  }

  /** The values asked for; none where any matches. */
  private static List<String> values(Attributes keys, int tag) {
    List<String> values =
        Arrays.stream(keys.getStrings(tag)).map(String::strip).filter(v -> !v.isEmpty()).toList();
    return values.contains("*") ? List.of() : values;
  }

  private void key(int tag, String column, List<String> values) {
    if (values.isEmpty()) {
      return;
    }
    VR vr = ElementDictionary.vrOf(tag);
    if (vr == VR.UI) {
      add(column + " in ", values);
      return;
    }
    List<String> alternatives = new ArrayList<>();
    for (String value : values) {
      alternatives.add(
          switch (vr) {
            case DA -> range(column, value, text -> date(tag, text), text -> date(tag, text));
            case TM -> range(column, value, text -> from(tag, text), text -> to(tag, text));
            case IS, US -> column + " = " + parameter(number(tag, value));
            case PN -> like("lower(" + column + ")", value.toLowerCase(Locale.ROOT));
            default -> tag == Tag.ModalitiesInStudy ? modality(column, value) : like(column, value);
          });
    }
    conditions.add("(" + String.join(" or ", alternatives) + ")");
  }

  private void only(String acquired) {
    String any = acquired + "|" + String.join("|", AccessRights.NOT_ACQUIRED);
    add("function('regexp_like', s.modalities, ", "(^|\\\\)(" + acquired + ")(\\\\|$)", ") = true");
    add(
        "function('regexp_like', s.modalities, ",
        "^(" + any + ")(\\\\(" + any + "))*$",
        ") = true");
  }

  private String like(String column, String wanted) {
    return column + " like " + parameter(pattern(wanted)) + " escape '!'";
  }

  private String modality(String column, String wanted) {
    return "concat('\\\\', "
        + column
        + ", '\\\\') like "
        + parameter("%\\" + pattern(wanted) + "\\%")
        + " escape '!'";
  }

  /** A value, or a range of which one end may be open (PS3.4 §C.2.2.2.5). */
  private String range(String column, String wanted, Bound first, Bound last) {
    int dash = wanted.indexOf('-');
    String from = dash < 0 ? wanted : wanted.substring(0, dash).strip();
    String to = dash < 0 ? wanted : wanted.substring(dash + 1).strip();
    List<String> ends = new ArrayList<>();
    if (!from.isEmpty()) {
      ends.add(column + " >= " + parameter(first.of(from)));
    }
    if (!to.isEmpty()) {
      ends.add(column + " <= " + parameter(last.of(to)));
    }
    return ends.isEmpty() ? "1 = 1" : "(" + String.join(" and ", ends) + ")";
  }

  private interface Bound {
    Object of(String text);
  }

  private static LocalDate date(int tag, String text) {
    try {
      return LocalDate.parse(text.replace(".", ""), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      throw refused(tag, "is not a date or range such as 20261101-20261130");
    }
  }

  /** The first moment that a time means: 10 is 10:00:00. */
  private static LocalTime from(int tag, String text) {
    return time(tag, text, "000000");
  }

  /** The last: 10 is 10:59:59.999999, the finest that a column holds. */
  private static LocalTime to(int tag, String text) {
    return time(tag, text, "595959").withNano(999_999_000);
  }

  private static LocalTime time(int tag, String text, String fill) {
    String digits = text.replace(":", "").replaceFirst("\\..*", "");
    try {
      if (digits.length() % 2 == 0 && digits.length() >= 2 && digits.length() <= 6) {
        return LocalTime.parse(
            digits + fill.substring(digits.length()), DateTimeFormatter.ofPattern("HHmmss"));
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw refused(tag, "is not a time or range such as 0800-1730");
  }

  private static Integer number(int tag, String text) {
    if (!text.matches("[+-]?[0-9]{1,9}")) {
      throw refused(tag, "is not a whole number");
    }
    return Integer.valueOf(text);
  }

  private static VigilException refused(int tag, String problem) {
    return new VigilException(
        ErrorCode.KERNEL_0003, Map.of("field", name(tag), "problem", problem));
  }

  private static String name(int tag) {
    String keyword = ElementDictionary.keywordOf(tag);
    return keyword == null || keyword.isEmpty() ? String.format("%08X", tag) : keyword;
  }

  private void add(String left, Object value) {
    add(left, value, "");
  }

  private void add(String left, Object value, String right) {
    conditions.add(left + parameter(value) + right);
  }

  private String parameter(Object value) {
    String name = "p" + parameters.size();
    parameters.put(name, value);
    return ":" + name;
  }

  /** The where clause, with a space before it; empty without conditions. */
  String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  <T> TypedQuery<T> bind(TypedQuery<T> query) {
    parameters.forEach(query::setParameter);
    return query;
  }

  /** DICOM's wildcards as SQL's; SQL's own are taken literally. */
  private static String pattern(String wanted) {
    return wanted
        .replace("!", "!!")
        .replace("%", "!%")
        .replace("_", "!_")
        .replace('*', '%')
        .replace('?', '_');
  }
}
