package org.vigil.integration.hl7;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.integration.domain.MessageRefusedException;
import org.vigil.integration.domain.Refusal;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;

/** One order group of a message: ORC with its first TQ1, OBR and IPC. */
final class OrderFields {
  /** Modalities as DICOM names them (PS3.3 §C.7.3.1.1.1), as far as an order can ask for them. */
  private static final Set<String> MODALITIES =
      Set.of(
          "BMD", "CR", "CT", "DX", "ES", "IO", "MG", "MR", "NM", "OPT", "PT", "PX", "RF", "RG",
          "US", "XA", "XC");

  private final Segments.Located control;
  private Segments.Located timing;
  private Segments.Located request;
  private Segments.Located procedure;

  OrderFields(Segments.Located control) {
    this.control = control;
  }

  void add(Segments.Located segment) {
    switch (segment.name()) {
      case "TQ1" -> timing = timing == null ? segment : timing;
      case "OBR" -> request = request == null ? segment : request;
      case "IPC" -> procedure = procedure == null ? segment : procedure;
      default -> throw new IllegalArgumentException(segment.name());
    }
  }

  /**
   * The order as analysis takes it.
   *
   * @throws MessageRefusedException AE naming the field
   */
  PlaceOrder toCommand(PatientFields patient, MessageHeader header, ZoneId zone) {
    PlaceOrder.Control what = what();
    if (request == null && what != PlaceOrder.Control.CANCEL) {
      throw new MessageRefusedException(
          Refusal.reject(
              ErrorCode.INTEGRATION_0001,
              "OBR^" + control.sequence(),
              "the segment OBR of this order is missing"));
    }
    String filler = first(control.value(3), obr(3, 1));
    String placer = first(control.value(2), obr(2, 1), filler);
    if (placer.isEmpty()) {
      throw missing(control.location(2), "the order number (ORC-2, or ORC-3) is missing");
    }
    String code = obr(4, 1);
    String text = first(obr(4, 2), obr(4, 5));
    if (code.isEmpty() && text.isEmpty() && what != PlaceOrder.Control.CANCEL) {
      throw missing(request.location(4), "the procedure (OBR-4) is missing");
    }
    Segments.Located provider = provider();
    int field = provider == control ? 12 : 16;
    return new PlaceOrder(
        what,
        placer,
        orNull(filler),
        orNull(first(obr(18, 1), value(procedure, 1, 1), filler)),
        patient.id(),
        patient.issuer(),
        patient.name(),
        patient.birthDate(),
        patient.sex(),
        orNull(code),
        orNull(first(text, code)),
        modality(),
        Priority.ofHl7(first(value(timing, 9, 1), control.value(7, 6), obr(27, 6), obr(5, 1))),
        provider == null ? null : orNull(provider.value(field)),
        provider == null ? null : orNull(providerName(provider, field)),
        orNull(reason()),
        orderedAt(header, zone),
        header.sendingApplication(),
        header.sendingFacility());
  }

  private PlaceOrder.Control what() {
    String code = control.value(1).toUpperCase(Locale.ROOT);
    return switch (code) {
      case "NW", "SN", "RO" -> PlaceOrder.Control.NEW;
      case "XO", "XX", "RP", "SC" -> PlaceOrder.Control.CHANGE;
      case "CA", "OC", "DC", "OD" -> PlaceOrder.Control.CANCEL;
      case "" -> throw missing(control.location(1), "the order control (ORC-1) is missing");
      default ->
          throw new MessageRefusedException(
              Refusal.error(
                      ErrorCode.INTEGRATION_0003,
                      control.location(1),
                      "the order control (ORC-1) is not one that Vigil acts upon: NW, SN, RO, XO,"
                          + " XX, RP, SC, CA, OC, DC or OD")
                  .hl7Code(103));
    };
  }

  /** IPC-5, else OBR-24 where it holds a modality (IHE) or a section that means just one. */
  private String modality() {
    String asked = first(value(procedure, 5, 1), obr(24, 1)).toUpperCase(Locale.ROOT);
    if (MODALITIES.contains(asked)) {
      return asked;
    }
    // Table 0074. RAD and RX name more than one modality, so nothing is concluded from them.
    return switch (asked) {
      case "NMR", "MRI" -> "MR";
      case "RUS", "VUS", "CUS", "OUS" -> "US";
      case "NMS" -> "NM";
      case "XRC" -> "RF";
      default -> null;
    };
  }

  private Segments.Located provider() {
    if (!control.value(12).isEmpty() || !control.value(12, 2).isEmpty()) {
      return control;
    }
    return obr(16, 1).isEmpty() && obr(16, 2).isEmpty() ? null : request;
  }

  // XCN: id, family & own surname …, given, middle, suffix, prefix.
  private static String providerName(Segments.Located segment, int field) {
    return PatientFields.personName(
        segment.value(field, 2),
        segment.value(field, 3),
        segment.value(field, 4),
        segment.value(field, 6),
        segment.value(field, 5));
  }

  private String reason() {
    return first(obr(31, 2), obr(31, 1), obr(13, 1), control.value(16, 2), control.value(16));
  }

  private Instant orderedAt(MessageHeader header, ZoneId zone) {
    String stated = control.value(9);
    if (stated.isEmpty()) {
      return Hl7Times.instant(header.messageTime(), zone).orElse(null);
    }
    return Hl7Times.instant(stated, zone)
        .orElseThrow(
            () ->
                new MessageRefusedException(
                    Refusal.error(
                        ErrorCode.INTEGRATION_0003,
                        control.location(9),
                        "the time of the order (ORC-9) is not a time of the form"
                            + " YYYYMMDDHHMM[SS][+ZZZZ]")));
  }

  private String obr(int field, int component) {
    return value(request, field, component);
  }

  private static String value(Segments.Located segment, int field, int component) {
    return segment == null ? "" : segment.value(field, component);
  }

  private static String first(String... candidates) {
    for (String candidate : candidates) {
      if (!candidate.isEmpty()) {
        return candidate;
      }
    }
    return "";
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static MessageRefusedException missing(String location, String explanation) {
    return new MessageRefusedException(
        Refusal.error(ErrorCode.INTEGRATION_0002, location, explanation));
  }
}
