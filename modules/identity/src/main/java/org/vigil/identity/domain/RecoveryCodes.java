package org.vigil.identity.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Codes that serve once instead of a one-time code, when the phone is lost. They are random (80
 * bits), so that a plain hash keeps them as well as a slow one would.
 */
public final class RecoveryCodes {
  private static final int COUNT = 10;
  private static final int BYTES = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RecoveryCodes() {}

  /** Fresh ones, in groups of four letters. */
  public static List<String> fresh() {
    return Stream.generate(RecoveryCodes::one).limit(COUNT).toList();
  }

  /** As stored; spaces, hyphens and case do not matter. */
  public static String hash(String code) {
    String plain = code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z2-7]", "");
    return sha256("recovery:" + plain);
  }

  /** SHA-256 in hexadecimal, for secrets that are random themselves. */
  public static String sha256(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String one() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base32.encode(bytes).replaceAll("(.{4})(?=.)", "$1-");
  }
}
