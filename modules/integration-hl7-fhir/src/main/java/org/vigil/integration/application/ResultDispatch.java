package org.vigil.integration.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcel;
import org.vigil.kernel.Circuit;

/**
 * Takes a parcel to the protocol that carries it, outside any transaction and through the peer's
 * circuit, so that a peer that is down costs the others nothing.
 */
@ApplicationScoped
public class ResultDispatch {
  private static final Logger LOG = LoggerFactory.getLogger(ResultDispatch.class);

  @Inject private Instance<ResultPeer> peers;

  @Inject
  @ConfigProperty(name = "vigil.delivery.at-once-per-destination", defaultValue = "4")
  private int atOnce;

  private final Map<UUID, Circuit> circuits = new ConcurrentHashMap<>();

  /** Sends; whatever goes wrong is an outcome. The consumer's transaction is suspended. */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Outcome send(Parcel parcel) {
    Circuit circuit =
        circuits.computeIfAbsent(parcel.destination().id(), id -> new Circuit(atOnce));
    Duration wait = circuit.enter(Instant.now());
    if (!wait.isZero()) {
      return Outcome.postponed(
          wait, circuit.isOpen(Instant.now()) ? "the peer is down" : "the peer is busy");
    }
    boolean answered = false;
    try {
      Outcome outcome = peer(parcel).send(parcel);
      answered = outcome.kind() != Outcome.Kind.UNREACHABLE;
      return outcome;
    } catch (RuntimeException e) {
      // Its own fault, not the peer's: the circuit stays as it is.
      answered = true;
      LOG.error("delivery {} ({}) could not be made", parcel.deliveryId(), parcel.kind(), e);
      return Outcome.notTaken("the result could not be made: " + e.getClass().getSimpleName());
    } finally {
      if (answered) {
        circuit.succeeded();
      } else {
        circuit.failed(Instant.now());
      }
    }
  }

  private ResultPeer peer(Parcel parcel) {
    for (ResultPeer peer : peers) {
      if (peer.carries(parcel.kind())) {
        return peer;
      }
    }
    throw new IllegalStateException("nothing carries " + parcel.kind());
  }
}
