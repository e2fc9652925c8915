package org.vigil.tenancy.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vigil.tenancy.api.FeatureSettings.Decision;

class FeatureSettingsTest {

  @Test
  void withoutADecisionTheDefaultHolds() {
    FeatureSettings settings = settings();
    assertThat(settings.isEnabled(AiFeature.DETECTION, "DX")).isTrue();
    assertThat(settings.isEnabled(AiFeature.MEASUREMENT, "DX")).isFalse();
    assertThat(settings.deciding(AiFeature.DETECTION, "DX")).isEmpty();
  }

  @Test
  void aDecisionForAllHoldsForEveryModalityWithoutItsOwn() {
    FeatureSettings settings = settings(decision(null, false), decision("CT", true));
    assertThat(settings.isEnabled(AiFeature.DETECTION, "DX")).isFalse();
    assertThat(settings.isEnabled(AiFeature.DETECTION, null)).isFalse();
    assertThat(settings.isEnabled(AiFeature.DETECTION, "CT")).isTrue();
    assertThat(settings.isEnabled(AiFeature.FLAGGING, "DX")).isFalse();
  }

  @Test
  void aStudyOfSeveralKindsNeedsAllOfThem() {
    FeatureSettings settings = settings(decision("CT", false));
    assertThat(settings.isEnabledForAll(AiFeature.DETECTION, Set.of("PT", "CT"))).isFalse();
    assertThat(settings.isEnabledForAll(AiFeature.DETECTION, Set.of("PT", "DX"))).isTrue();
    assertThat(settings.isEnabledForAll(AiFeature.DETECTION, Set.of())).isTrue();
  }

  @Test
  void everyFeatureIsFoundByItsKey() {
    for (AiFeature feature : AiFeature.values()) {
      assertThat(AiFeature.ofKey(feature.key())).contains(feature);
    }
    assertThat(AiFeature.ofKey("abnormality-detection")).isEmpty();
  }

  private static FeatureSettings settings(Decision... decisions) {
    return new FeatureSettings(Set.of(AiFeature.DETECTION), List.of(decisions));
  }

  private static Decision decision(String modality, boolean enabled) {
    return new Decision(AiFeature.DETECTION, modality, enabled, "review", "admin", Instant.EPOCH);
  }
}
