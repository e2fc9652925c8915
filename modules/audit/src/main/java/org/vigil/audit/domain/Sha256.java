package org.vigil.audit.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A digest over fields that cannot run into one another: each is written with its length. */
final class Sha256 {
  static final int LENGTH = 32;

  private final MessageDigest digest;

  /**
   * @param purpose what is digested, so that a digest of one kind is never taken for another
   */
  Sha256(String purpose) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    text(purpose);
  }

  Sha256 number(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  /** Null differs from the empty text. */
  Sha256 text(String value) {
    return value == null ? number(-1) : bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  Sha256 bytes(byte[] value) {
    number(value.length);
    digest.update(value);
    return this;
  }

  byte[] toBytes() {
    return digest.digest();
  }
}
