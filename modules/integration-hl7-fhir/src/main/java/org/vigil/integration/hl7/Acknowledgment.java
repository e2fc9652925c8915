package org.vigil.integration.hl7;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.vigil.integration.domain.Refusal;

/**
 * The answer to a message (ACK; HL7 v2.5.1 §2.9, §2.14.1), written in the sender's version.
 *
 * <p>Original mode answers AA, AE or AR. In enhanced mode MSH-15 asks for the commit
 * acknowledgement (CA, CE, CR), which Vigil gives after the order is stored; with MSH-15 empty or
 * NE, MSH-16 asks for the application acknowledgement. Never both: one frame answers one frame.
 */
public final class Acknowledgment {
  /** MSH-3 of all that Vigil sends. */
  public static final String APPLICATION = "VIGIL";

  private Acknowledgment() {}

  /** The answer to an order stored, or empty when the sender wants none. */
  public static Optional<String> accepted(MessageHeader header, String ownId, Instant now) {
    boolean commit = commitAsked(header);
    if (!wanted(header, true)) {
      return Optional.empty();
    }
    return Optional.of(
        head(header, ownId, now, commit)
            + "MSA|"
            + (commit ? "CA" : "AA")
            + "|"
            + id(header)
            + "\r");
  }

  /** The answer to a message refused, or empty when the sender wants none. */
  public static Optional<String> refused(
      MessageHeader header, Refusal refusal, String ownId, Instant now) {
    boolean commit = commitAsked(header);
    if (!wanted(header, false)) {
      return Optional.empty();
    }
    String code = commit ? refusal.kind().commitCode() : refusal.kind().applicationCode();
    String text = Hl7Text.escape(refusal.text());
    return Optional.of(
        head(header, ownId, now, commit)
            + ("MSA|" + code + "|" + id(header) + "|" + text + "\r")
            + error(header, refusal, text));
  }

  private static String error(MessageHeader header, Refusal refusal, String text) {
    String coded = refusal.hl7Code() + "^" + meaning(refusal.hl7Code()) + "^HL70357";
    // Versions before 2.5 know ERR-1 (ELD) alone; later ones have it for backward compatibility.
    String old =
        header.version().startsWith("2.5")
            ? ""
            : padded(refusal.location()) + "^" + coded.replace('^', '&');
    return "ERR|" + old + "|" + refusal.location() + "|" + coded + "|E||||" + text + "\r";
  }

  private static String padded(String location) {
    int given = (int) location.chars().filter(c -> c == '^').count();
    return location + "^".repeat(Math.max(0, 2 - given));
  }

  private static String head(MessageHeader header, String ownId, Instant now, boolean commit) {
    String version = header.version().isEmpty() ? "2.5.1" : header.version();
    String trigger =
        header.triggerEvent().isEmpty() || commit
            ? ""
            : "^" + Hl7Text.escape(header.triggerEvent());
    String structure = !trigger.isEmpty() && version.compareTo("2.3.1") >= 0 ? "^ACK" : "";
    String processing = header.processingId().isEmpty() ? "P" : header.processingId();
    return "MSH|^~\\&|"
        + APPLICATION
        + "|"
        + Hl7Text.escape(header.receivingFacility())
        + "|"
        + Hl7Text.escape(header.sendingApplication())
        + "|"
        + Hl7Text.escape(header.sendingFacility())
        + "|"
        + Hl7Times.write(now, ZoneOffset.UTC)
        + "||ACK"
        + trigger
        + structure
        + "|"
        + ownId
        + "|"
        + Hl7Text.escape(processing)
        + "|"
        + Hl7Text.escape(version)
        + "||||||"
        + Hl7Text.escape(header.characterSet()).replace("\\R\\", "~")
        + "\r";
  }

  private static String id(MessageHeader header) {
    return Hl7Text.escape(header.controlId());
  }

  private static boolean commitAsked(MessageHeader header) {
    return !header.acceptAcknowledgment().isEmpty() && !header.acceptAcknowledgment().equals("NE");
  }

  private static boolean wanted(MessageHeader header, boolean success) {
    if (!header.enhanced()) {
      return true;
    }
    String condition =
        commitAsked(header) ? header.acceptAcknowledgment() : header.applicationAcknowledgment();
    return switch (condition) {
      case "NE", "" -> false;
      case "ER" -> !success;
      case "SU" -> success;
      default -> true;
    };
  }

  /** HL7 table 0357. */
  private static String meaning(int code) {
    return switch (code) {
      case 100 -> "Segment sequence error";
      case 101 -> "Required field missing";
      case 102 -> "Data type error";
      case 103 -> "Table value not found";
      case 200 -> "Unsupported message type";
      case 201 -> "Unsupported event code";
      case 202 -> "Unsupported processing id";
      case 203 -> "Unsupported version id";
      case 204 -> "Unknown key identifier";
      case 205 -> "Duplicate key identifier";
      case 206 -> "Application record locked";
      default -> "Application internal error";
    };
  }
}
