package org.vigil.identity.domain;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as authenticator apps make them: HMAC-SHA1, 6 digits,
 * steps of 30 seconds. One step of clock difference either way is tolerated; a step is used once.
 */
public final class Totp {
  /** Of a secret, as RFC 4226 §4 recommends. */
  public static final int SECRET_BYTES = 20;

  static final int DIGITS = 6;
  private static final int STEP_SECONDS = 30;
  private static final int TOLERATED_STEPS = 1;

  private Totp() {}

  /**
   * The step whose code this is.
   *
   * @param lastStep the last step that was used; it and earlier ones are refused
   * @return empty when the code is wrong or was used
   */
  public static OptionalLong matchingStep(byte[] secret, String code, Instant now, long lastStep) {
    if (code == null || !code.matches("[0-9]{" + DIGITS + "}")) {
      return OptionalLong.empty();
    }
    long current = now.getEpochSecond() / STEP_SECONDS;
    for (long step = current - TOLERATED_STEPS; step <= current + TOLERATED_STEPS; step++) {
      if (step > lastStep
          && MessageDigest.isEqual(
              code(secret, step, DIGITS).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              code.getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
        return OptionalLong.of(step);
      }
    }
    return OptionalLong.empty();
  }

  /** The code of a moment. */
  public static String code(byte[] secret, Instant at) {
    return code(secret, at.getEpochSecond() / STEP_SECONDS, DIGITS);
  }

  /** RFC 4226 §5.3 with the step as its counter. */
  static String code(byte[] secret, long step, int digits) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "RAW"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0x0F;
      int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7FFFFFFF;
      int modulus = 1;
      for (int i = 0; i < digits; i++) {
        modulus *= 10;
      }
      return String.format(java.util.Locale.ROOT, "%0" + digits + "d", number % modulus);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }
}
