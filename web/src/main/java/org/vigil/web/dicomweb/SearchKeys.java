package org.vigil.web.dicomweb;

import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vigil.imaging.api.DicomWeb.ObjectSearch;
import org.vigil.imaging.api.DicomWeb.StudySearch;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** Query parameters of a search (PS3.18 §8.3.4): keys by keyword or tag, and the page wanted. */
final class SearchKeys {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1000;
  private static final Set<String> PASSED_OVER = Set.of("includefield", "fuzzymatching");

  private static final Map<String, String> STUDIES =
      Map.of(
          "0020000D", "StudyInstanceUID",
          "00100020", "PatientID",
          "00100010", "PatientName",
          "00080050", "AccessionNumber",
          "00080020", "StudyDate",
          "00080061", "ModalitiesInStudy");
  private static final Map<String, String> SERIES =
      with(
          STUDIES,
          Map.of(
              "00080060", "Modality",
              "0020000E", "SeriesInstanceUID",
              "00200011", "SeriesNumber",
              "0008103E", "SeriesDescription"));
  private static final Map<String, String> INSTANCES =
      with(
          SERIES,
          Map.of(
              "00080016", "SOPClassUID",
              "00080018", "SOPInstanceUID",
              "00200013", "InstanceNumber",
              "00280010", "Rows",
              "00280011", "Columns",
              "00280008", "NumberOfFrames"));

  private final Map<String, String> keys = new TreeMap<>();
  private int limit = PAGE;
  private int offset;

  private SearchKeys(UriInfo uri, Map<String, String> known) {
    uri.getQueryParameters().forEach((name, values) -> take(name, values, known));
  }

  static SearchKeys ofStudies(UriInfo uri) {
    return new SearchKeys(uri, STUDIES);
  }

  static SearchKeys ofSeries(UriInfo uri) {
    return new SearchKeys(uri, SERIES);
  }

  static SearchKeys ofInstances(UriInfo uri) {
    return new SearchKeys(uri, INSTANCES);
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(more);
    return Map.copyOf(all);
  }

  private void take(String name, List<String> values, Map<String, String> known) {
    String value = values.get(0);
    String key = known.getOrDefault(name, name);
    if (known.containsValue(key)) {
      keys.put(key, value);
    } else if (key.equals("limit")) {
      limit = Math.max(1, Math.min(number(key, value), LONGEST_PAGE));
    } else if (key.equals("offset")) {
      offset = Math.max(0, number(key, value));
    } else if (!PASSED_OVER.contains(key)) {
      throw malformed(key, "is not a search key here");
    }
  }

  private static int number(String key, String value) {
    if (!value.matches("-?[0-9]{1,9}")) {
      throw malformed(key, "is not a number");
    }
    return Integer.parseInt(value);
  }

  /** Which keys were given, for the audit trail, which does not hold their values. */
  Map<String, String> facts() {
    return Map.of("keys", String.join(", ", keys.keySet()));
  }

  /**
   * What is asked of studies.
   *
   * @param only modalities to which the caller's grants are limited, or null
   */
  StudySearch studies(Set<String> only) {
    String date = keys.get("StudyDate");
    return new StudySearch(
        uids(keys.get("StudyInstanceUID")),
        keys.get("PatientID"),
        keys.get("PatientName"),
        keys.get("AccessionNumber"),
        bound(date, true),
        bound(date, false),
        keys.get("ModalitiesInStudy"),
        only,
        offset,
        limit);
  }

  /** What is asked of series or instances and of their studies. */
  ObjectSearch objects(Set<String> only) {
    Map<String, String> below = new TreeMap<>(keys);
    below.keySet().removeAll(STUDIES.values());
    return new ObjectSearch(studies(only), below);
  }

  private static Set<StudyInstanceUid> uids(String value) {
    return value == null || value.isEmpty()
        ? Set.of()
        : Arrays.stream(value.split("[,\\\\]"))
            .map(StudyInstanceUid::of)
            .collect(Collectors.toSet());
  }

  /** One end of {@code 20261101}, {@code 20261101-}, {@code -20261130} or a range of both. */
  private static LocalDate bound(String range, boolean first) {
    if (range == null || range.isEmpty()) {
      return null;
    }
    int dash = range.indexOf('-');
    String end = dash < 0 ? range : first ? range.substring(0, dash) : range.substring(dash + 1);
    if (end.isEmpty()) {
      return null;
    }
    try {
      return LocalDate.parse(end, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      throw malformed("StudyDate", "is not a date or range such as 20261101-20261130");
    }
  }

  private static VigilException malformed(String field, String problem) {
    return new VigilException(
        ErrorCode.KERNEL_0003,
        Map.of("field", field.replaceAll("[^A-Za-z0-9.]", "?"), "problem", problem));
  }
}
