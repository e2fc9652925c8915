package org.vigil.imaging.dicomweb;

import jakarta.persistence.TypedQuery;
import org.vigil.imaging.api.DicomWeb.Search;

/** Counts the matches beyond a page. */
final class Remaining {
  /** Where counting is given up, so that a search for everything stays cheap. */
  static final int MOST_COUNTED = 10_000;

  private Remaining() {}

  /**
   * Counts.
   *
   * @param matches finds everything that matches, in any order
   * @return at most {@link #MOST_COUNTED}
   */
  static long count(TypedQuery<String> matches, Search search) {
    return matches
        .setFirstResult(search.offset() + search.limit())
        .setMaxResults(MOST_COUNTED)
        .getResultStream()
        .count();
  }
}
