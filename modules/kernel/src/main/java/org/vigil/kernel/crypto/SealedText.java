package org.vigil.kernel.crypto;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;

/**
 * Short texts that leave the process for a while, such as the messages of a queue: AES-256-GCM by a
 * key derived from the data key (HKDF-SHA-256), written as Base64url of version (1 byte), data
 * key's id (16 bytes), nonce, ciphertext and tag. The context is authenticated with the text: what
 * was sealed for one purpose opens for no other.
 */
public final class SealedText {
  private static final byte VERSION = 1;
  private static final int HEADER = 1 + 16;
  private static final byte[] INFO = "vigil sealed text".getBytes(StandardCharsets.UTF_8);

  private SealedText() {}

  /**
   * Seals a text.
   *
   * @param context what the text is for, such as a queue and a hospital
   */
  public static String seal(DataKey key, String context, String text) {
    try {
      byte[] sealed =
          cipher(key).encrypt(text.getBytes(StandardCharsets.UTF_8), associated(context));
      byte[] all =
          ByteBuffer.allocate(HEADER + sealed.length)
              .put(VERSION)
              .putLong(key.id().getMostSignificantBits())
              .putLong(key.id().getLeastSignificantBits())
              .put(sealed)
              .array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM and HMAC-SHA-256", e);
    }
  }

  /**
   * Opens a sealed text.
   *
   * @param keys answer with CRYPTO-0001 when the key is none that this reader may use
   * @throws GeneralSecurityException when it is no sealed text, was sealed by another key or for
   *     another context, or has been changed; the message does not quote it
   */
  public static String open(KeySource keys, String context, String sealed)
      throws GeneralSecurityException {
    ByteBuffer all;
    try {
      all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not a sealed text", e);
    }
    if (all.remaining() <= HEADER || all.get() != VERSION) {
      throw new GeneralSecurityException("not a sealed text of version " + VERSION);
    }
    DataKey key = keys.key(new UUID(all.getLong(), all.getLong()));
    byte[] ciphertext = new byte[all.remaining()];
    all.get(ciphertext);
    return new String(cipher(key).decrypt(ciphertext, associated(context)), StandardCharsets.UTF_8);
  }

  private static AesGcmJce cipher(DataKey key) throws GeneralSecurityException {
    return new AesGcmJce(
        Hkdf.computeHkdf("HmacSha256", key.material(), new byte[0], INFO, DataKey.BYTES));
  }

  private static byte[] associated(String context) {
    return context.getBytes(StandardCharsets.UTF_8);
  }
}
