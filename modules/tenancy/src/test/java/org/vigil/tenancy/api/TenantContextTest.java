package org.vigil.tenancy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

class TenantContextTest {
  private static final TenantId AGNES = TenantId.of("st-agnes");
  private static final TenantId MERCY = TenantId.of("mercy");

  @Test
  void thereIsNoDefault() {
    assertThatThrownBy(TenantContext::current)
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANCY_0002));
  }

  @Test
  void aThreadWorksForOneTenantAtATime() {
    try (var outer = TenantContext.enter(AGNES)) {
      assertThatThrownBy(() -> TenantContext.enter(MERCY)).isInstanceOf(VigilException.class);
      try (var inner = TenantContext.enter(AGNES)) {
        assertThat(TenantContext.current()).isEqualTo(AGNES);
      }
      assertThat(TenantContext.current()).isEqualTo(AGNES);
    }
    assertThat(TenantContext.find()).isEmpty();
  }

  @Test
  void platformWorkSeesNoTenantAndGivesItBack() {
    TenantContext.run(
        AGNES,
        () -> {
          assertThat(TenantContext.asPlatform(TenantContext::find)).isEmpty();
          assertThat(TenantContext.current()).isEqualTo(AGNES);
        });
  }
}
