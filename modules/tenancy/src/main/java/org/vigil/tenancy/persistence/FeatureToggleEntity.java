package org.vigil.tenancy.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.FeatureSettings;

/** A hospital's decision about a feature: {@code tenant_ai_feature}. */
@Entity
@Table(name = "tenant_ai_feature")
public class FeatureToggleEntity {
  private static final String ALL = "*";

  @EmbeddedId private Key key;

  private boolean enabled;
  private String reason;

  @Column(name = "changed_by")
  private String changedBy;

  @Column(name = "changed_at")
  private Instant changedAt;

  protected FeatureToggleEntity() {}

  /** A decision; null stands for all modalities. */
  public FeatureToggleEntity(AiFeature feature, String modality) {
    this.key = new Key(feature.key(), modality == null ? ALL : modality);
  }

  public void decide(boolean on, String why, String by, Instant at) {
    this.enabled = on;
    this.reason = why;
    this.changedBy = by;
    this.changedAt = at;
  }

  /** As others see it; empty for a feature of a newer version of Vigil. */
  public Optional<FeatureSettings.Decision> toDecision() {
    return AiFeature.ofKey(key.featureKey)
        .map(
            feature ->
                new FeatureSettings.Decision(
                    feature,
                    key.modality.equals(ALL) ? null : key.modality,
                    enabled,
                    reason,
                    changedBy,
                    changedAt));
  }

  /** Feature and modality. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "feature_key")
    private String featureKey;

    private String modality;

    protected Key() {}

    Key(String featureKey, String modality) {
      this.featureKey = featureKey;
      this.modality = modality;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && featureKey.equals(key.featureKey)
          && modality.equals(key.modality);
    }

    @Override
    public int hashCode() {
      return Objects.hash(featureKey, modality);
    }
  }
}
