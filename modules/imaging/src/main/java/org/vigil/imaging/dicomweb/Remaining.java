package org.vigil.imaging.dicomweb;

import jakarta.persistence.EntityManager;
import org.vigil.imaging.api.DicomWeb.Search;

/** Counts the matches beyond a page. */
final class Remaining {
  /** Where counting is given up, so that a search for everything stays cheap. */
  static final int MOST_COUNTED = 10_000;

  private Remaining() {}

  /**
   * Counts.
   *
   * @param key tells one match from another
   * @param from where matches are looked for, with a space before it
   * @return at most {@link #MOST_COUNTED}
   */
  static long count(
      EntityManager em, String key, String from, SearchConditions conditions, Search search) {
    return conditions
        .bind(em.createQuery("select " + key + from + conditions.where(), String.class))
        .setFirstResult(search.offset() + search.limit())
        .setMaxResults(MOST_COUNTED)
        .getResultStream()
        .count();
  }
}
