package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.vigil.analysis.domain.SeverityPolicy;
import org.vigil.tenancy.api.TenantContext;

/**
 * Severity policies from configuration: {@code vigil.severity.<label>} for all hospitals, {@code
 * vigil.tenant.<tenant>.severity.<label>} for one, which wins. Values as {@link SeverityPolicy#of}.
 */
@ApplicationScoped
public class ConfiguredSeverityPolicies implements SeverityPolicies {
  private static final String ALL = "vigil.severity.";

  private Config config;

  protected ConfiguredSeverityPolicies() {}

  @Inject
  public ConfiguredSeverityPolicies(Config config) {
    this.config = config;
  }

  @Override
  public SeverityPolicy current() {
    String own = "vigil.tenant." + TenantContext.current().value() + ".severity.";
    Map<String, String> common = new HashMap<>();
    Map<String, String> particular = new HashMap<>();
    for (String name : config.getPropertyNames()) {
      take(name, ALL, common);
      take(name, own, particular);
    }
    common.putAll(particular);
    return common.isEmpty() ? SeverityPolicy.ofManifest() : SeverityPolicy.of(common);
  }

  private void take(String name, String prefix, Map<String, String> into) {
    if (name.startsWith(prefix)) {
      config
          .getOptionalValue(name, String.class)
          .ifPresent(rule -> into.put(SeverityPolicy.key(name.substring(prefix.length())), rule));
    }
  }
}
