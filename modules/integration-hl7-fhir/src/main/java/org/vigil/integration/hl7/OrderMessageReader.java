package org.vigil.integration.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.integration.domain.MessageRefusedException;
import org.vigil.integration.domain.Refusal;
import org.vigil.kernel.ErrorCode;

/**
 * Reads imaging orders: ORM^O01 (v2.3 to 2.5.1), OMG^O19 and OMI^O23 (v2.4 to 2.5.1), also as IHE
 * Scheduled Workflow RAD-2, RAD-3, RAD-4 and RAD-13 send them.
 *
 * <p>Tolerant in what is not needed, strict in what decides who the patient is: whatever is refused
 * names its field.
 */
public final class OrderMessageReader {
  /** Versions read. */
  public static final Set<String> VERSIONS = Set.of("2.3", "2.3.1", "2.4", "2.5", "2.5.1");

  private static final Map<String, String> EVENTS =
      Map.of("ORM", "O01", "OMG", "O19", "OMI", "O23");

  private OrderMessageReader() {}

  /**
   * Whether a message with this header can be processed at all.
   *
   * @throws MessageRefusedException AR, naming the field of MSH
   */
  public static void checkHeader(MessageHeader header) {
    if (header.controlId().isEmpty()) {
      throw rejected(
          ErrorCode.INTEGRATION_0002, 10, 101, "the message control id (MSH-10) is missing");
    }
    if (header.messageCode().isEmpty()) {
      throw rejected(ErrorCode.INTEGRATION_0002, 9, 101, "the message type (MSH-9) is missing");
    }
    String event = EVENTS.get(header.messageCode());
    if (event == null) {
      throw rejected(
          ErrorCode.INTEGRATION_0004,
          9,
          200,
          "this message type is not accepted here; send ORM^O01, OMG^O19 or OMI^O23");
    }
    if (!event.equals(header.triggerEvent())) {
      throw rejected(
          ErrorCode.INTEGRATION_0004,
          9,
          201,
          "this event is not accepted here; send " + header.messageCode() + "^" + event);
    }
    if (!VERSIONS.contains(header.version())) {
      throw rejected(
          ErrorCode.INTEGRATION_0005,
          12,
          203,
          "this HL7 version is not accepted here; send 2.3, 2.3.1, 2.4, 2.5 or 2.5.1");
    }
    if (!header.processingId().isEmpty()
        && !Set.of("P", "D", "T").contains(header.processingId())) {
      throw rejected(
          ErrorCode.INTEGRATION_0004, 11, 202, "MSH-11 must be P (or D, T on a test system)");
    }
  }

  /**
   * Reads every order of a message, in the message's order.
   *
   * @param zone the hospital's, for times without offset
   * @return at least one order
   * @throws MessageRefusedException AE naming the field, or AR when the structure is not an order
   */
  public static List<PlaceOrder> read(String text, MessageHeader header, ZoneId zone) {
    Segments segments = parse(text);
    Segments.Located patient = null;
    List<OrderFields> groups = new ArrayList<>();
    for (Segments.Located segment : segments.inOrder()) {
      switch (segment.name()) {
        case "PID" -> patient = patient == null ? segment : patient;
        case "ORC" -> groups.add(new OrderFields(segment));
        case "TQ1", "OBR", "IPC" -> {
          if (groups.isEmpty()) {
            throw misplaced(segment.name(), "an ORC must come before " + segment.name());
          }
          groups.get(groups.size() - 1).add(segment);
        }
        default -> {
          // NTE, PV1, IN1, DG1, OBX, Z-segments: kept in the raw message, not acted upon.
        }
      }
    }
    if (patient == null) {
      throw misplaced("PID", "the segment PID is missing");
    }
    if (groups.isEmpty()) {
      throw misplaced("ORC", "the segment ORC is missing");
    }
    PatientFields who = PatientFields.read(patient);
    List<PlaceOrder> orders = new ArrayList<>();
    for (OrderFields group : groups) {
      orders.add(group.toCommand(who, header, zone));
    }
    return orders;
  }

  private static Segments parse(String text) {
    try {
      Message message = Hl7Context.parser().parse(text.replaceAll("\r\n|\n", "\r"));
      return Segments.of(message);
    } catch (HL7Exception e) {
      // HAPI's message can quote the content; only the place is told.
      String segment =
          e.getLocation() == null || e.getLocation().getSegmentName() == null
              ? "MSH"
              : e.getLocation().getSegmentName();
      throw new MessageRefusedException(
          Refusal.reject(
              ErrorCode.INTEGRATION_0001,
              segment + "^1",
              "the message is malformed near segment " + segment));
    }
  }

  private static MessageRefusedException misplaced(String segment, String explanation) {
    return new MessageRefusedException(
        Refusal.reject(ErrorCode.INTEGRATION_0001, segment + "^1", explanation));
  }

  private static MessageRefusedException rejected(
      ErrorCode code, int field, int hl7Code, String explanation) {
    return new MessageRefusedException(
        Refusal.reject(code, "MSH^1^" + field, explanation).hl7Code(hl7Code));
  }
}
