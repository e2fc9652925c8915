package org.vigil.audit.domain;

import java.time.Instant;

/**
 * Proof that a month of events was dropped by policy, and what was in it.
 *
 * @param part name of the partition
 * @param from first instant of its range
 * @param to first instant after it
 * @param firstEvent lowest id, or null of an empty month
 * @param lastEvent highest id, or null
 * @param digest of the dropped events, {@link DeletionTally.Dropped}
 * @param policy under which, in words
 */
public record Deletion(
    String trail,
    long seq,
    String part,
    Instant from,
    Instant to,
    long eventCount,
    Long firstEvent,
    Long lastEvent,
    byte[] digest,
    String policy,
    String deletedBy,
    Instant deletedAt,
    String keyId,
    byte[] signature) {

  Deletion signed(SealingKey key) {
    return new Deletion(
        trail,
        seq,
        part,
        from,
        to,
        eventCount,
        firstEvent,
        lastEvent,
        digest,
        policy,
        deletedBy,
        deletedAt,
        keyId,
        key.sign(content()));
  }

  /** What is signed. */
  byte[] content() {
    return new Sha256("vigil-audit-deletion-1")
        .text(trail)
        .number(seq)
        .text(part)
        .number(AuditRow.micros(from))
        .number(AuditRow.micros(to))
        .number(eventCount)
        .number(firstEvent == null ? -1 : firstEvent)
        .number(lastEvent == null ? -1 : lastEvent)
        .bytes(digest)
        .text(policy)
        .text(deletedBy)
        .number(AuditRow.micros(deletedAt))
        .text(keyId)
        .toBytes();
  }

  boolean covers(long micros) {
    return micros >= AuditRow.micros(from) && micros < AuditRow.micros(to);
  }
}
