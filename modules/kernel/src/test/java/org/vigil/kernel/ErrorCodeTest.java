package org.vigil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  @Test
  void idsAreOfOneFormAndUnique() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::id))
        .allMatch(id -> id.matches("[A-Z]+-\\d{4}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyCodeAnswersOnEveryInterface() {
    assertThat(ErrorCode.values())
        .allSatisfy(
            code -> {
              assertThat(code.text()).isNotBlank();
              assertThat(code.httpStatus()).isBetween(400, 599);
              assertThat(code.hl7Code()).isBetween(100, 299);
              assertThat(code.dimseStatus()).isBetween(1, 0xFFFF);
            });
  }

  @Test
  void messageHoldsCodeTextAndDetails() {
    assertThat(new VigilException(ErrorCode.KERNEL_0002, Map.of("position", 3)))
        .hasMessage("KERNEL-0002: not a UID: 1 to 64 digits and dots {position=3}");
  }
}
