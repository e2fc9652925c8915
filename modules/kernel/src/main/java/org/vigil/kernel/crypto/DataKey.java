package org.vigil.kernel.crypto;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.UUID;

/** A key that encrypts files: 256 random bits with an id that each file's header names. */
public final class DataKey {
  static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final UUID id;
  private final byte[] material;

  DataKey(UUID id, byte[] material) {
    this.id = Objects.requireNonNull(id, "id");
    if (material.length != BYTES) {
      throw new IllegalArgumentException("A data key has " + BYTES + " bytes");
    }
    this.material = material.clone();
  }

  /** A new key. */
  public static DataKey generate() {
    byte[] material = new byte[BYTES];
    RANDOM.nextBytes(material);
    return new DataKey(UUID.randomUUID(), material);
  }

  public UUID id() {
    return id;
  }

  byte[] material() {
    return material;
  }

  /** The id alone: the key belongs into no log. */
  @Override
  public String toString() {
    return "DataKey " + id;
  }
}
