package org.vigil.cli.demo;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * An order as the demo's RIS writes it: ORM^O01 of HL7 v2.5.1.
 *
 * @param patientName {@code family^given} as in PID-5
 * @param patientBirthDate {@code yyyyMMdd}, or empty
 * @param orderingProvider {@code id^family^given} as in ORC-12
 */
public record OrderMessage(
    String controlId,
    String receivingFacility,
    LocalDateTime at,
    String patientId,
    String assigningAuthority,
    String patientName,
    String patientBirthDate,
    String patientSex,
    String placerOrderNumber,
    String accessionNumber,
    String procedure,
    String modality,
    String orderingProvider,
    String reason) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  String text() {
    String when = TIME.format(at);
    return String.join(
        "\r",
        "MSH|^~\\&|RIS|"
            + receivingFacility
            + "|VIGIL|"
            + receivingFacility
            + "|"
            + when
            + "||ORM^O01^ORM_O01|"
            + controlId
            + "|P|2.5.1|||||USA|UNICODE UTF-8",
        "PID|1||"
            + patientId
            + "^^^"
            + assigningAuthority
            + "^MR||"
            + patientName
            + "||"
            + patientBirthDate
            + "|"
            + patientSex,
        "PV1|1|E",
        "ORC|NW|"
            + placerOrderNumber
            + "|"
            + accessionNumber
            + "||SC||^^^"
            + when
            + "^^R||"
            + when
            + "|||"
            + orderingProvider,
        "OBR|1|"
            + placerOrderNumber
            + "|"
            + accessionNumber
            + "|"
            + procedure
            + "|||"
            + when
            + "|||||||||"
            + orderingProvider
            + "||"
            + accessionNumber
            + "||||||"
            + modality
            + "|||^^^"
            + when
            + "^^R||||"
            + reason,
        "");
  }
}
