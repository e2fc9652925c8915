package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.vigil.imaging.api.StorageCommitments.Commitment;
import org.vigil.imaging.api.StorageCommitments.State;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/** Whether one node has taken over one object. */
@Entity(name = "StorageCommitment")
@Table(name = "storage_commitment")
public class StorageCommitmentEntity {
  @EmbeddedId private Key key;

  @Column(name = "sop_class_uid", nullable = false)
  private String sopClassUid;

  @Column(name = "study_instance_uid", nullable = false)
  private String studyInstanceUid;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private State state = State.WANTED;

  @Column(name = "transaction_uid")
  private String transactionUid;

  @Column(name = "failure_reason")
  private Integer failureReason;

  @Column(name = "attempts", nullable = false)
  private int attempts;

  @Column(name = "sent", nullable = false)
  private boolean sent;

  @Column(name = "stored_at", nullable = false)
  private Instant storedAt;

  @Column(name = "requested_at")
  private Instant requestedAt;

  @Column(name = "settled_at")
  private Instant settledAt;

  /** For Hibernate. */
  protected StorageCommitmentEntity() {}

  /** Of an object that was just stored at a node. */
  public StorageCommitmentEntity(String instance, String node, String sopClass, String study) {
    key = new Key(instance, node);
    sopClassUid = sopClass;
    studyInstanceUid = study;
  }

  /**
   * It was stored there, perhaps again.
   *
   * @param byUs whether Vigil has sent it
   */
  public void stored(Instant at, boolean byUs) {
    storedAt = at;
    sent |= byUs;
    if (state == State.FAILED) {
      state = State.WANTED;
      attempts = 0;
    }
  }

  /** It is asked for under a transaction. */
  public void requested(String transaction, Instant at) {
    transactionUid = transaction;
    requestedAt = at;
    state = State.REQUESTED;
    attempts++;
  }

  /** The node has it. */
  public void committed(Instant at) {
    state = State.COMMITTED;
    failureReason = null;
    settledAt = at;
  }

  /** The node does not commit it now; it is to be asked again. */
  public void refused(int reason) {
    state = State.WANTED;
    failureReason = reason;
  }

  /** It is not asked again. */
  public void failed(Integer reason, Instant at) {
    state = State.FAILED;
    failureReason = reason == null ? failureReason : reason;
    settledAt = at;
  }

  public State state() {
    return state;
  }

  /** Whether Vigil has sent it there, and may do so again. */
  public boolean isSent() {
    return sent;
  }

  public int attempts() {
    return attempts;
  }

  public Instant requestedAt() {
    return requestedAt;
  }

  public Integer failureReason() {
    return failureReason;
  }

  public String sopClassUid() {
    return sopClassUid;
  }

  public String sopInstanceUid() {
    return key.sopInstanceUid;
  }

  public String node() {
    return key.node;
  }

  public String studyInstanceUid() {
    return studyInstanceUid;
  }

  /** As other modules see it. */
  public Commitment view() {
    return new Commitment(
        SopInstanceUid.of(key.sopInstanceUid),
        StudyInstanceUid.of(studyInstanceUid),
        key.node,
        state,
        failureReason,
        attempts,
        storedAt,
        requestedAt,
        settledAt);
  }

  /** Object and node. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "sop_instance_uid", length = 64)
    private String sopInstanceUid;

    @Column(name = "node", length = 32)
    private String node;

    /** For Hibernate. */
    protected Key() {}

    public Key(String sopInstanceUid, String node) {
      this.sopInstanceUid = sopInstanceUid;
      this.node = node;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && sopInstanceUid.equals(that.sopInstanceUid)
          && node.equals(that.node);
    }

    @Override
    public int hashCode() {
      return Objects.hash(sopInstanceUid, node);
    }
  }
}
