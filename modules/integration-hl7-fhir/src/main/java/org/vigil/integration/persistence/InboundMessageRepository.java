package org.vigil.integration.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.vigil.integration.domain.InboundMessage;
import org.vigil.integration.domain.ReceivedMessage;
import org.vigil.integration.domain.Refusal;

/** {@code inbound_message} of the current tenant. */
@ApplicationScoped
public class InboundMessageRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  /** For the container. */
  public InboundMessageRepository() {}

  /** With an entity manager of one's own. */
  public InboundMessageRepository(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Keeps a message that will be applied in this transaction.
   *
   * @return false when its control id was applied before; a copy in another transaction is waited
   *     for
   */
  public boolean insertAccepted(ReceivedMessage message, byte[] answer) {
    return entities
            .createNativeQuery(
                "insert into inbound_message (id, received_at, sending_application,"
                    + " sending_facility, control_id, message_type, peer_address, raw, sha256,"
                    + " status, answer) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'ACCEPTED',"
                    + " ?10) on conflict (sending_application, sending_facility, control_id)"
                    + " where status = 'ACCEPTED' do nothing")
            .setParameter(1, message.id())
            .setParameter(2, utc(message.receivedAt()))
            .setParameter(3, message.sendingApplication())
            .setParameter(4, message.sendingFacility())
            .setParameter(5, message.controlId())
            .setParameter(6, message.messageType())
            .setParameter(7, message.peerAddress())
            .setParameter(8, message.raw())
            .setParameter(9, message.sha256())
            .setParameter(10, answer)
            .executeUpdate()
        == 1;
  }

  /** Keeps a message that was refused; a repetition is counted. */
  public void insertRefused(ReceivedMessage message, Refusal refusal, byte[] answer) {
    entities
        .createNativeQuery(
            "insert into inbound_message (id, received_at, sending_application, sending_facility,"
                + " control_id, message_type, peer_address, raw, sha256, status, answer,"
                + " error_code, error_location) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
                + " 'REFUSED', ?10, ?11, ?12) on conflict (sending_application, sending_facility,"
                + " control_id, sha256) where status = 'REFUSED' do update set repeats ="
                + " inbound_message.repeats + 1")
        .setParameter(1, message.id())
        .setParameter(2, utc(message.receivedAt()))
        .setParameter(3, message.sendingApplication())
        .setParameter(4, message.sendingFacility())
        .setParameter(5, message.controlId())
        .setParameter(6, message.messageType())
        .setParameter(7, message.peerAddress())
        .setParameter(8, message.raw())
        .setParameter(9, message.sha256())
        .setParameter(10, answer)
        .setParameter(11, refusal.code().id())
        .setParameter(12, refusal.location())
        .executeUpdate();
  }

  /** The message of this sender and control id that was applied. */
  public Optional<InboundMessage> findAccepted(
      String sendingApplication, String sendingFacility, String controlId) {
    return entities
        .createQuery(
            "select m from InboundMessage m where m.sendingApplication = :application and"
                + " m.sendingFacility = :facility and m.controlId = :control and m.status ="
                + " :status",
            InboundMessage.class)
        .setParameter("application", sendingApplication)
        .setParameter("facility", sendingFacility)
        .setParameter("control", controlId)
        .setParameter("status", InboundMessage.Status.ACCEPTED)
        .getResultStream()
        .findFirst();
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
