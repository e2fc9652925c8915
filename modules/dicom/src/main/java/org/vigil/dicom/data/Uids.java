package org.vigil.dicom.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Makes and checks unique identifiers (PS3.5 §9). Made ones lie under {@code 2.25}: a UUID as one
 * decimal number (PS3.5 §B.2), at most 44 characters.
 */
public final class Uids {

  /** Implementation Class UID of this toolkit (PS3.7 §D.3.3.2). */
  public static final String IMPLEMENTATION_CLASS_UID =
      "2.25.249692980263998467580588898057152940079";

  /** Implementation Version Name of this toolkit, at most 16 characters. */
  public static final String IMPLEMENTATION_VERSION_NAME = "VIGIL_0_1";

  private Uids() {}

  /** A new UID from a random UUID (version 4). */
  public static String fresh() {
    return of(UUID.randomUUID());
  }

  /**
   * The UID of a name: the same parts always give the same UID, in any process, so that a repeated
   * step produces the same object. The UUID is version 8 (RFC 9562), from SHA-256 of the parts with
   * their lengths.
   */
  public static String named(String... parts) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    long high = (hash.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x8000L;
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return of(new UUID(high, low));
  }

  /** The UID of a UUID. */
  public static String of(UUID uuid) {
    byte[] magnitude =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    return "2.25." + new BigInteger(1, magnitude);
  }

  /**
   * Whether a string is a UID (PS3.5 §9.1): 1 to 64 characters, digits in components without
   * leading zeros, separated by single dots.
   */
  public static boolean isValid(String uid) {
    if (uid == null || uid.isEmpty() || uid.length() > 64) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= uid.length(); i++) {
      if (i == uid.length() || uid.charAt(i) == '.') {
        if (i == start || (uid.charAt(start) == '0' && i > start + 1)) {
          return false;
        }
        start = i + 1;
      } else if (uid.charAt(i) < '0' || uid.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
