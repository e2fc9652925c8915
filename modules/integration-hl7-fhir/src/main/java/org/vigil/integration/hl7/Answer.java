package org.vigil.integration.hl7;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a peer answered to a message of Vigil.
 *
 * @param code MSA-1: AA, AE, AR, CA, CE or CR
 * @param controlId MSA-2: the message answered
 * @param errorCode ERR-3.1 of the first ERR, or empty
 */
public record Answer(String code, String controlId, String errorCode) {
  private static final Pattern SEGMENT_END = Pattern.compile("[\r\n]+");

  /** Reads an ACK of any version; empty when there is no MSA. */
  public static Optional<Answer> read(String message) {
    Optional<MessageHeader> header = MessageHeader.recover(message);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    String separator = Pattern.quote(String.valueOf(header.get().fieldSeparator()));
    String component = Pattern.quote(header.get().encodingCharacters().substring(0, 1));
    String[] answer = null;
    String error = "";
    for (String line : SEGMENT_END.split(message)) {
      String[] fields = line.split(separator, -1);
      if (fields[0].equals("MSA") && fields.length > 2) {
        answer = fields;
      } else if (fields[0].equals("ERR") && fields.length > 3 && error.isEmpty()) {
        error = fields[3].split(component, -1)[0];
      }
    }
    return answer == null
        ? Optional.empty()
        : Optional.of(new Answer(answer[1].trim(), answer[2].trim(), error));
  }

  public boolean accepted() {
    return code.equals("AA") || code.equals("CA");
  }

  /** Rejected for good: not because the peer's system failed for the moment (207). */
  public boolean rejected() {
    return (code.equals("AR") || code.equals("CR")) && !errorCode.equals("207");
  }
}
