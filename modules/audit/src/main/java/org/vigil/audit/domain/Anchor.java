package org.vigil.audit.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A day's seals under one signed root; a copy is kept outside the database.
 *
 * @param day in UTC: the seals are those of this day and of earlier days not anchored yet
 * @param root of the {@link MerkleTree} over the seals' hashes
 * @param headHash hash of the last seal
 */
public record Anchor(
    String trail,
    LocalDate day,
    long firstSeal,
    long lastSeal,
    long eventTotal,
    byte[] root,
    byte[] headHash,
    Instant anchoredAt,
    String keyId,
    byte[] signature) {

  static Anchor of(
      String trail, LocalDate day, List<SealHead> seals, Instant anchoredAt, SealingKey key) {
    SealHead last = seals.get(seals.size() - 1);
    Anchor unsigned =
        new Anchor(
            trail,
            day,
            seals.get(0).seq(),
            last.seq(),
            last.eventTotal(),
            MerkleTree.root(seals.stream().map(SealHead::hash).toList()),
            last.hash(),
            anchoredAt,
            key.id(),
            new byte[0]);
    return new Anchor(
        trail,
        day,
        unsigned.firstSeal,
        unsigned.lastSeal,
        unsigned.eventTotal,
        unsigned.root,
        unsigned.headHash,
        anchoredAt,
        key.id(),
        key.sign(unsigned.digest()));
  }

  /** What is signed. */
  byte[] digest() {
    return new Sha256("vigil-audit-anchor-1")
        .text(trail)
        .text(day.toString())
        .number(firstSeal)
        .number(lastSeal)
        .number(eventTotal)
        .bytes(root)
        .bytes(headHash)
        .number(AuditRow.micros(anchoredAt))
        .text(keyId)
        .toBytes();
  }
}
