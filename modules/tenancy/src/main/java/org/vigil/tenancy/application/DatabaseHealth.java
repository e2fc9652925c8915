package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the schemas are migrated and the tenants can be read. */
@Readiness
@ApplicationScoped
public class DatabaseHealth implements HealthCheck {
  @Inject private SchemaMigrations migrations;
  @Inject private TenantStore store;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("database").status(migrations.isReady());
    if (migrations.isReady()) {
      response.withData("tenants", store.active().size());
    }
    return response.build();
  }
}
