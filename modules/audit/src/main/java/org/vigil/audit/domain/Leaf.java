package org.vigil.audit.domain;

import java.nio.ByteBuffer;

/**
 * An event's entry in a seal.
 *
 * @param micros when it occurred, microseconds since 1970
 * @param hash of the row, 32 bytes
 * @param marks of its columns, {@link AuditRow.Digest}
 */
record Leaf(long id, long micros, byte[] hash, byte[] marks) {

  static Leaf of(AuditRow row) {
    AuditRow.Digest digest = row.digest();
    return new Leaf(row.id(), row.occurredAtMicros(), digest.hash(), digest.marks());
  }

  byte[] content() {
    return ByteBuffer.allocate(2 * Long.BYTES + hash.length + marks.length)
        .putLong(id)
        .putLong(micros)
        .put(hash)
        .put(marks)
        .array();
  }
}
