package org.vigil.integration.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.Certificate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.integration.application.ReceiveOrder;
import org.vigil.integration.domain.ReceivedMessage;
import org.vigil.integration.domain.Refusal;
import org.vigil.integration.hl7.Messages;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.PeerPolicies;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

class InboundMessagesTest {
  private static final MllpServer.Peer FROM = new MllpServer.Peer("10.0.0.1", false, List.of());
  private final Recording orders = new Recording();
  private final List<AuditEvent> audited = new ArrayList<>();
  private final InboundMessages messages =
      new InboundMessages(
          new OneHospital(), orders, new Policies(), new CollectingEvent<>(audited));

  @Test
  void answersAaAfterTheOrderIsApplied() {
    String answer = answer(Messages.ORM_23);

    assertThat(orders.applied).hasSize(1);
    assertThat(orders.tenant).isEqualTo(TenantId.of("st-agnes"));
    assertThat(answer)
        .startsWith("MSH|^~\\&|VIGIL|ST-AGNES|RIS|RADIOLOGY|")
        .contains("||ACK^O01|A")
        .endsWith("|P|2.3\rMSA|AA|M0001\r".replace("2.3\r", "2.3||||||\r"));
  }

  @Test
  void answersTheSameToARepetition() {
    String first = answer(Messages.ORM_23);

    assertThat(answer(Messages.ORM_23)).isEqualTo(first);
    assertThat(orders.applied).hasSize(1);
  }

  @Test
  void readsUtf8AndEchoesItsSender() {
    byte[] answer =
        messages
            .answer(Messages.OMG_251.replace("|RIS|", "|RÖ|").getBytes(UTF_8), false, FROM)
            .orElseThrow();

    assertThat(new String(answer, UTF_8)).contains("|RÖ|").contains("|UNICODE UTF-8\rMSA|AA|M0002");
    assertThat(orders.applied.get(0).get(0).patientName()).isEqualTo("Müller^Jörg");
  }

  @Test
  void answersAeNamingTheFieldAndKeepsTheMessage() {
    String answer = answer(Messages.ORM_23.replace("19580304", "04.03.1958"));

    assertThat(answer)
        .contains("MSA|AE|M0001|INTEGRATION-0003: ")
        // Before version 2.5 the place is in ERR-1; ERR-2 and the rest are there for all.
        .contains(
            "\rERR|PID^1^7^102&Data type error&HL70357|PID^1^7|102^Data type error^HL70357|E||||");
    assertThat(orders.refused).hasSize(1);
    assertThat(orders.applied).isEmpty();
  }

