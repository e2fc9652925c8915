package org.vigil.inference.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

class InstalledModelCatalogTest {

  @Test
  void givesNoAnswerWhileModelsAreBeingLoaded() {
    InstalledModelCatalog catalog =
        new InstalledModelCatalog(new ModelRegistry(), Duration.ofMillis(10));

    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> catalog.fit(null, List.of()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.KERNEL_0006));
  }
}
