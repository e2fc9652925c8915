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
  @Inject private TenantRegistry tenants;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("database").status(migrations.isReady());
    if (migrations.isReady()) {
      response
          .withData("tenants", tenants.active().size())
          .withData("closed", tenants.closed().size());
    }
    return response.build();
  }
}
