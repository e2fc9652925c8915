package org.vigil.tenancy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Tenants.Placement;

class ResidencyTest {
  private static final TenantId AGNES = TenantId.of("st-agnes");

  private final Residency residency =
      new Residency(
          config(
              Map.of(
                  "vigil.home", "/srv/vigil",
                  "vigil.residency.eu.storage", "/data/eu",
                  "vigil.residency.eu.backup", "/backup/eu",
                  "vigil.residency.half.storage", "/data/half")),
          null);

  @Test
  void foldersInsideTheRegionAreAllowed() {
    Placement inside = new Placement("eu", "/data/eu/agnes", "/backup/eu/agnes");
    assertThat(residency.place(AGNES, inside)).isEqualTo(inside);
    assertThat(residency.place(AGNES, new Placement("eu", null, null))).isNotNull();
    assertThat(residency.place(AGNES, new Placement(null, "/srv/vigil/storage/x", null)))
        .isNotNull();
    assertThat(residency.place(AGNES, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "eu, /data/us/agnes, -",
        "eu, -, /data/eu/agnes",
        "eu, /data/eu/../us/agnes, -",
        "eu, /data/eu, -",
        "eu, /data/europe/agnes, -",
        "eu, data/eu/agnes, -",
        "us, -, -",
        "half, -, -",
        "../eu, -, -",
        "-, /tmp/agnes, -",
      })
  void othersAreRefused(String region, String storage, String backup) {
    assertThatThrownBy(() -> residency.place(AGNES, new Placement(region, storage, backup)))
        .isInstanceOf(VigilException.class)
        .extracting(e -> ((VigilException) e).code())
        .isEqualTo(ErrorCode.TENANCY_0015);
  }

  private static Config config(Map<String, String> values) {
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getValue" -> values.get((String) arguments[0]);
                  case "getOptionalValue" -> Optional.ofNullable(values.get((String) arguments[0]));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
