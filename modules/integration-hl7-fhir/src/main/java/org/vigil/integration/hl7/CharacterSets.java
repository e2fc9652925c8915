package org.vigil.integration.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Character sets by MSH-18 (HL7 table 0211).
 *
 * <p>Without MSH-18, or with ASCII and bytes above 127 (seen in the field), the text is read as
 * UTF-8 and, where it is not that, as ISO 8859-1. A declared character set that the bytes
 * contradict is refused: a name read wrongly is a wrong patient.
 */
public final class CharacterSets {
  private CharacterSets() {}

  /**
   * Decodes a message.
   *
   * @param declared MSH-18 with its repetitions, or empty
   * @return empty when the declared set is unknown, or is contradicted by the bytes
   */
  public static Optional<String> decode(byte[] message, String declared) {
    String[] names =
        Arrays.stream(declared.split("~"))
            .map(CharacterSets::normalized)
            .filter(name -> !name.isEmpty())
            .toArray(String[]::new);
    if (names.length == 0 || (names.length == 1 && names[0].equals("ASCII"))) {
      return Optional.of(
          strictly(message, StandardCharsets.UTF_8)
              .orElseGet(() -> new String(message, StandardCharsets.ISO_8859_1)));
    }
    // A repetition adds an alternate set to ASCII by ISO 2022 escapes; the alternate decides.
    String deciding = names[0].equals("ASCII") ? names[names.length - 1] : names[0];
    return find(deciding).flatMap(charset -> strictly(message, charset));
  }

  /** The character set of this name in table 0211, or as Java names it. */
  static Optional<Charset> find(String name) {
    String javaName =
        switch (name) {
          case "ASCII", "ISO IR6" -> "US-ASCII";
          case "UNICODE", "UNICODE UTF-8", "UTF-8", "UTF8" -> "UTF-8";
          case "ISO IR14" -> "JIS_X0201";
          case "ISO IR87", "ISO IR159" -> "ISO-2022-JP-2";
          case "GB 18030-2000", "GB18030" -> "GB18030";
          case "KS X 1001" -> "EUC-KR";
          case "CNS 11643-1992" -> "x-EUC-TW";
          case "BIG-5" -> "Big5";
          default -> name.startsWith("8859/") ? "ISO-8859-" + name.substring(5) : name;
        };
    try {
      return Optional.of(Charset.forName(javaName));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static String normalized(String name) {
    return name.trim().toUpperCase(Locale.ROOT);
  }

  private static Optional<String> strictly(byte[] bytes, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException contradicted) {
      return Optional.empty();
    }
  }
}
