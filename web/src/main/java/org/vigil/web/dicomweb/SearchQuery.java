package org.vigil.web.dicomweb;

import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.DicomWeb.Search;
import org.vigil.imaging.api.SearchMatches;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Query parameters of a search (PS3.18 §8.3.4): attributes by keyword or tag, those inside
 * sequences with a dot between; what else is answered, and which page of it.
 */
final class SearchQuery {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1000;
  private static final int LONGEST_PAGE_OF_STUDY = 5000;

  private final Attributes keys = new Attributes();
  private final Set<String> named = new TreeSet<>();
  private final Set<Integer> included = new HashSet<>();
  private final int longestPage;
  private int limit;
  private int offset;
  private boolean fuzzy;

  private SearchQuery(int page, int longestPage) {
    this.limit = page;
    this.longestPage = longestPage;
  }

  /**
   * What is searched for among all studies or workitems.
   *
   * @throws VigilException KERNEL-0003 for what is no parameter of a search, or has a value that is
   *     none
   */
  static SearchQuery of(UriInfo uri) {
    return new SearchQuery(PAGE, LONGEST_PAGE).take(uri);
  }

  /** The same inside a study, of which most callers want everything. */
  static SearchQuery ofStudy(UriInfo uri) {
    return new SearchQuery(LONGEST_PAGE_OF_STUDY, LONGEST_PAGE_OF_STUDY).take(uri);
  }

  /**
   * The identifier that keys make.
   *
   * @param values by keyword or tag
   */
  static Attributes keys(Map<String, String> values) {
    SearchQuery query = new SearchQuery(0, 0);
    values.forEach(query::put);
    return query.keys;
  }

  private SearchQuery take(UriInfo uri) {
    uri.getQueryParameters().forEach(this::take);
    return this;
  }

  private void take(String name, List<String> values) {
    String value = values.get(0).strip();
    switch (name) {
      case "limit" -> limit = Math.min(number(name, value), longestPage);
      case "offset" -> offset = number(name, value);
      case "fuzzymatching" -> fuzzy = Boolean.parseBoolean(value);
      case "includefield" -> values.forEach(this::include);
      case DatasetFormat.PARAMETER -> {
        // Says how to answer, not what.
      }
      default -> put(name, value);
    }
  }

  /** Attributes that nobody knows cannot be answered, which is no error (PS3.18 §8.3.4.3). */
  private void include(String attributes) {
    for (String attribute : attributes.split(",")) {
      int tag = tag(attribute.strip());
      if (attribute.strip().equals("all")) {
        included.add(Search.ALL);
      } else if (ElementDictionary.isKnown(tag)) {
        included.add(tag);
      }
    }
  }

  private void put(String name, String value) {
    Attributes dataset = keys;
    String[] path = name.split("\\.", -1);
    for (int i = 0; i < path.length; i++) {
      int tag = tag(path[i]);
      boolean last = i == path.length - 1;
      if (!ElementDictionary.isKnown(tag) || (ElementDictionary.vrOf(tag) == VR.SQ) == last) {
        throw malformed(name, "is not a search key here");
      }
      if (last) {
        set(dataset, tag, name, value);
      } else {
        dataset = item(dataset, tag);
      }
    }
    named.add(path.length == 1 ? ElementDictionary.keywordOf(tag(name)) : name);
  }

  private static int tag(String name) {
    return name.matches("[0-9A-Fa-f]{8}")
        ? Integer.parseUnsignedInt(name, 16)
        : ElementDictionary.tagOf(name);
  }

  private static void set(Attributes dataset, int tag, String name, String value) {
    VR vr = ElementDictionary.vrOf(tag);
    String[] values = value.split(vr == VR.UI ? "[,\\\\]" : vr.isMultiValued() ? "\\\\" : "\0");
    try {
      if (value.isEmpty()) {
        dataset.setNull(tag, vr);
      } else if (vr.isString()) {
        dataset.setString(tag, vr, values);
      } else {
        dataset.setInt(tag, vr, Arrays.stream(values).mapToInt(Integer::parseInt).toArray());
      }
    } catch (IllegalArgumentException e) {
      throw malformed(name, "has a value that is none");
    }
  }

  private static Attributes item(Attributes dataset, int tag) {
    Sequence sequence = dataset.getSequence(tag);
    if (sequence == null) {
      sequence = dataset.newSequence(tag, 1);
      sequence.add(new Attributes());
    }
    return sequence.get(0);
  }

  private static int number(String name, String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw malformed(name, "is not a number");
    }
    return Integer.parseInt(value);
  }

  static VigilException malformed(String field, String problem) {
    return new VigilException(
        ErrorCode.KERNEL_0003,
        Map.of("field", field.replaceAll("[^A-Za-z0-9.]", "?"), "problem", problem));
  }

  /** The identifier that the parameters make. */
  Attributes keys() {
    return keys;
  }

  int offset() {
    return offset;
  }

  int limit() {
    return limit;
  }

  /** Which keys were given, for the audit trail, which does not hold their values. */
  Map<String, String> facts() {
    return Map.of("keys", String.join(", ", named));
  }

  /**
   * The search that they ask for.
   *
   * @param only modalities to which the caller's grants are limited, or null
   */
  Search search(Set<String> only) {
    return new Search(keys, included, only, offset, limit);
  }

  /**
   * What to warn of, as values of the Warning header (PS3.18 §8.3.4.2, §8.3.4.4).
   *
   * @param service its base URI
   */
  List<String> warnings(SearchMatches found, String service) {
    List<String> warnings = new ArrayList<>();
    if (found.remaining() > 0) {
      warnings.add(
          "There are "
              + (found.counted() ? "" : "at least ")
              + found.remaining()
              + " additional results that can be requested");
    }
    if (fuzzy) {
      warnings.add(
          "The fuzzymatching parameter is not supported. Only literal matching has been performed.");
    }
    warnings.replaceAll(text -> "299 " + service + ": " + text);
    return warnings;
  }
}