  @Test
  void answersArToAnUnknownFacilityAndKeepsNothingOfIt() {
    String answer = answer(Messages.OMG_251.replace("ST-AGNES", "NOWHERE"));

    assertThat(answer)
        .contains("MSA|AR|M0002|TENANCY-0005: ")
        .contains("\rERR||MSH^1^6|103^Table value not found^HL70357|E");
    assertThat(orders.applied).isEmpty();
    assertThat(orders.refused).isEmpty();
    assertThat(audited)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.action()).isEqualTo(AuditEvent.Action.MESSAGE_REFUSED);
              assertThat(event.patientId()).isNull();
            });
  }

  @Test
  void answersArToGarbage() {
    assertThat(answer("\u0016\u0003\u0001 not HL7")).contains("MSA|AR||INTEGRATION-0001: ");
    assertThat(answer("")).contains("MSA|AR||INTEGRATION-0001: ");
    assertThat(answer("MSH")).contains("MSA|AR||INTEGRATION-0001: ");
    assertThat(answer("MSH|^~\\&|RIS")).contains("MSA|AR||TENANCY-0005: ");
  }

  @Test
  void answersArToOtherTypesAndVersions() {
    assertThat(answer(Messages.ORM_23.replace("ORM^O01", "ADT^A01")))
        .contains("MSA|AR|M0001|INTEGRATION-0004")
        .contains("|MSH^1^9|200^");
    assertThat(answer(Messages.ORM_23.replace("|P|2.3", "|P|2.8")))
        .contains("MSA|AR|M0001|INTEGRATION-0005")
        .contains("|MSH^1^12|203^");
    assertThat(orders.refused).hasSize(2);
  }

  @Test
  void answersAeToBytesThatAreNotOfTheirCharacterSet() {
    byte[] answer =
        messages.answer(Messages.OMG_251.getBytes(ISO_8859_1), false, FROM).orElseThrow();

    assertThat(new String(answer, ISO_8859_1)).contains("MSA|AE|M0002|").contains("|MSH^1^18|103^");
  }

  @Test
  void answersArToWhatIsTooLong() {
    byte[] answer = messages.answer(Messages.ORM_23.getBytes(UTF_8), true, FROM).orElseThrow();

    assertThat(new String(answer, UTF_8)).contains("MSA|AR|M0001|").contains("|207^");
    assertThat(orders.refused).hasSize(1);
  }

  @Test
  void tellsARuleBrokenFromAFaultOfItsOwn() {
    orders.failure = new VigilException(ErrorCode.KERNEL_0005, Map.of("order", "x"));
    assertThat(answer(Messages.ORM_23)).contains("MSA|AE|M0001|KERNEL-0005").contains("|205^");

    orders.failure = new IllegalStateException("Beispiel^Anna is in this text");
    assertThat(answer(Messages.ORM_23))
        .contains("MSA|AR|M0001|KERNEL-0001")
        .contains("|207^Application internal error^HL70357|E")
        .doesNotContain("Beispiel");
    assertThat(orders.refused).hasSize(2);
  }

  @Test
  void answersTheCommitInEnhancedMode() {
    String asked = Messages.ORM_23.replace("|P|2.3\r", "|P|2.3|||AL|NE\r");

    assertThat(answer(asked)).contains("||ACK|").contains("MSA|CA|M0001\r");
    assertThat(answer(asked.replace("ORC|NW", "ORC|ZZ").replace("M0001", "M0009")))
        .contains("MSA|CE|M0009|");
    assertThat(answer(asked.replace("ORM^O01", "ORU^R01"))).contains("MSA|CR|M0001|");
  }

  @Test
  void answersOnlyWhatEnhancedModeAsksFor() {
    assertThat(
            messages.answer(
                Messages.ORM_23.replace("|P|2.3\r", "|P|2.3|||ER|NE\r").getBytes(UTF_8),
                false,
                FROM))
        .isEmpty();
    assertThat(orders.applied).hasSize(1);
    assertThat(answer(Messages.OMI_25.replace("|P|2.5\r", "|P|2.5|||NE|AL\r")))
        .contains("MSA|AA|M0003\r");
  }

  private String answer(String message) {
    return new String(
        messages.answer(message.getBytes(UTF_8), false, FROM).orElseThrow(), ISO_8859_1);
  }

  /** Applies in memory what the real one applies in a transaction. */
  private static final class Recording extends ReceiveOrder {
    private final List<List<PlaceOrder>> applied = new ArrayList<>();
    private final List<ReceivedMessage> refused = new ArrayList<>();
    private final Map<String, byte[]> answers = new java.util.HashMap<>();
    private TenantId tenant;
    private RuntimeException failure;

    @Override
    public byte[] apply(ReceivedMessage message, List<PlaceOrder> commands, byte[] answer) {
      if (failure != null) {
        throw failure;
      }
      tenant = TenantContext.current();
      byte[] before = answers.get(message.sha256());
      if (before != null) {
        return before;
      }
      applied.add(commands);
      answers.put(message.sha256(), answer);
      return answer;
    }

    @Override
    public void refuse(ReceivedMessage message, Refusal refusal, byte[] answer) {
      refused.add(message);
    }
  }

  private static final class OneHospital implements TenantDirectory {
    private final TenantView hospital =
        new TenantView(
            TenantId.of("st-agnes"),
            "St. Agnes",
            ZoneId.of("Europe/Berlin"),
            "STAGNES",
            "ST-AGNES");

    @Override
    public List<TenantView> active() {
      return List.of(hospital);
    }

    @Override
    public Optional<TenantView> find(TenantId id) {
      return Optional.of(hospital).filter(view -> view.id().equals(id));
    }

    @Override
    public Optional<TenantView> byCalledAeTitle(String aeTitle) {
      return Optional.empty();
    }

    @Override
    public Optional<TenantView> byReceivingFacility(String facility) {
      return Optional.of(hospital).filter(view -> view.receivingFacility().equals(facility));
    }

    @Override
    public List<Destination> destinations(TenantId id, Destination.Kind kind) {
      return List.of();
    }
  }

  @Test
  void refusesWhatTheHospitalDoesNotLetIn() {
    refusal = new VigilException(ErrorCode.CRYPTO_0004);

    assertThat(answer(Messages.ORM_23)).contains("MSA|AE|M0001|CRYPTO-0004");
    assertThat(orders.applied).isEmpty();
  }

  private VigilException refusal;

  /** Takes everybody unless a test says otherwise. */
  private final class Policies implements PeerPolicies {
    @Override
    public void check(
        TenantId tenant,
        Protocol protocol,
        String name,
        boolean encrypted,
        List<Certificate> chain) {
      assertThat(protocol).isEqualTo(Protocol.HL7);
      if (refusal != null) {
        throw refusal;
      }
    }

    @Override
    public Policy of(TenantId tenant) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replace(TenantId tenant, Policy policy, Actor actor) {
      throw new UnsupportedOperationException();
    }
  }
}
