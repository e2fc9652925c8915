package org.vigil.imaging.dicomweb;

import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vigil.imaging.api.DicomWeb.StudySearch;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;

/** What a search asks for, as conditions of a query; the study has the alias {@code s}. */
final class SearchConditions {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  static SearchConditions of(StudySearch search) {
    SearchConditions made = new SearchConditions();
    if (search.studies() != null && !search.studies().isEmpty()) {
      made.among(
          "s.studyInstanceUid", search.studies().stream().map(StudyInstanceUid::value).toList());
    }
    made.like("s.patientId", search.patientId());
    made.like(
        "lower(s.patientName)",
        search.patientName() == null ? null : search.patientName().toLowerCase(Locale.ROOT));
    made.like("s.accessionNumber", search.accessionNumber());
    if (search.from() != null) {
      made.add("s.studyDate >= ", search.from());
    }
    if (search.to() != null) {
      made.add("s.studyDate <= ", search.to());
    }
    if (search.modality() != null) {
      made.add(
          "concat('\\\\', s.modalities, '\\\\') like ",
          "%\\" + pattern(search.modality()) + "\\%",
          " escape '!'");
    }
    if (search.only() != null) {
      made.only(String.join("|", search.only()));
    }
    return made;
  }

  private void only(String acquired) {
    String any = acquired + "|" + String.join("|", AccessRights.NOT_ACQUIRED);
    add("function('regexp_like', s.modalities, ", "(^|\\\\)(" + acquired + ")(\\\\|$)", ") = true");
    add(
        "function('regexp_like', s.modalities, ",
        "^(" + any + ")(\\\\(" + any + "))*$",
        ") = true");
  }

  /** A text that may contain DICOM's wildcards; null, empty or an asterisk: any. */
  void like(String path, String wanted) {
    if (wanted != null && !wanted.isEmpty() && !wanted.equals("*")) {
      add(path + " like ", pattern(wanted), " escape '!'");
    }
  }

  /** One of several UIDs, separated by commas or backslashes. */
  void uid(String path, String wanted) {
    if (!wanted.isEmpty()) {
      among(path, List.of(wanted.split("[,\\\\]")));
    }
  }

  /**
   * A number.
   *
   * @param key as the caller named it
   * @throws VigilException KERNEL-0003 when it is none
   */
  void number(String path, String key, String wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    if (!wanted.strip().matches("[+-]?[0-9]{1,9}")) {
      throw new VigilException(
          ErrorCode.KERNEL_0003, Map.of("field", key, "problem", "is not a whole number"));
    }
    add(path + " = ", Integer.valueOf(wanted.strip()));
  }

  private void among(String path, List<String> values) {
    add(path + " in ", values);
  }

  private void add(String left, Object value) {
    add(left, value, "");
  }

  private void add(String left, Object value, String right) {
    String name = "p" + parameters.size();
    conditions.add(left + ":" + name + right);
    parameters.put(name, value);
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
