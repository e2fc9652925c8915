package org.vigil.dicom.data;

import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * (0008,0005) Specific Character Set: how text values are turned into characters and back (PS3.3
 * §C.12.1.1.2, PS3.5 §6.1). Single-byte sets, UTF-8, GB18030 and GBK without code extensions; ISO
 * 2022 escape sequences with any combination of the sets the standard defines.
 */
public final class SpecificCharacterSet {

  private static final byte ESC = 0x1B;

  /** A character set that an escape sequence can bring into G0 (bytes below 0x80) or G1. */
  private enum Coded {
    ASCII("US-ASCII", "(B", true, 1),
    JIS_ROMAJI("US-ASCII", "(J", true, 1),
    LATIN1("ISO-8859-1", "-A", false, 1),
    LATIN2("ISO-8859-2", "-B", false, 1),
    LATIN3("ISO-8859-3", "-C", false, 1),
    LATIN4("ISO-8859-4", "-D", false, 1),
    CYRILLIC("ISO-8859-5", "-L", false, 1),
    ARABIC("ISO-8859-6", "-G", false, 1),
    GREEK("ISO-8859-7", "-F", false, 1),
    HEBREW("ISO-8859-8", "-H", false, 1),
    LATIN5("ISO-8859-9", "-M", false, 1),
    LATIN9("ISO-8859-15", "-b", false, 1),
    THAI("TIS-620", "-T", false, 1),
    KATAKANA("JIS_X0201", ")I", false, 1),
    JIS_X0208("x-JIS0208", "$B", true, 2),
    JIS_X0212("JIS_X0212-1990", "$(D", true, 2),
    KS_X1001("EUC-KR", "$)C", false, 2),
    GB2312("GB2312", "$)A", false, 2);

    final Charset charset;
    final byte[] escape;
    final boolean g0;
    final int bytesPerCharacter;

    Coded(String charset, String escape, boolean g0, int bytesPerCharacter) {
      this.charset = Charset.forName(charset);
      this.escape = escape.getBytes(StandardCharsets.US_ASCII);
      this.g0 = g0;
      this.bytesPerCharacter = bytesPerCharacter;
    }
  }

  /** Defined terms by their ISO_IR number; a value of a code extension ends in the same number. */
  private static final Map<String, Coded> TERMS =
      Map.ofEntries(
          Map.entry("6", Coded.ASCII),
          Map.entry("100", Coded.LATIN1),
          Map.entry("101", Coded.LATIN2),
          Map.entry("109", Coded.LATIN3),
          Map.entry("110", Coded.LATIN4),
          Map.entry("144", Coded.CYRILLIC),
          Map.entry("127", Coded.ARABIC),
          Map.entry("126", Coded.GREEK),
          Map.entry("138", Coded.HEBREW),
          Map.entry("148", Coded.LATIN5),
          Map.entry("203", Coded.LATIN9),
          Map.entry("166", Coded.THAI),
          Map.entry("13", Coded.KATAKANA),
          Map.entry("87", Coded.JIS_X0208),
          Map.entry("159", Coded.JIS_X0212),
          Map.entry("149", Coded.KS_X1001),
          Map.entry("58", Coded.GB2312));

  /** The default repertoire, ISO-IR 6, in force where (0008,0005) is absent. */
  public static final SpecificCharacterSet ASCII =
      new SpecificCharacterSet(null, List.of(Coded.ASCII), false);

  /** {@code ISO_IR 192}: what Vigil writes. */
  public static final SpecificCharacterSet UTF_8 =
      new SpecificCharacterSet(StandardCharsets.UTF_8, List.of(), false, "ISO_IR 192");

  /** Set where one Java charset covers the whole value; null where bytes are taken apart here. */
  private final Charset whole;

  private final List<Coded> coded;
  private final boolean extended;
  private final String[] terms;

  private SpecificCharacterSet(
      Charset whole, List<Coded> coded, boolean extended, String... terms) {
    this.terms = terms;
    this.whole = whole;
    this.coded = coded;
    this.extended = extended;
  }

  /**
   * The character set of the values of (0008,0005). Unknown terms fall back to Latin 1 for reading,
   * which loses no byte.
   *
   * @param terms values such as {@code ISO_IR 100} or {@code "", "ISO 2022 IR 87"}; null or empty
   *     means the default repertoire
   */
  public static SpecificCharacterSet of(String... terms) {
    if (terms == null || terms.length == 0) {
      return ASCII;
    }
    String first = terms[0] == null ? "" : terms[0].trim().toUpperCase(Locale.ROOT);
    switch (first) {
      case "ISO_IR 192":
        return UTF_8;
      case "GB18030":
        return new SpecificCharacterSet(Charset.forName("GB18030"), List.of(), false, first);
      case "GBK":
        return new SpecificCharacterSet(Charset.forName("GBK"), List.of(), false, first);
      default:
        break;
    }
    List<Coded> sets = new ArrayList<>(terms.length);
    for (String term : terms) {
      Coded set = term == null || term.isBlank() ? Coded.ASCII : codedOf(term);
      sets.add(set == null ? Coded.LATIN1 : set);
    }
    boolean extended = terms.length > 1 || first.startsWith("ISO 2022");
    Coded only = sets.get(0);
    Charset whole =
        !extended && only != Coded.ASCII && only != Coded.KATAKANA && only.bytesPerCharacter == 1
            ? only.charset
            : null;
    return new SpecificCharacterSet(whole, List.copyOf(sets), extended, terms.clone());
  }

