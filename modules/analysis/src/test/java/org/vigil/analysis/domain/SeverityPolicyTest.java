package org.vigil.analysis.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.kernel.Severity;
import org.vigil.kernel.VigilException;

class SeverityPolicyTest {
  @Test
  void withoutRulesTheManifestDecides() {
    SeverityPolicy policy = SeverityPolicy.ofManifest();
    assertThat(policy.severity("pneumothorax", true, 0.6, Severity.CRITICAL))
        .isEqualTo(Severity.CRITICAL);
    assertThat(policy.severity("nodule", true, 0.6, null)).isEqualTo(Severity.ROUTINE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.95,true,CRITICAL",
    "0.80,true,CRITICAL",
    "0.79,true,URGENT",
    "0.50,true,URGENT",
    "0.49,true,ROUTINE",
    "0.99,false,ROUTINE"
  })
  void stepsHoldFromTheirConfidence(double confidence, boolean positive, Severity expected) {
    SeverityPolicy policy =
        SeverityPolicy.of(Map.of("Pleural Effusion", "critical:0.8, urgent:0.5"));
    assertThat(policy.severity("pleural-effusion", positive, confidence, Severity.ROUTINE))
        .isEqualTo(expected);
  }

  @Test
  void aHospitalMayLowerAndRaise() {
    SeverityPolicy policy =
        SeverityPolicy.of(Map.of("nodule", "routine", "consolidation", "urgent"));
    assertThat(policy.severity("Nodule", true, 1, Severity.CRITICAL)).isEqualTo(Severity.ROUTINE);
    assertThat(policy.severity("consolidation", true, 0.1, Severity.ROUTINE))
        .isEqualTo(Severity.URGENT);
    assertThat(policy.severity("pneumothorax", true, 0.1, Severity.CRITICAL))
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aNegativeNeverRaises() {
    SeverityPolicy policy = SeverityPolicy.of(Map.of("pneumothorax", "critical"));
    assertThat(policy.severity("pneumothorax", false, 0.99, Severity.CRITICAL))
        .isEqualTo(Severity.ROUTINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "severe",
        "critical:2",
        "critical:x",
        "critical:-0.1",
        "critical:0.1:0.2",
        "critical:NaN"
      })
  void anUnreadableRuleNamesItsLabel(String rule) {
    assertThatThrownBy(() -> SeverityPolicy.of(Map.of("nodule", rule)))
        .isInstanceOf(VigilException.class)
        .hasMessageContaining("KERNEL-0003")
        .hasMessageContaining("nodule");
  }
}
