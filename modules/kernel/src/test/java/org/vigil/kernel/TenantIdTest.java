package org.vigil.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIdTest {
  @Test
  void namesItsSchema() {
    assertThat(TenantId.of("st-agnes").schema()).isEqualTo("t_st_agnes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "St-agnes",
        "9lives",
        "a_b",
        "a--b",
        "a-",
        "x\";drop schema",
        "../etc",
        "é-b"
      })
  void refusesWhatCouldNotNameASchema(String value) {
    assertThatThrownBy(() -> TenantId.of(value))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANCY_0001));
  }
}
