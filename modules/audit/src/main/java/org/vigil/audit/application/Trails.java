package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/** Which trails there are: the platform's and each hospital's. */
@ApplicationScoped
public class Trails {
  public static final String PLATFORM = "platform";

  @Inject private TenantDirectory tenants;

  public List<String> schemas() {
    List<String> schemas = new ArrayList<>();
    schemas.add(PLATFORM);
    tenants.active().forEach(tenant -> schemas.add(tenant.id().schema()));
    return schemas;
  }

  /** The hospital of a schema; nothing for the platform's. */
  public Optional<TenantId> tenant(String schema) {
    return tenants.active().stream()
        .map(TenantView::id)
        .filter(id -> id.schema().equals(schema))
        .findFirst();
  }
}
