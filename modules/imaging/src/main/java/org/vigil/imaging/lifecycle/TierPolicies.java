package org.vigil.imaging.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.vigil.imaging.domain.TierPolicy;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/**
 * The policy of each tenant: {@code vigil.imaging.…} for all, {@code vigil.tenant.<id>.imaging.…}
 * for one, which wins. Nothing moves and nothing goes unless a setting says so.
 */
@ApplicationScoped
public class TierPolicies {
  private static final String WARM_AFTER = "tier.warm.after";
  private static final String COLD_AFTER = "tier.cold.after";
  private static final String COMPRESS = "tier.warm.compress";
  private static final String RELEASE_AFTER = "release.after";
  private static final String RELEASE_TO = "release.nodes";
  private static final String OFF = "off";

  @Inject private Config config;

  /**
   * A tenant's policy.
   *
   * @throws VigilException IMAGING-0092 when a setting cannot be understood
   */
  public TierPolicy of(TenantId tenant) {
    return new TierPolicy(
        age(tenant, WARM_AFTER),
        age(tenant, COLD_AFTER),
        setting(tenant, COMPRESS).map(Boolean::parseBoolean).orElse(true),
        age(tenant, RELEASE_AFTER),
        setting(tenant, RELEASE_TO)
            .map(names -> Stream.of(names.split(",")).map(String::strip))
            .orElse(Stream.empty())
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private Optional<Duration> age(TenantId tenant, String key) {
    return setting(tenant, key).filter(text -> !text.equals(OFF)).map(text -> parse(key, text));
  }

  private static Duration parse(String key, String text) {
    try {
      Duration age = Duration.parse(text);
      if (!age.isNegative()) {
        return age;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new VigilException(
        ErrorCode.IMAGING_0092,
        Map.of(
            "setting",
            "vigil.imaging." + key,
            "problem",
            "neither off nor an ISO 8601 duration such as P30D or PT24H"));
  }

  private Optional<String> setting(TenantId tenant, String key) {
    return config
        .getOptionalValue("vigil.tenant." + tenant.value() + ".imaging." + key, String.class)
        .or(() -> config.getOptionalValue("vigil.imaging." + key, String.class))
        .map(String::strip);
  }
}
