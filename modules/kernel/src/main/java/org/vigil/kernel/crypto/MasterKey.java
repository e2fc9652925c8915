package org.vigil.kernel.crypto;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/**
 * The key that wraps data keys and encrypts nothing else: rotating it rewraps them and touches no
 * file. Wrapping is AES-256-GCM; the owner, the data key's id and this key's name are authenticated
 * with it, so that a wrapped key moved to another row does not open.
 */
public final class MasterKey {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String name;
  private final byte[] material;

  private MasterKey(String name, byte[] material) {
    this.name = Objects.requireNonNull(name, "name");
    if (material.length != DataKey.BYTES) {
      throw new IllegalArgumentException("A master key has " + DataKey.BYTES + " bytes");
    }
    this.material = material;
  }

  /** A new key's text, as a credential store keeps it: Base64 of 32 random bytes. */
  public static String generate() {
    byte[] material = new byte[DataKey.BYTES];
    RANDOM.nextBytes(material);
    return Base64.getEncoder().encodeToString(material);
  }

  /**
   * The key of a text made by {@link #generate}.
   *
   * @param name under which the store keeps it
   * @throws IllegalArgumentException when the text is no such key; the message does not quote it
   */
  public static MasterKey of(String name, String text) {
    try {
      return new MasterKey(name, Base64.getDecoder().decode(text.strip()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The master key " + name + " is not 32 bytes in Base64", null);
    }
  }

  public String name() {
    return name;
  }

  /**
   * Encrypts a data key.
   *
   * @param owner whose key it is, such as a tenant's id
   */
  public byte[] wrap(DataKey key, String owner) {
    try {
      return new AesGcmJce(material).encrypt(key.material(), bound(key.id(), owner));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
  }

  /**
   * Decrypts a data key.
   *
   * @throws GeneralSecurityException when it was wrapped by another key, for another owner or id,
   *     or has been changed
   */
  public DataKey unwrap(UUID id, byte[] wrapped, String owner) throws GeneralSecurityException {
    return new DataKey(id, new AesGcmJce(material).decrypt(wrapped, bound(id, owner)));
  }

  private byte[] bound(UUID id, String owner) {
    return ("vigil data key\n" + owner + "\n" + id + "\n" + name).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "MasterKey " + name;
  }
}
