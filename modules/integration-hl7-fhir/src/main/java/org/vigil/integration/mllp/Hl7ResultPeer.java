package org.vigil.integration.mllp;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.application.ResultPeer;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcel;
import org.vigil.integration.hl7.Answer;
import org.vigil.integration.hl7.ResultMessage;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TlsContexts;

/** ORU^R01 to the RIS, over one persistent connection a destination. */
@ApplicationScoped
public class Hl7ResultPeer implements ResultPeer {
  private static final Logger LOG = LoggerFactory.getLogger(Hl7ResultPeer.class);

  @Inject
  @ConfigProperty(name = "vigil.delivery.connect-timeout", defaultValue = "PT5S")
  private Duration connectTimeout;

  @Inject
  @ConfigProperty(name = "vigil.delivery.answer-timeout", defaultValue = "PT20S")
  private Duration answerTimeout;

  @Inject private TlsContexts tls;

  // By the whole destination: another address is another connection.
  private final Map<Destination, MllpConnection> connections = new ConcurrentHashMap<>();

  /** For the container's proxy. */
  protected Hl7ResultPeer() {}

  Hl7ResultPeer(Duration connectTimeout, Duration answerTimeout) {
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
  }

  @Override
  public boolean carries(Kind kind) {
    return kind == Kind.HL7_ORU;
  }

  @Override
  public Outcome send(Parcel parcel) {
    byte[] message = ResultMessage.of(parcel).getBytes(StandardCharsets.UTF_8);
    String text;
    try {
      text = new String(connection(parcel.destination()).exchange(message), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return Outcome.unreachable("no answer over MLLP: " + e.getClass().getSimpleName());
    }
    return outcome(Answer.read(text), ResultMessage.controlId(parcel.deliveryId()));
  }

  private static Outcome outcome(Optional<Answer> answer, String controlId) {
    if (answer.isEmpty()) {
      return Outcome.notTaken("the peer's answer is not an HL7 acknowledgement");
    }
    Answer ack = answer.get();
    if (!ack.controlId().equals(controlId)) {
      return Outcome.notTaken("the peer acknowledged another message");
    }
    if (ack.accepted()) {
      return Outcome.delivered();
    }
    String reason =
        "the peer answered "
            + ack.code()
            + (ack.errorCode().isEmpty() ? "" : " " + ack.errorCode());
    return ack.rejected() ? Outcome.refused(reason) : Outcome.notTaken(reason);
  }

  private MllpConnection connection(Destination destination) {
    return connections.computeIfAbsent(
        destination,
        peer ->
            new MllpConnection(
                peer.host(),
                peer.port(),
                connectTimeout,
                answerTimeout,
                peer.tls() == null ? null : () -> tls.client(peer)));
  }

  @PreDestroy
  void close() {
    for (MllpConnection connection : connections.values()) {
      try {
        connection.close();
      } catch (IOException e) {
        LOG.debug("closing an MLLP connection failed: {}", e.toString());
      }
    }
  }
}
