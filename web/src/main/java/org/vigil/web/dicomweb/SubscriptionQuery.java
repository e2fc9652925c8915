package org.vigil.web.dicomweb;

import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.kernel.VigilException;

/** Query parameters of a subscription (PS3.18 table 11.10.1-2). */
final class SubscriptionQuery {
  private static final String DELETION_LOCK = "deletionlock";
  private static final Set<String> BESIDE_KEYS = Set.of(DELETION_LOCK, "accept", "charset");

  private SubscriptionQuery() {}

  /**
   * The filter of a subscription (PS3.18 §11.10.1.2): keys in the query as they are, or a list of
   * them under {@code filter}.
   *
   * @throws VigilException KERNEL-0003 where it has none
   */
  static Attributes filter(UriInfo uri) {
    Map<String, String> keys = new HashMap<>();
    for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
      String name = parameter.getKey();
      String value = parameter.getValue().get(0);
      if (name.equals("filter")) {
        for (String pair : value.split(",(?=[A-Za-z0-9.]+=)")) {
          String[] parts = pair.split("=", 2);
          keys.put(parts[0].strip(), parts.length == 2 ? parts[1].strip() : "");
        }
      } else if (!BESIDE_KEYS.contains(name)) {
        keys.put(name, value.strip());
      }
    }
    if (keys.isEmpty()) {
      throw SearchQuery.malformed("filter", "is missing");
    }
    return SearchQuery.keys(keys);
  }

  /** Whether a subscription asks for a deletion lock. */
  static boolean deletionLock(UriInfo uri) {
    String wanted = uri.getQueryParameters().getFirst(DELETION_LOCK);
    if (wanted != null && !wanted.equals("true") && !wanted.equals("false")) {
      throw SearchQuery.malformed(DELETION_LOCK, "is true or false");
    }
    return "true".equals(wanted);
  }
}
