package org.vigil.audit.domain;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Makes a trail's chain longer. Each method needs a transaction of its caller, who commits it; one
 * caller at a time gets through, the others find nothing to do. Who writes events never waits here.
 */
public final class ChainOfSeals {
  private final Trail trail;
  private final SealingKey key;

  public ChainOfSeals(Trail trail, SealingKey key) {
    this.trail = trail;
    this.key = key;
  }

  /**
   * Seals what is committed and not sealed yet, the oldest ids first.
   *
   * @param limit events in one seal at most
   * @return what was done; nothing when nothing waits or another seals
   */
  public Optional<Sealed> sealNext(int limit) throws SQLException {
    if (!trail.lock()) {
      return Optional.empty();
    }
    List<AuditRow> rows = trail.unsealed(limit);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    SealHead before = trail.head();
    Seal seal = Seal.of(trail.schema(), before, rows.stream().map(Leaf::of).toList(), now(), key);
    trail.add(seal);
    return Optional.of(new Sealed(before, seal.head(), rows));
  }

  /**
   * Anchors all seals of days that are over and not anchored yet.
   *
   * @return the anchor, or nothing when there is no such seal or another anchors
   */
  public Optional<Anchor> anchor() throws SQLException {
    if (!trail.lock()) {
      return Optional.empty();
    }
    List<Anchor> before = trail.anchors();
    long last = before.isEmpty() ? 0 : before.get(before.size() - 1).lastSeal();
    Instant now = now();
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    List<SealHead> seals = trail.heads(last, today.atStartOfDay(ZoneOffset.UTC).toInstant());
    if (seals.isEmpty()) {
      return Optional.empty();
    }
    LocalDate day = seals.get(seals.size() - 1).sealedAt().atOffset(ZoneOffset.UTC).toLocalDate();
    Anchor anchor = Anchor.of(trail.schema(), day, seals, now, key);
    trail.add(anchor);
    return Optional.of(anchor);
  }

  /** Microseconds, as the database keeps them. */
  private Instant now() throws SQLException {
    return AuditRow.instant(AuditRow.micros(trail.now()));
  }

  /**
   * A batch that was sealed.
   *
   * @param before the head it was put on
   * @param head the new one
   */
  public record Sealed(SealHead before, SealHead head, List<AuditRow> rows) {}
}
