package org.vigil.integration.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * A message as received. Written once by SQL ({@code on conflict}, so that two copies arriving
 * together are told apart by the database); read through this mapping.
 */
@Entity
@Table(name = "inbound_message")
public class InboundMessage {
  @Id private UUID id;

  @Column(name = "received_at")
  private Instant receivedAt;

  @Column(name = "sending_application")
  private String sendingApplication;

  @Column(name = "sending_facility")
  private String sendingFacility;

  @Column(name = "control_id")
  private String controlId;

  @Column(name = "message_type")
  private String messageType;

  @Column(name = "peer_address")
  private String peerAddress;

  private byte[] raw;
  private String sha256;

  @Enumerated(EnumType.STRING)
  private Status status;

  private byte[] answer;

  @Column(name = "error_code")
  private String errorCode;

  @Column(name = "error_location")
  private String errorLocation;

  private int repeats;

  protected InboundMessage() {}

  public UUID id() {
    return id;
  }

  public Instant receivedAt() {
    return receivedAt;
  }

  /** Lower-case hex of the bytes received. */
  public String sha256() {
    return sha256;
  }

  /** The frame's content that answered it, or null where the sender wanted none. */
  public byte[] answer() {
    return answer;
  }

  /** What became of it. */
  public enum Status {
    ACCEPTED,
    REFUSED
  }
}
