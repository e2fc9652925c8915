package org.vigil.integration.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.vigil.analysis.api.Orders;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.integration.domain.InboundMessage;
import org.vigil.integration.domain.MessageRefusedException;
import org.vigil.integration.domain.ReceivedMessage;
import org.vigil.integration.domain.Refusal;
import org.vigil.integration.persistence.InboundMessageRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;

/**
 * An order from the RIS: the raw message is kept and its orders are applied in one transaction, and
 * only when this has returned is the sender answered. One resource, one phase: no JMS here.
 */
@ApplicationScoped
public class ReceiveOrder {
  @Inject private InboundMessageRepository messages;
  @Inject private Orders orders;
  @Inject private Event<AuditEvent> audit;

  /**
   * Applies a message once.
   *
   * @param answer what will be answered; kept, so that a repetition gets the same answer
   * @return the answer to send: the one given, or the one of the first copy; null for none
   * @throws MessageRefusedException AR INTEGRATION-0006 when the control id was used for other
   *     content
   */
  @Transactional
  public byte[] apply(ReceivedMessage message, List<PlaceOrder> commands, byte[] answer) {
    if (messages.insertAccepted(message, answer)) {
      commands.forEach(orders::apply);
      return answer;
    }
    InboundMessage first =
        messages
            .findAccepted(
                message.sendingApplication(), message.sendingFacility(), message.controlId())
            .orElseThrow(() -> reused());
    if (!first.sha256().equals(message.sha256())) {
      throw reused();
    }
    return first.answer();
  }

  /** Keeps a refused message and says so in the audit trail. */
  @Transactional
  public void refuse(ReceivedMessage message, Refusal refusal, byte[] answer) {
    messages.insertRefused(message, refusal, answer);
    audit.fire(
        AuditEvent.of(
                AuditEvent.Action.MESSAGE_REFUSED,
                Actor.peer(sender(message), message.peerAddress()))
            .outcome(AuditEvent.Outcome.REFUSED)
            .on(message.id().toString())
            .with(Map.of("code", refusal.code().id(), "location", refusal.location())));
  }

  private static String sender(ReceivedMessage message) {
    String name = message.sendingApplication() + "|" + message.sendingFacility();
    return name.length() == 1 ? "unknown" : name;
  }

  private static MessageRefusedException reused() {
    return new MessageRefusedException(
        Refusal.reject(ErrorCode.INTEGRATION_0006, "MSH^1^10", ErrorCode.INTEGRATION_0006.text()));
  }
}
