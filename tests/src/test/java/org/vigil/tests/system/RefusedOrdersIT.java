package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.cli.demo.peer.Ris;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * Bad input: a malformed HL7 message is answered AE or AR with the field named in ERR-2, an unknown
 * facility AR; nothing of it becomes an order, and the sender's next message is taken.
 */
class RefusedOrdersIT {
  private static TestHospital hospital;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @ParameterizedTest(name = "{0}-{1} set to \"{2}\" is answered {3} at {4}")
  @CsvSource({
    "PID, 3, '', AE, PID^1^3",
    "PID, 5, '', AE, PID^1^5",
    "PID, 7, 19xx0230, AE, PID^1^7",
    "PID, 8, Q, AE, PID^1^8",
    "ORC, 1, ZZ, AE, ORC^1^1",
    "OBR, 4, '', AE, OBR^1^4",
    "MSH, 9, ADT^A01, AR, MSH^1^9",
    "MSH, 10, '', AR, MSH^1^10",
    "MSH, 12, 2.9, AR, MSH^1^12",
    "MSH, 6, NOWHERE, AR, MSH^1^6"
  })
  void aWrongFieldIsNamed(String segment, int field, String value, String code, String location) {
    Visit visit = hospital.normal();
    String answer =
        hospital.sendMessage(changed(visit.order(hospital.aeTitle()), segment, field, value));

    assertThat(Ris.acknowledgementCode(answer)).isEqualTo(code);
    assertThat(segment(answer, "ERR").orElseThrow()[2]).startsWith(location);
    assertThat(orders()).doesNotContain(visit.accession());
    hospital.sendOrder(hospital.normal());
  }

  @ParameterizedTest(name = "a message without {0} is answered AR at {1}")
  @CsvSource({"PID, PID^1", "ORC, ORC^1", "OBR, OBR^1"})
  void aMissingSegmentIsNamed(String segment, String location) {
    Visit visit = hospital.normal();
    String message = visit.order(hospital.aeTitle()).replaceAll(segment + "\\|[^\r]*\r", "");
    if (segment.equals("ORC")) {
      message = message.replaceAll("OBR\\|[^\r]*\r", "");
    }

    String answer = hospital.sendMessage(message);

    assertThat(Ris.acknowledgementCode(answer)).isEqualTo("AR");
    assertThat(segment(answer, "ERR").orElseThrow()[2]).startsWith(location);
    assertThat(orders()).doesNotContain(visit.accession());
  }

  @Test
  void whatIsNoHl7AtAllIsAnsweredToo() {
    String answer = hospital.sendMessage("Good evening, have you a bed?\r");

    assertThat(Ris.acknowledgementCode(answer)).isEqualTo("AR");
    assertThat(segment(answer, "ERR").orElseThrow()[2]).startsWith("MSH^1");
  }

  @Test
  void refusalsAreInTheAuditTrail() {
    int before = hospital.audit("MESSAGE_REFUSED").size();

    hospital.sendMessage(changed(hospital.normal().order(hospital.aeTitle()), "PID", 3, ""));

    assertThat(hospital.audit("MESSAGE_REFUSED")).hasSize(before + 1);
  }

  private static String orders() {
    return hospital.as("TECHNOLOGIST").get("api/orders?status=all").ok().toString();
  }

  private static String changed(String message, String segment, int field, String value) {
    StringBuilder changed = new StringBuilder();
    for (String line : message.lines().toList()) {
      String[] fields = line.split("\\|", -1);
      if (fields[0].equals(segment)) {
        // MSH-1 is the separator itself.
        fields[segment.equals("MSH") ? field - 1 : field] = value;
      }
      changed.append(String.join("|", fields)).append('\r');
    }
    return changed.toString();
  }

  private static Optional<String[]> segment(String message, String name) {
    for (String line : message.lines().toList()) {
      if (line.startsWith(name + "|")) {
        return Optional.of(line.split("\\|", -1));
      }
    }
    return Optional.empty();
  }
}
