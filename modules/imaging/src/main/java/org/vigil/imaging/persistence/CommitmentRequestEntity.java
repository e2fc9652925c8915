package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What a modality asked Vigil to commit. */
@Entity(name = "CommitmentRequest")
@Table(name = "commitment_request")
public class CommitmentRequestEntity {
  @EmbeddedId private Key key;

  @Column(name = "sop_references", nullable = false)
  private String references;

  @Column(name = "received_at", nullable = false)
  private Instant receivedAt;

  @Column(name = "committed")
  private Integer committed;

  @Column(name = "failed")
  private Integer failed;

  @Column(name = "reported_at")
  private Instant reportedAt;

  /** For Hibernate. */
  protected CommitmentRequestEntity() {}

  /**
   * A request.
   *
   * @param asked objects, none twice
   */
  public CommitmentRequestEntity(
      String transaction, String node, List<Reference> asked, Instant at) {
    key = new Key(transaction, node);
    references =
        String.join(
            "\n", asked.stream().map(r -> r.sopClassUid() + " " + r.sopInstanceUid()).toList());
    receivedAt = at;
  }

  /** An object, as the modality names it. */
  public record Reference(String sopClassUid, String sopInstanceUid) {}

  public List<Reference> references() {
    return references
        .lines()
        .map(line -> line.split(" ", 2))
        .map(parts -> new Reference(parts[0], parts[1]))
        .toList();
  }

  /** The modality has been told. */
  public void reported(int committedObjects, int failedObjects, Instant at) {
    committed = committedObjects;
    failed = failedObjects;
    reportedAt = at;
  }

  /** Transaction and node. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "transaction_uid", length = 64)
    private String transactionUid;

    @Column(name = "node", length = 32)
    private String node;

    /** For Hibernate. */
    protected Key() {}

    public Key(String transactionUid, String node) {
      this.transactionUid = transactionUid;
      this.node = node;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && transactionUid.equals(that.transactionUid)
          && node.equals(that.node);
    }

    @Override
    public int hashCode() {
      return Objects.hash(transactionUid, node);
    }
  }
}
