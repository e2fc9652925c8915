package org.vigil.audit.domain;

import java.time.Instant;
import java.util.List;

/**
 * A batch of events, sealed: its place in the chain, what it covers, and the signature of a key
 * that the database does not have.
 *
 * @param trail schema of the trail, so that no seal fits another's
 * @param seq 1 for the first; no number is ever left out
 * @param leaves the events covered, ascending by id; explicit, since ids are not committed in order
 * @param tags 8 bytes a leaf, see {@link LeafTags}
 * @param root of the {@link MerkleTree} over the leaves
 * @param eventTotal events in this and all earlier seals
 * @param previousHash of the seal before, or 32 zeros
 * @param sealedAt by the database's clock
 * @param hash of everything above but tags
 * @param signature of the hash
 */
record Seal(
    String trail,
    long seq,
    List<Leaf> leaves,
    byte[] tags,
    byte[] root,
    long eventTotal,
    byte[] previousHash,
    Instant sealedAt,
    String keyId,
    byte[] hash,
    byte[] signature) {

  /** Seals a batch on top of a chain's head. */
  static Seal of(
      String trail, SealHead before, List<Leaf> leaves, Instant sealedAt, SealingKey key) {
    long seq = before.seq() + 1;
    long total = before.eventTotal() + leaves.size();
    byte[] root = MerkleTree.root(leaves.stream().map(Leaf::content).toList());
    byte[] hash = hash(trail, seq, leaves.size(), root, total, before.hash(), sealedAt, key.id());
    return new Seal(
        trail,
        seq,
        leaves,
        new LeafTags(key, trail, seq).of(leaves),
        root,
        total,
        before.hash(),
        sealedAt,
        key.id(),
        hash,
        key.sign(hash));
  }

  static byte[] hash(
      String trail,
      long seq,
      int count,
      byte[] root,
      long total,
      byte[] previousHash,
      Instant sealedAt,
      String keyId) {
    return new Sha256("vigil-audit-seal-1")
        .text(trail)
        .number(seq)
        .number(count)
        .bytes(root)
        .number(total)
        .bytes(previousHash)
        .number(AuditRow.micros(sealedAt))
        .text(keyId)
        .toBytes();
  }

  /** The hash that its own content gives. */
  byte[] recomputed() {
    return hash(
        trail,
        seq,
        leaves.size(),
        MerkleTree.root(leaves.stream().map(Leaf::content).toList()),
        eventTotal,
        previousHash,
        sealedAt,
        keyId);
  }

  SealHead head() {
    return new SealHead(trail, seq, eventTotal, hash, sealedAt, keyId, signature);
  }
}
