package org.vigil.imaging.query;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.imaging.api.DicomWeb.StudySearch;
import org.vigil.kernel.StudyInstanceUid;

/**
 * What of an identifier the index can look for. It finds at least what matches; what exactly does
 * is for {@link org.vigil.imaging.domain.QueryKeys} to say.
 */
final class StudyKeys {
  private StudyKeys() {}

  static StudySearch search(Attributes keys, int offset, int limit) {
    String[] dates = range(text(keys, Tag.StudyDate));
    return new StudySearch(
        uids(keys, Tag.StudyInstanceUID).stream()
            .map(StudyInstanceUid::of)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        single(keys, Tag.PatientID),
        name(text(keys, Tag.PatientName)),
        single(keys, Tag.AccessionNumber),
        date(dates[0]),
        date(dates[1]),
        single(keys, Tag.ModalitiesInStudy),
        null,
        offset,
        limit);
  }

  /** The keys by which the study is named that others belong to. */
  static Attributes studyAlone(Attributes keys) {
    return new Attributes(keys, tag -> tag == Tag.StudyInstanceUID);
  }

  /** The UIDs of a list (PS3.4 §C.2.2.2.2), empty where there is none. */
  static Set<String> uids(Attributes keys, int tag) {
    String[] values = keys.containsValue(tag) ? keys.getStrings(tag) : new String[0];
    return Arrays.stream(values)
        .filter(uid -> uid != null && !uid.isBlank() && !uid.equals("*"))
        .map(String::strip)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String single(Attributes keys, int tag) {
    String[] values = keys.containsValue(tag) ? keys.getStrings(tag) : new String[0];
    return values.length == 1 ? text(keys, tag) : null;
  }

  private static String text(Attributes keys, int tag) {
    String text = keys.getString(tag);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** Trailing delimiters mean nothing, and a stored name may have some. */
  private static String name(String wanted) {
    return wanted == null ? null : wanted.replaceAll("[\\^=*]+$", "") + "*";
  }

  private static String[] range(String wanted) {
    if (wanted == null) {
      return new String[2];
    }
    int dash = wanted.indexOf('-');
    return dash < 0
        ? new String[] {wanted, wanted}
        : new String[] {wanted.substring(0, dash), wanted.substring(dash + 1)};
  }

  private static LocalDate date(String text) {
    try {
      return text == null || text.isBlank()
          ? null
          : LocalDate.parse(text.strip(), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      return null; // Compared as the text it is.
    }
  }
}
