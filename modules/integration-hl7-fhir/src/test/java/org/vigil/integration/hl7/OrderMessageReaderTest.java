package org.vigil.integration.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.integration.domain.MessageRefusedException;
import org.vigil.integration.domain.Refusal;
import org.vigil.kernel.Priority;

class OrderMessageReaderTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @Test
  void readsAnOrmOfVersion23() {
    PlaceOrder order = read(Messages.ORM_23).get(0);

    assertThat(order.control()).isEqualTo(PlaceOrder.Control.NEW);
    assertThat(order.placerOrderNumber()).isEqualTo("P-1001");
    assertThat(order.fillerOrderNumber()).isEqualTo("F-1001");
    assertThat(order.accessionNumber()).isEqualTo("ACC-1001");
    assertThat(order.patientId()).isEqualTo("40017");
    assertThat(order.issuerOfPatientId()).isEqualTo("STAGNES");
    assertThat(order.patientName()).isEqualTo("Beispiel^Anna^Maria^Prof^Dr");
    assertThat(order.patientBirthDate()).isEqualTo(LocalDate.of(1958, 3, 4));
    assertThat(order.patientSex()).isEqualTo("F");
    assertThat(order.procedureCode()).isEqualTo("71046");
    assertThat(order.procedureText()).isEqualTo("Chest two views");
    assertThat(order.modality()).isEqualTo("CR");
    assertThat(order.priority()).isEqualTo(Priority.STAT);
    assertThat(order.orderingProviderId()).isEqualTo("4711");
    assertThat(order.orderingProviderName()).isEqualTo("Muster^Otto^^Dr");
    assertThat(order.reasonForStudy()).isEqualTo("Dyspnoea");
    assertThat(order.orderedAt()).isEqualTo(Instant.parse("2026-11-22T01:15:00Z"));
    assertThat(order.sendingApplication()).isEqualTo("RIS");
    assertThat(order.sendingFacility()).isEqualTo("RADIOLOGY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.3", "2.3.1", "2.4", "2.5", "2.5.1"})
  void readsEveryVersionAlike(String version) {
    String message = Messages.ORM_23.replace("|P|2.3", "|P|" + version);
    OrderMessageReader.checkHeader(header(message));

    assertThat(read(message)).isEqualTo(read(Messages.ORM_23));
  }

  @Test
  void readsEveryOrderOfAnOmg() {
    List<PlaceOrder> orders = read(Messages.OMG_251);

    assertThat(orders)
        .extracting(PlaceOrder::placerOrderNumber)
        .containsExactly("P-1002", "P-1003");
    assertThat(orders)
        .extracting(PlaceOrder::accessionNumber)
        .containsExactly("ACC-1002", "ACC-1003");
    assertThat(orders)
        .extracting(PlaceOrder::priority)
        .containsExactly(Priority.URGENT, Priority.ROUTINE);
    assertThat(orders).extracting(PlaceOrder::modality).containsExactly("DX", "CT");
    assertThat(orders.get(0).patientName()).isEqualTo("Müller^Jörg");
    assertThat(orders.get(0).issuerOfPatientId()).isEqualTo("STAGNES");
    assertThat(orders.get(0).orderingProviderName()).isEqualTo("Probe^Eva^^Dr");
    assertThat(orders.get(0).reasonForStudy()).isEqualTo("Shortness of breath");
    assertThat(orders.get(0).orderedAt()).isEqualTo(Instant.parse("2026-11-22T01:17:00Z"));
  }

  @Test
  void readsAnOmiWithItsImagingProcedureControl() {
    PlaceOrder order = read(Messages.OMI_25).get(0);

    assertThat(order.control()).isEqualTo(PlaceOrder.Control.CHANGE);
    assertThat(order.accessionNumber()).isEqualTo("ACC-1004");
    assertThat(order.modality()).isEqualTo("DX");
    assertThat(order.patientBirthDate()).as("a year alone is no day").isNull();
    assertThat(order.patientSex()).isEqualTo("O");
    assertThat(order.orderedAt()).isEqualTo(Instant.parse("2026-11-22T01:17:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"CA,CANCEL", "DC,CANCEL", "OC,CANCEL", "XO,CHANGE", "SC,CHANGE", "SN,NEW"})
  void readsTheOrderControl(String code, PlaceOrder.Control control) {
    assertThat(read(Messages.ORM_23.replace("ORC|NW", "ORC|" + code)).get(0).control())
        .isEqualTo(control);
  }

  @Test
  void takesACancellationWithoutObr() {
    String message = Messages.ORM_23.replace("ORC|NW", "ORC|CA").replaceAll("OBR\\|[^\r]*\r", "");

    assertThat(read(message).get(0).accessionNumber()).isEqualTo("F-1001");
  }

  @Test
  void toleratesLineFeedsUnknownSegmentsAndNotes() {
    String message =
        Messages.ORM_23.replace("\rORC", "\rZZZ|1|own\rNTE|1||note\rORC").replace("\r", "\r\n")
            + "ZDS|1.2.3^RIS^Application^DICOM\r\n";

    assertThat(read(message)).isEqualTo(read(Messages.ORM_23));
  }

  @Test
  void concludesNoModalityFromARadiologySection() {
    assertThat(read(Messages.ORM_23.replace("|CR|", "|RAD|")).get(0).modality()).isNull();
    assertThat(read(Messages.ORM_23.replace("|CR|", "|RUS|")).get(0).modality()).isEqualTo("US");
  }

  @ParameterizedTest
  @CsvSource({
    "90017^^^OTHER^SS~40017^^^STAGNES^MR, '', PID^1^3, 101",
    "Beispiel^Anna^Maria^Dr^Prof, '\"\"', PID^1^5, 101",
    "19580304, 04.03.1958, PID^1^7, 102",
    "19580304, 19581304, PID^1^7, 102",
    "|F\r, |X\r, PID^1^8, 103",
    "ORC|NW, ORC|, ORC^1^1, 101",
    "ORC|NW, ORC|ZZ, ORC^1^1, 103",
    "20261122021500, yesterday, ORC^1^9, 102",
    "71046^Chest two views^C4, '', OBR^1^4, 101",
  })
  void namesTheFieldThatIsWrong(String found, String put, String location, int hl7Code) {
    String message = Messages.ORM_23.replace(found.replace("\\r", "\r"), put.replace("\\r", "\r"));
    assertThat(message).isNotEqualTo(Messages.ORM_23);

    Refusal refusal = refusal(() -> read(message));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.ERROR);
    assertThat(refusal.location()).isEqualTo(location);
    assertThat(refusal.hl7Code()).isEqualTo(hl7Code);
    assertThat(refusal.text()).doesNotContain("Beispiel", "40017", "1958", "ACC-1001");
  }

  @Test
  void namesTheSecondOrderWhenItIsTheWrongOne() {
    Refusal refusal = refusal(() -> read(Messages.OMG_251.replace("|70450^CT head^C4|", "||")));

    assertThat(refusal.location()).isEqualTo("OBR^2^4");
  }

  @Test
  void missesAnOrderWithoutAnyNumber() {
    String message = Messages.ORM_23.replace("P-1001", "").replace("F-1001", "");

    assertThat(refusal(() -> read(message)).location()).isEqualTo("ORC^1^2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PID", "ORC", "OBR"})
  void rejectsAMessageWithoutANeededSegment(String segment) {
    Refusal refusal = refusal(() -> read(Messages.ORM_23.replaceAll(segment + "\\|[^\r]*\r", "")));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.REJECT);
    assertThat(refusal.hl7Code()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "ORM^O01, ADT^A01, MSH^1^9, 200",
    "ORM^O01, ORM^O02, MSH^1^9, 201",
    "ORM^O01, '', MSH^1^9, 101",
    "|P|2.3, |P|2.8, MSH^1^12, 203",
    "|P|2.3, |X|2.3, MSH^1^11, 202",
    "M0001, '', MSH^1^10, 101",
  })
  void rejectsHeadersItCannotProcess(String found, String put, String location, int hl7Code) {
    MessageHeader header = header(Messages.ORM_23.replace(found, put));

    Refusal refusal = refusal(() -> OrderMessageReader.checkHeader(header));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.REJECT);
    assertThat(refusal.location()).isEqualTo(location);
    assertThat(refusal.hl7Code()).isEqualTo(hl7Code);
  }

  private static List<PlaceOrder> read(String message) {
    return OrderMessageReader.read(message, header(message), ZONE);
  }

  private static MessageHeader header(String message) {
    return MessageHeader.recover(message).orElseThrow();
  }

  private static Refusal refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    MessageRefusedException refused = catchThrowableOfType(MessageRefusedException.class, reading);
    assertThat(refused).isNotNull();
    return refused.refusal();
  }
}