  private static Coded codedOf(String term) {
    // Tolerant: "ISO_IR 100", "ISO 2022 IR 100", "ISO-IR 100" and "ISO IR 100" are all seen.
    int end = term.length();
    while (end > 0 && Character.isWhitespace(term.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && Character.isDigit(term.charAt(start - 1))) {
      start--;
    }
    return TERMS.get(term.substring(start, end));
  }

  /** Whether every term is one the standard defines. */
  public static boolean isKnown(String... terms) {
    return Arrays.stream(terms)
        .map(t -> t == null ? "" : t.trim().toUpperCase(Locale.ROOT))
        .allMatch(
            t ->
                t.isEmpty()
                    || t.equals("ISO_IR 192")
                    || t.equals("GB18030")
                    || t.equals("GBK")
                    || codedOf(t) != null);
  }

  /** The values of (0008,0005); none for the default repertoire. */
  public String[] terms() {
    return terms.clone();
  }

  /** Decodes one element's bytes, separators included; malformed bytes become U+FFFD. */
  public String decode(byte[] bytes) {
    if (isPlainAscii(bytes)) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    if (whole != null) {
      return new String(bytes, whole);
    }
    return decodeCoded(bytes);
  }

  private static boolean isPlainAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0 || b == ESC) {
        return false;
      }
    }
    return true;
  }

  private String decodeCoded(byte[] bytes) {
    Coded initialG0 = coded.get(0).g0 ? coded.get(0) : Coded.ASCII;
    // Without code extensions a lone ISO-IR 6 with high bytes is a sender's mistake: Latin 1 keeps
    // every byte.
    Coded initialG1 = coded.get(0).g0 ? Coded.LATIN1 : coded.get(0);
    Coded g0 = initialG0;
    Coded g1 = initialG1;
    StringBuilder text = new StringBuilder(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      if (bytes[i] == ESC) {
        Coded set = escapedAt(bytes, i + 1);
        if (set != null) {
          if (set.g0) {
            g0 = set;
          } else {
            g1 = set;
          }
          i += 1 + set.escape.length;
          continue;
        }
      }
      boolean high = bytes[i] < 0;
      if (!high && g0.bytesPerCharacter == 2 && bytes[i] > 0x20) {
        int end = Math.min(i + 2, bytes.length);
        text.append(new String(bytes, i, end - i, g0.charset));
        i = end;
        continue;
      }
      if (!high) {
        char c = (char) bytes[i++];
        text.append(c);
        if (isReset(c)) {
          g0 = initialG0;
          g1 = initialG1;
        }
        continue;
      }
      int end = i + 1;
      while (end < bytes.length && bytes[end] < 0) {
        end++;
      }
      text.append(new String(bytes, i, end - i, g1.charset));
      i = end;
    }
    return text.toString();
  }

  /** PS3.5 §6.1.2.5.3: line ends, tabs and value and component delimiters reset the sets. */
  private static boolean isReset(char c) {
    return c == '\\' || c == '^' || c == '=' || c == '\r' || c == '\n' || c == '\f' || c == '\t';
  }

  private static Coded escapedAt(byte[] bytes, int at) {
    for (Coded set : Coded.values()) {
      int end = at + set.escape.length;
      if (end <= bytes.length && Arrays.equals(bytes, at, end, set.escape, 0, set.escape.length)) {
        return set;
      }
    }
    return null;
  }

  /**
   * Encodes one element's value, separators included.
   *
   * @throws CharacterCodingException if a character is in none of the sets
   */
  public byte[] encode(String text) throws CharacterCodingException {
    if (isPlainAscii(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    if (whole != null) {
      java.nio.ByteBuffer encoded =
          whole
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      return Arrays.copyOf(encoded.array(), encoded.limit());
    }
    return encodeCoded(text);
  }

  private static boolean isPlainAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private byte[] encodeCoded(String text) throws CharacterCodingException {
    Coded initialG0 = coded.get(0).g0 ? coded.get(0) : Coded.ASCII;
    Coded initialG1 = coded.get(0).g0 ? null : coded.get(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2);
    Coded g0 = initialG0;
    Coded g1 = initialG1;
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      String character = Character.toString(codePoint);
      i += character.length();
      if (codePoint < 0x80) {
        if (g0.bytesPerCharacter == 2) {
          g0 = switchTo(initialG0.bytesPerCharacter == 2 ? Coded.ASCII : initialG0, out);
        }
        out.write(codePoint);
        if (isReset((char) codePoint)) {
          g0 = initialG0;
          g1 = initialG1;
        }
        continue;
      }
      Coded set = setFor(character, g0, g1);
      if (set.g0 && set != g0) {
        g0 = switchTo(set, out);
      } else if (!set.g0 && set != g1) {
        g1 = switchTo(set, out);
      }
      out.writeBytes(character.getBytes(set.charset));
    }
    if (g0.bytesPerCharacter == 2) {
      switchTo(Coded.ASCII, out);
    }
    return out.toByteArray();
  }

  private Coded setFor(String character, Coded g0, Coded g1) throws CharacterCodingException {
    if (g1 != null && canEncode(g1, character)) {
      return g1;
    }
    if (canEncode(g0, character)) {
      return g0;
    }
    if (extended) {
      for (Coded set : coded) {
        if (canEncode(set, character)) {
          return set;
        }
      }
    }
    throw new CharacterCodingException();
  }

  private static boolean canEncode(Coded set, String character) {
    CharsetEncoder encoder = set.charset.newEncoder();
    return encoder.canEncode(character);
  }

  private static Coded switchTo(Coded set, ByteArrayOutputStream out) {
    out.write(ESC);
    out.writeBytes(set.escape);
    return set;
  }
}
