package org.vigil.identity.domain;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * PBKDF2-HMAC-SHA256 (RFC 8018 §5.2), 16 bytes of salt, 32 of hash, stored as {@code
 * pbkdf2-sha256$iterations$salt$hash} so that the work can be raised later.
 */
public final class PasswordHash {
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int ITERATIONS = 310_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Compared against when the account is unknown, so that the answer takes as long. */
  public static final String OF_NOBODY = hash(new char[] {'n', 'o', 'b', 'o', 'd', 'y'});

  private PasswordHash() {}

  public static String hash(char[] password) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return "pbkdf2-sha256$"
        + ITERATIONS
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(derive(password, salt, ITERATIONS));
  }

  /** Compares in constant time. */
  public static boolean matches(char[] password, String stored) {
    String[] parts = stored.split("\\$", -1);
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    byte[] actual =
        derive(password, Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]));
    return MessageDigest.isEqual(expected, actual);
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, 256);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, java.util.Map.of(), e);
    } finally {
      spec.clearPassword();
    }
  }
}
