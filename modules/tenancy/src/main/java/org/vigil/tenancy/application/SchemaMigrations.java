package org.vigil.tenancy.application;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.DatabaseReadiness;

/**
 * Makes and migrates the platform's schema and the tenants', as the owner of the schemas, which the
 * application is not. Runs outside JTA: a migration is its own transaction.
 */
@ApplicationScoped
public class SchemaMigrations implements DatabaseReadiness {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrations.class);
  private static final String APP_ROLE = "vigil_app";
  private static final String TENANT_GROUP = "vigil_tenant";

  private final CountDownLatch ready = new CountDownLatch(1);

  @Resource(lookup = "java:jboss/datasources/VigilOwner")
  private DataSource owner;

  /** Migrates the platform's schema, then every tenant's; afterwards {@link #isReady()}. */
  public void migrateAll() {
    try {
      preparePlatform();
      flyway("platform", "classpath:db/platform", Map.of()).migrate();
      List<TenantId> tenants = tenants();
      for (TenantId tenant : tenants) {
        migrate(tenant);
      }
      LOG.info("Schemas are up to date: platform and {} tenants", tenants.size());
      ready.countDown();
    } catch (SQLException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "migration"), e);
    }
  }

  /** Makes a tenant's role and schema, if need be, and migrates it. */
  public void prepareTenant(TenantId tenant) {
    String schema = tenant.schema();
    // The names are made of a validated TenantId; identifiers cannot be bound as parameters.
    String statements =
        """
        do $$ begin
          if not exists (select from pg_roles where rolname = '%1$s') then
            create role "%1$s" nologin;
          end if;
        end $$;
        grant "%1$s" to %2$s with inherit false, set true;
        grant %3$s to "%1$s";
        create schema if not exists "%1$s";
        revoke all on schema "%1$s" from public;
        grant usage on schema "%1$s" to "%1$s";
        alter default privileges in schema "%1$s"
          grant select, insert, update, delete on tables to "%1$s";
        alter default privileges in schema "%1$s" grant usage on sequences to "%1$s";
        """
            .formatted(schema, APP_ROLE, TENANT_GROUP);
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw new VigilException(ErrorCode.TENANCY_0008, Map.of("tenant", tenant.value()), e);
    }
    migrate(tenant);
  }

  @Override
  public boolean isReady() {
    return ready.getCount() == 0;
  }

  @Override
  public void await(Duration atMost) {
    try {
      if (!ready.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new VigilException(ErrorCode.KERNEL_0006);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VigilException(ErrorCode.KERNEL_0006, Map.of(), e);
    }
  }

  private void migrate(TenantId tenant) {
    flyway(tenant.schema(), "classpath:db/tenant", Map.of("tenantRole", tenant.schema())).migrate();
  }

  private Flyway flyway(String schema, String location, Map<String, String> placeholders) {
    Map<String, String> all = new java.util.HashMap<>(placeholders);
    all.put("appRole", APP_ROLE);
    all.put("tenantGroup", TENANT_GROUP);
    return Flyway.configure(SchemaMigrations.class.getClassLoader())
        .dataSource(owner)
        .schemas(schema)
        .createSchemas(false)
        .locations(location)
        .placeholders(all)
        .outOfOrder(true)
        .loggers("slf4j")
        .load();
  }

  private void preparePlatform() throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          do $$ begin
            if not exists (select from pg_roles where rolname = '%2$s') then
              create role %2$s nologin;
            end if;
          end $$;
          create schema if not exists platform;
          revoke all on schema platform from public;
          grant usage on schema platform to %1$s, %2$s;
          """
              .formatted(APP_ROLE, TENANT_GROUP));
    }
  }

  private List<TenantId> tenants() throws SQLException {
    List<TenantId> tenants = new ArrayList<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select id from platform.tenant where active")) {
      while (rows.next()) {
        tenants.add(TenantId.of(rows.getString(1)));
      }
    }
    return tenants;
  }
}
