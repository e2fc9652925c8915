package org.vigil.audit.domain;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A set of ids that are mostly dense: a bit each, so that a hundred million take 13 MB. */
final class IdSet {
  private static final int BITS = 20;

  private final Map<Long, BitSet> pages = new HashMap<>();

  /** Whether it was not there before. */
  boolean add(long id) {
    BitSet page = pages.computeIfAbsent(id >> BITS, number -> new BitSet());
    int bit = (int) (id & ((1 << BITS) - 1));
    boolean fresh = !page.get(bit);
    page.set(bit);
    return fresh;
  }

  boolean contains(long id) {
    BitSet page = pages.get(id >> BITS);
    return page != null && page.get((int) (id & ((1 << BITS) - 1)));
  }
}
