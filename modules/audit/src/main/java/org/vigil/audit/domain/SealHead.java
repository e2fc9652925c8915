package org.vigil.audit.domain;

import java.time.Instant;

/**
 * The end of a chain at some time: kept outside the database too, so that a chain cut short there
 * is noticed.
 */
public record SealHead(
    String trail,
    long seq,
    long eventTotal,
    byte[] hash,
    Instant sealedAt,
    String keyId,
    byte[] signature) {

  /** The head of a chain without a seal. */
  static SealHead none(String trail) {
    return new SealHead(trail, 0, 0, new byte[Sha256.LENGTH], Instant.EPOCH, "", new byte[0]);
  }
}
