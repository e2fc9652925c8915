package org.vigil.audit.domain;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vigil.audit.domain.Finding.Kind;

/** Whether what is gone is exactly what the proofs of deletion say was dropped. */
final class DeletionTally {
  private final Map<Deletion, Dropped> gone = new LinkedHashMap<>();
  private final Consumer<Finding> findings;

  DeletionTally(List<Deletion> deletions, Consumer<Finding> findings) {
    deletions.forEach(deletion -> gone.put(deletion, new Dropped()));
    this.findings = findings;
  }

  /** Whether a proof covers a sealed event that has no row. */
  boolean accept(Leaf leaf) {
    for (Map.Entry<Deletion, Dropped> each : gone.entrySet()) {
      if (each.getKey().covers(leaf.micros())) {
        each.getValue().add(leaf);
        return true;
      }
    }
    return false;
  }

  void compare() {
    gone.forEach(
        (deletion, dropped) -> {
          if (dropped.count() != deletion.eventCount()
              || !Arrays.equals(dropped.digest(), deletion.digest())) {
            findings.accept(
                new Finding(
                    Kind.DELETION_WRONG,
                    null,
                    deletion.from(),
                    null,
                    deletion.part()
                        + " was dropped with "
                        + deletion.eventCount()
                        + " events; "
                        + dropped.count()
                        + " sealed events of that time are gone"));
          }
        });
  }

  /**
   * Events that were dropped, in any order: their number and the exclusive or of their digests.
   * Each entry is proved by its seal; this only says which of them.
   */
  static final class Dropped {
    private final byte[] sum = new byte[Sha256.LENGTH];
    private long count;

    void add(Leaf leaf) {
      byte[] digest = new Sha256("vigil-audit-dropped-1").bytes(leaf.content()).toBytes();
      for (int i = 0; i < sum.length; i++) {
        sum[i] ^= digest[i];
      }
      count++;
    }

    long count() {
      return count;
    }

    byte[] digest() {
      return sum.clone();
    }
  }
}
