package org.vigil.identity.domain;

/** Base 32 (RFC 4648 §6) without padding, as authenticator apps read secrets. */
public final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    long buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8 | (b & 0xFF)) & 0xFFFF;
      bits += 8;
      while (bits >= 5) {
        text.append(ALPHABET.charAt((int) (buffer >> (bits - 5)) & 31));
        bits -= 5;
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((int) (buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  /** Reads what {@link #encode} wrote. */
  public static byte[] decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (char c : text.toCharArray()) {
      int value = ALPHABET.indexOf(c);
      if (value < 0) {
        throw new IllegalArgumentException("not base 32");
      }
      buffer = (buffer << 5 | value) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bytes[at++] = (byte) (buffer >> (bits - 8));
        bits -= 8;
      }
    }
    return bytes;
  }
}
