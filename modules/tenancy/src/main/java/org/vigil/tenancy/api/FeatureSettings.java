package org.vigil.tenancy.api;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a hospital has switched on, as of one reading. A modality's own decision outweighs the one
 * for all; where nothing was decided, the installation's default holds.
 *
 * @param byDefault features that are on where a hospital has decided nothing
 * @param decided the hospital's decisions
 */
public record FeatureSettings(Set<AiFeature> byDefault, List<Decision> decided) {

  public FeatureSettings {
    byDefault = Set.copyOf(byDefault);
    decided = List.copyOf(decided);
  }

  /**
   * A hospital's decision.
   *
   * @param modality (0008,0060), or null for all modalities without a decision of their own
   */
  public record Decision(
      AiFeature feature,
      String modality,
      boolean enabled,
      String reason,
      String changedBy,
      Instant changedAt) {}

  /**
   * Whether a feature is on.
   *
   * @param modality (0008,0060), or null for what holds where a modality has no decision
   */
  public boolean isEnabled(AiFeature feature, String modality) {
    return deciding(feature, modality)
        .map(Decision::enabled)
        .orElseGet(() -> byDefault.contains(feature));
  }

  /**
   * Whether a feature is on for every one of the modalities, such as those of a study's series; of
   * none, what holds where a modality has no decision.
   */
  public boolean isEnabledForAll(AiFeature feature, Collection<String> modalities) {
    return modalities.isEmpty()
        ? isEnabled(feature, null)
        : modalities.stream().allMatch(m -> isEnabled(feature, m));
  }

  /** The decision that counts; empty where the default does. */
  public Optional<Decision> deciding(AiFeature feature, String modality) {
    Optional<Decision> own =
        modality == null
            ? Optional.empty()
            : decided.stream()
                .filter(d -> d.feature() == feature && modality.equals(d.modality()))
                .findFirst();
    return own.isPresent()
        ? own
        : decided.stream().filter(d -> d.feature() == feature && d.modality() == null).findFirst();
  }
}
