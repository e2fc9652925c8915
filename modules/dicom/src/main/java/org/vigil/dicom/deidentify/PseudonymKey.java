package org.vigil.dicom.deidentify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.vigil.dicom.data.Uids;

/**
 * From real identifiers to invented ones: the same key gives the same pseudonym for the same
 * patient, so that studies of years stay together; without the key nobody finds the way back. Keep
 * a key for each tenant and each purpose apart.
 */
public final class PseudonymKey {
  /** At least 32 bytes. */
  private static final int SHORTEST_KEY = 32;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int MOST_SHIFT_DAYS = 3650;

  private final SecretKeySpec key;

  /**
   * @param secret at least 32 random bytes
   */
  public PseudonymKey(byte[] secret) {
    if (secret.length < SHORTEST_KEY) {
      throw new IllegalArgumentException("A key for pseudonyms has at least 32 bytes");
    }
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  private byte[] hash(String purpose, String... values) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
      for (String value : values) {
        byte[] bytes = (value == null ? "" : value).getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
    }
  }

  /** A pseudonym of 16 characters, digits and capital letters. */
  public String token(String purpose, String... values) {
    byte[] hash = hash(purpose, values);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      text.append(ALPHABET.charAt(hash[i] & 31));
    }
    return text.toString();
  }

  /** The UID that stands for another. */
  public String uid(String uid) {
    ByteBuffer hash = ByteBuffer.wrap(hash("uid", uid));
    long high = (hash.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x8000L;
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return Uids.of(new UUID(high, low));
  }

  /** By how much all dates of a patient move back: 1 to 3,650 days. */
  public Duration dateShift(String issuer, String patientId) {
    ByteBuffer hash = ByteBuffer.wrap(hash("dates", issuer, patientId));
    return Duration.ofDays(1 + Math.floorMod(hash.getLong(), (long) MOST_SHIFT_DAYS));
  }
}
