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
import org.vigil.imaging.api.DicomWeb.Search;

/**
 * What of an identifier the index can look for. It finds at least what matches; what exactly does
 * is for {@link org.vigil.imaging.domain.QueryKeys} to say.
 */
final class StudyKeys {
  private StudyKeys() {}

  static Search search(Attributes keys, int offset, int limit) {
    Attributes indexed = new Attributes();
    put(indexed, Tag.StudyInstanceUID, uids(keys, Tag.StudyInstanceUID).toArray(new String[0]));
    put(indexed, Tag.PatientID, single(keys, Tag.PatientID));
    put(indexed, Tag.PatientName, name(text(keys, Tag.PatientName)));
    put(indexed, Tag.AccessionNumber, single(keys, Tag.AccessionNumber));
    put(indexed, Tag.StudyDate, dates(text(keys, Tag.StudyDate)));
    put(indexed, Tag.ModalitiesInStudy, single(keys, Tag.ModalitiesInStudy));
    return new Search(indexed, Set.of(), null, offset, limit);
  }

  private static void put(Attributes indexed, int tag, String... values) {
    indexed.setString(tag, values);
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

  /** A date or range; an end that is no date is left to be compared as the text it is. */
  private static String dates(String wanted) {
    if (wanted == null) {
      return null;
    }
    int dash = wanted.indexOf('-');
    String from = date(dash < 0 ? wanted : wanted.substring(0, dash));
    String to = date(dash < 0 ? wanted : wanted.substring(dash + 1));
    return from + "-" + to;
  }

  private static String date(String text) {
    try {
      LocalDate.parse(text.strip(), DateTimeFormatter.BASIC_ISO_DATE);
      return text.strip();
    } catch (DateTimeParseException e) {
      return "";
    }
  }
}
