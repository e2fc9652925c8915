package org.vigil.web.dicomweb;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.VR;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Query parameters of a search for workitems (PS3.18 §8.3.4): attributes by keyword or tag, those
 * inside sequences with a dot between.
 *
 * @param keys the identifier that they make
 */
record WorkitemQuery(Attributes keys, int offset, int limit) {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1000;
  private static final Set<String> PASSED_OVER = Set.of("includefield", "fuzzymatching");

  /** How the editions of PS3.18 name a UID in the query of Create and Update. */
  private static final Set<String> UID_NAMES =
      Set.of("workitem", "AffectedSOPInstanceUID", "transaction", "transaction-uid");

  static WorkitemQuery of(UriInfo uri) {
    Attributes keys = new Attributes();
    int limit = PAGE;
    int offset = 0;
    for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
      String name = parameter.getKey();
      String value = parameter.getValue().get(0);
      if (name.equals("limit")) {
        limit = Math.min(number(name, value), LONGEST_PAGE);
      } else if (name.equals("offset")) {
        offset = number(name, value);
      } else if (!PASSED_OVER.contains(name)) {
        put(keys, name, value);
      }
    }
    return new WorkitemQuery(keys, offset, limit);
  }

  private static void put(Attributes keys, String name, String value) {
    Attributes dataset = keys;
    String[] path = name.split("\\.", -1);
    for (int i = 0; i < path.length; i++) {
      int tag =
          path[i].matches("[0-9A-Fa-f]{8}")
              ? Integer.parseUnsignedInt(path[i], 16)
              : ElementDictionary.tagOf(path[i]);
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
  }

  private static void set(Attributes dataset, int tag, String name, String value) {
    VR vr = ElementDictionary.vrOf(tag);
    try {
      dataset.setString(tag, vr, vr == VR.UI ? value.split("[,\\\\]") : new String[] {value});
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

  /** The UID in the query of Create and Update, with a name or alone; or null. */
  static String uid(UriInfo uri) {
    for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
      String value = parameter.getValue().get(0);
      if (UID_NAMES.contains(parameter.getKey())) {
        return value;
      }
      if (parameter.getKey().matches("[0-9.]{1,64}") && value.isEmpty()) {
        return parameter.getKey();
      }
    }
    return null;
  }

  private static int number(String name, String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw malformed(name, "is not a number");
    }
    return Integer.parseInt(value);
  }

  private static VigilException malformed(String field, String problem) {
    return new VigilException(
        ErrorCode.KERNEL_0003,
        Map.of("field", field.replaceAll("[^A-Za-z0-9.]", "?"), "problem", problem));
  }
}
