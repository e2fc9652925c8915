package org.vigil.tenancy.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.Features;

/** A decision that was made, for ever: {@code ai_feature_audit_log}. */
@Entity
@Table(name = "ai_feature_audit_log")
public class FeatureChangeEntity {
  private static final String ENABLED = "ENABLED";

  @Id private UUID id;

  @Column(name = "feature_key")
  private String featureKey;

  private String modality;
  private String action;

  @Column(name = "performed_by")
  private String performedBy;

  private String reason;

  @Column(name = "performed_at")
  private Instant performedAt;

  protected FeatureChangeEntity() {}

  public FeatureChangeEntity(
      AiFeature feature, String modality, boolean enabled, String reason, String by, Instant at) {
    this.id = UUID.randomUUID();
    this.featureKey = feature.key();
    this.modality = modality;
    this.action = enabled ? ENABLED : "DISABLED";
    this.reason = reason;
    this.performedBy = by;
    this.performedAt = at;
  }

  /** As others see it; empty for a feature this version does not know. */
  public Optional<Features.Change> toView() {
    return AiFeature.ofKey(featureKey)
        .map(
            feature ->
                new Features.Change(
                    feature, modality, action.equals(ENABLED), reason, performedBy, performedAt));
  }
}
