package org.vigil.inference.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.vigil.kernel.TenantId;

/** What a hospital decided about a model: {@code platform.deployment}. */
@Entity
@Table(name = "deployment", schema = "platform")
public class DeploymentEntity {
  @EmbeddedId private Key key;

  private String version;

  @Column(nullable = false)
  private boolean enabled;

  @Column(name = "changed_at", nullable = false)
  private Instant changedAt;

  @Column(name = "changed_by", nullable = false)
  private String changedBy;

  @Column(nullable = false)
  private String reason;

  protected DeploymentEntity() {}

  /** A hospital's first decision about a model. */
  public DeploymentEntity(TenantId tenant, String modelId) {
    this.key = new Key();
    this.key.tenantId = tenant.value();
    this.key.modelId = modelId;
  }

  /** Replaces the decision before. */
  public void decide(String chosen, boolean on, String why, String by, Instant at) {
    this.version = chosen;
    this.enabled = on;
    this.reason = why;
    this.changedBy = by;
    this.changedAt = at;
  }

  public String tenantId() {
    return key.tenantId;
  }

  public String modelId() {
    return key.modelId;
  }

  /** The version chosen, or null for the newest. */
  public String version() {
    return version;
  }

  public boolean enabled() {
    return enabled;
  }

  /** Hospital and model. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "tenant_id")
    private String tenantId;

    @Column(name = "model_id")
    private String modelId;

    protected Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && tenantId.equals(key.tenantId)
          && modelId.equals(key.modelId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenantId, modelId);
    }
  }
}
