package org.vigil.integration.hl7;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The MSH segment as far as it can be read, so that even a broken message gets an answer addressed
 * to its sender. Texts are empty where absent, never null.
 *
 * @param fieldSeparator MSH-1
 * @param encodingCharacters MSH-2, e.g. {@code ^~\&}
 * @param messageCode MSH-9.1
 * @param triggerEvent MSH-9.2
 * @param acceptAcknowledgment MSH-15: AL, NE, ER, SU or empty
 * @param applicationAcknowledgment MSH-16, likewise
 * @param characterSet MSH-18 with its repetitions
 */
public record MessageHeader(
    char fieldSeparator,
    String encodingCharacters,
    String sendingApplication,
    String sendingFacility,
    String receivingApplication,
    String receivingFacility,
    String messageTime,
    String messageCode,
    String triggerEvent,
    String controlId,
    String processingId,
    String version,
    String acceptAcknowledgment,
    String applicationAcknowledgment,
    String characterSet) {

  private static final Pattern SEGMENT_END = Pattern.compile("[\r\n]");

  /** The header of a message of which nothing could be read. */
  public static final MessageHeader UNREADABLE =
      new MessageHeader('|', "^~\\&", "", "", "", "", "", "", "", "", "", "", "", "", "");

  /** Reads the first segment; empty when it is not an MSH with usable separators. */
  public static Optional<MessageHeader> recover(String message) {
    String line = SEGMENT_END.split(message, 2)[0];
    if (!line.startsWith("MSH") || line.length() < 8) {
      return Optional.empty();
    }
    char separator = line.charAt(3);
    String[] fields = line.substring(4).split(Pattern.quote(String.valueOf(separator)), -1);
    String encoding = fields[0];
    if (Character.isLetterOrDigit(separator) || encoding.length() < 2) {
      return Optional.empty();
    }
    char component = encoding.charAt(0);
    return Optional.of(
        new MessageHeader(
            separator,
            encoding,
            first(fields, 3, component),
            first(fields, 4, component),
            first(fields, 5, component),
            first(fields, 6, component),
            first(fields, 7, component),
            first(fields, 9, component).toUpperCase(Locale.ROOT),
            component(fields, 9, 1, component).toUpperCase(Locale.ROOT),
            field(fields, 10),
            first(fields, 11, component).toUpperCase(Locale.ROOT),
            first(fields, 12, component),
            field(fields, 15).toUpperCase(Locale.ROOT),
            field(fields, 16).toUpperCase(Locale.ROOT),
            field(fields, 18)));
  }

  /** Whether the sender asked for enhanced acknowledgement (§2.9.3): MSH-15 or MSH-16 is valued. */
  public boolean enhanced() {
    return !acceptAcknowledgment.isEmpty() || !applicationAcknowledgment.isEmpty();
  }

  /** {@code ORM^O01}. */
  public String type() {
    return messageCode + "^" + triggerEvent;
  }

  // MSH-1 is the separator itself, so that fields[0] is MSH-2.
  private static String field(String[] fields, int number) {
    int index = number - 2;
    return index < fields.length ? fields[index].replaceAll("[\\x00-\\x1F\\x7F]", "").trim() : "";
  }

  private static String first(String[] fields, int number, char component) {
    return component(fields, number, 0, component);
  }

  private static String component(String[] fields, int number, int index, char component) {
    String[] parts = field(fields, number).split(Pattern.quote(String.valueOf(component)), -1);
    return index < parts.length ? parts[index].trim() : "";
  }
}
