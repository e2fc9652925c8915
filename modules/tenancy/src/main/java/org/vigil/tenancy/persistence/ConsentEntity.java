package org.vigil.tenancy.persistence;

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
import org.vigil.tenancy.api.Consents;
import org.vigil.tenancy.api.Consents.Scope;

/** What a patient said: {@code consent}. */
@Entity
@Table(name = "consent")
public class ConsentEntity {
  @EmbeddedId private Key key;

  @Column(name = "opted_out")
  private boolean optedOut;

  private String reason;

  @Column(name = "changed_by")
  private String changedBy;

  @Column(name = "changed_at")
  private Instant changedAt;

  protected ConsentEntity() {}

  public ConsentEntity(Key key) {
    this.key = key;
  }

  public void record(boolean optOut, String why, String by, Instant at) {
    this.optedOut = optOut;
    this.reason = why;
    this.changedBy = by;
    this.changedAt = at;
  }

  public Consents.Note toView() {
    return new Consents.Note(
        key.patientId, key.issuer, key.scope, optedOut, reason, changedBy, changedAt);
  }

  /** Patient and scope; an issuer not named is the empty text. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "patient_id")
    private String patientId;

    @Column(name = "issuer_of_patient_id")
    private String issuer;

    @Enumerated(EnumType.STRING)
    private Scope scope;

    protected Key() {}

    public Key(String patientId, String issuer, Scope scope) {
      this.patientId = patientId;
      this.issuer = issuer;
      this.scope = scope;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && patientId.equals(key.patientId)
          && issuer.equals(key.issuer)
          && scope == key.scope;
    }

    @Override
    public int hashCode() {
      return Objects.hash(patientId, issuer, scope);
    }
  }
}
