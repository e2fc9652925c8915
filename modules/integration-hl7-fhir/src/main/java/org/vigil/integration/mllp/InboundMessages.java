package org.vigil.integration.mllp;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.integration.application.ReceiveOrder;
import org.vigil.integration.domain.MessageRefusedException;
import org.vigil.integration.domain.ReceivedMessage;
import org.vigil.integration.domain.Refusal;
import org.vigil.integration.hl7.Acknowledgment;
import org.vigil.integration.hl7.CharacterSets;
import org.vigil.integration.hl7.MessageHeader;
import org.vigil.integration.hl7.OrderMessageReader;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.PeerPolicies;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/**
 * Answers HL7 messages: reads the header, finds the hospital by MSH-6, reads the orders, has them
 * applied, and answers after the commit. Whatever is wrong ends in an answer that says where.
 */
@ApplicationScoped
public class InboundMessages implements MllpServer.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(InboundMessages.class);

  @Inject private TenantDirectory tenants;
  @Inject private ReceiveOrder receiveOrder;
  @Inject private PeerPolicies policies;
  @Inject private Event<AuditEvent> audit;

  /** For the container's proxy. */
  protected InboundMessages() {}

  InboundMessages(
      TenantDirectory tenants,
      ReceiveOrder receiveOrder,
      PeerPolicies policies,
      Event<AuditEvent> audit) {
    this.policies = policies;
    this.tenants = tenants;
    this.receiveOrder = receiveOrder;
    this.audit = audit;
  }

  @Override
  public Optional<byte[]> answer(byte[] message, boolean tooLong, MllpServer.Peer peer) {
    // Separators and MSH-18 are ASCII in every character set of table 0211. Read byte by byte, the
    // sender's header can be echoed byte by byte.
    MessageHeader header =
        MessageHeader.recover(new String(message, StandardCharsets.ISO_8859_1))
            .orElse(MessageHeader.UNREADABLE);
    Optional<String> text = CharacterSets.decode(message, header.characterSet());
    MessageHeader decoded = text.flatMap(MessageHeader::recover).orElse(header);
    ReceivedMessage received = received(message, decoded, peer.address());
    Optional<TenantView> tenant = tenants.byReceivingFacility(decoded.receivingFacility());
    try {
      if (tenant.isEmpty()) {
        return refuseWithoutTenant(received, header, tooLong);
      }
      try (TenantContext.Scope scope = TenantContext.enter(tenant.get().id())) {
        return answerFor(tenant.get(), received, header, text, tooLong, peer);
      }
    } catch (RuntimeException e) {
      // The sender must hear of it, whatever it is; the text says nothing of the inside.
      LOG.error("HL7 message {} could not be processed", received.id(), e);
      return refusal(header, internal(), received.id());
    }
  }

  private Optional<byte[]> answerFor(
      TenantView tenant,
      ReceivedMessage received,
      MessageHeader header,
      Optional<String> text,
      boolean tooLong,
      MllpServer.Peer peer) {
    Refusal refusal;
    try {
      policies.check(
          tenant.id(),
          PeerPolicies.Protocol.HL7,
          header.sendingApplication(),
          peer.encrypted(),
          peer.certificates());
      if (tooLong) {
        throw new MessageRefusedException(tooLong());
      }
      OrderMessageReader.checkHeader(header);
      String readable = text.orElseThrow(() -> new MessageRefusedException(characterSet()));
      MessageHeader decoded = MessageHeader.recover(readable).orElse(header);
      List<PlaceOrder> orders = OrderMessageReader.read(readable, decoded, tenant.timeZone());
      byte[] answer =
          Acknowledgment.accepted(header, ownId(received.id()), received.receivedAt())
              .map(InboundMessages::bytes)
              .orElse(null);
      return Optional.ofNullable(receiveOrder.apply(received, orders, answer));
    } catch (MessageRefusedException e) {
      refusal = e.refusal();
    } catch (VigilException e) {
      LOG.warn("HL7 message {} of tenant {} refused", received.id(), tenant.id(), e);
      refusal = Refusal.error(e.code(), "MSH^1", e.code().text());
    } catch (RuntimeException e) {
      LOG.error(
          "HL7 message {} of tenant {} could not be processed", received.id(), tenant.id(), e);
      refusal = internal();
    }
    Optional<byte[]> answer = refusal(header, refusal, received.id());
    keepRefused(received, refusal, answer.orElse(null));
    LOG.info(
        "HL7 message {} of tenant {} from {} refused: {} at {}",
        received.id(),
        tenant.id(),
        received.peerAddress(),
        refusal.code().id(),
        refusal.location());
    return answer;
  }

  private void keepRefused(ReceivedMessage received, Refusal refusal, byte[] answer) {
    try {
      receiveOrder.refuse(received, refusal, answer);
    } catch (RuntimeException e) {
      // The sender still holds the message and hears that it was refused.
      LOG.error("refused HL7 message {} could not be kept", received.id(), e);
    }
  }

  private Optional<byte[]> refuseWithoutTenant(
      ReceivedMessage received, MessageHeader header, boolean tooLong) {
    Refusal refusal;
    if (tooLong) {
      refusal = tooLong();
    } else if (header == MessageHeader.UNREADABLE) {
      refusal =
          Refusal.reject(
              ErrorCode.INTEGRATION_0001,
              "MSH^1",
              "this is not an HL7 message: it must begin with an MSH segment");
    } else {
      ErrorCode code = closed(header.receivingFacility()).orElse(ErrorCode.TENANCY_0005);
      refusal = Refusal.reject(code, "MSH^1^6", code.text());
    }
    LOG.info(
        "HL7 message {} from {} refused without a tenant: {} at {}",
        received.id(),
        received.peerAddress(),
        refusal.code().id(),
        refusal.location());
    audit.fire(
        AuditEvent.of(
                AuditEvent.Action.MESSAGE_REFUSED, Actor.peer("unknown", received.peerAddress()))
            .outcome(AuditEvent.Outcome.REFUSED)
            .on(received.id().toString())
            .with(
                Map.of(
                    "code",
                    refusal.code().id(),
                    "location",
                    refusal.location(),
                    "sha256",
                    received.sha256())));
    return refusal(header, refusal, received.id());
  }

  /** Why a hospital that exists takes nothing now. */
  private Optional<ErrorCode> closed(String facility) {
    return tenants.closed().stream()
        .filter(t -> t.tenant().receivingFacility().equalsIgnoreCase(facility.trim()))
        .flatMap(t -> t.refusal().stream())
        .findFirst();
  }

  private static Optional<byte[]> refusal(MessageHeader header, Refusal refusal, UUID id) {
    return Acknowledgment.refused(header, refusal, ownId(id), Instant.now())
        .map(InboundMessages::bytes);
  }

  // Vigil's own texts are ASCII; the sender's were read byte by byte and go back likewise.
  private static byte[] bytes(String ack) {
    return ack.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** MSH-10 of the answer: at most 20 characters in every version. */
  private static String ownId(UUID id) {
    return "A" + id.toString().replace("-", "").substring(0, 19);
  }

  private static Refusal tooLong() {
    return Refusal.reject(
            ErrorCode.INTEGRATION_0001,
            "MSH^1",
            "the message is longer than is taken here (vigil.mllp.max-message-bytes)")
        .hl7Code(207);
  }

  private static Refusal characterSet() {
    return Refusal.error(
            ErrorCode.INTEGRATION_0003,
            "MSH^1^18",
            "the character set (MSH-18) is unknown, or the bytes are not of it")
        .hl7Code(103);
  }

  private static Refusal internal() {
    return Refusal.reject(ErrorCode.KERNEL_0001, "MSH^1", ErrorCode.KERNEL_0001.text());
  }

  private static ReceivedMessage received(byte[] message, MessageHeader header, String peer) {
    return new ReceivedMessage(
        UUID.randomUUID(),
        Instant.now(),
        header.sendingApplication(),
        header.sendingFacility(),
        header.controlId(),
        header.type(),
        peer,
        message,
        sha256(message));
  }

  private static String sha256(byte[] message) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
