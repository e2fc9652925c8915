package org.vigil.tenancy.application;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.DatabaseReadiness;

/**
 * Makes and migrates the platform's schema and the tenants', as the owner of the schemas, which the
 * application is not. Runs outside JTA: a migration is its own transaction.
 *
 * <p>A schema that has had all migrations is noted with their fingerprint, so that a start asks
 * Flyway only about the others. One whose migration fails is noted too and keeps no other from
 * being migrated; with what was done before the failure it goes on next time.
 */
@ApplicationScoped
public class SchemaMigrations implements DatabaseReadiness {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrations.class);
  private static final String APP_ROLE = "vigil_app";
  private static final String TENANT_GROUP = "vigil_tenant";
  private static final String TENANT_SCRIPTS = "classpath:db/tenant";
  private static final String LATEST = "latest";
  private static final int LONGEST_FAILURE = 500;

  /** Each takes up to three of the owner's twelve connections; more would wait for each other. */
  private static final int AT_ONCE = 3;

  private final CountDownLatch ready = new CountDownLatch(1);
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  @Resource(lookup = "java:jboss/datasources/VigilOwner")
  private DataSource owner;

  @Inject
  @ConfigProperty(name = "vigil.migration.threads", defaultValue = "2")
  private int threads;

  private volatile String fingerprint;

  /** Migrates the platform's schema, then every tenant's; afterwards {@link #isReady()}. */
  public void migrateAll() {
    try {
      preparePlatform();
      flyway("platform", "classpath:db/platform", Map.of()).migrate();
      Queue<TenantId> waiting = new ConcurrentLinkedQueue<>(outOfDate());
      int total = waiting.size();
      AtomicInteger failed = new AtomicInteger();
      inParallel(Math.min(threads, total), waiting, failed);
      LOG.info("Schemas are up to date: platform; {} tenants migrated, {} failed", total, failed);
      ready.countDown();
    } catch (SQLException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "migration"), e);
    }
  }

  // Plain threads: a migration needs neither JTA nor JNDI, and the server waits for them.
  private void inParallel(int workers, Queue<TenantId> waiting, AtomicInteger failed) {
    Runnable work =
        () -> {
          for (TenantId next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!migrate(next)) {
              failed.incrementAndGet();
            }
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < workers; i++) {
      Thread thread = new Thread(work, "vigil-migration-" + i);
      thread.start();
      others.add(thread);
    }
    work.run();
    for (Thread thread : others) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new VigilException(ErrorCode.KERNEL_0006, Map.of(), e);
      }
    }
  }

  /**
   * Makes a tenant's role and schema, if need be, and migrates it.
   *
   * @throws VigilException TENANCY-0008 when that fails
   */
  public void prepareTenant(TenantId tenant) {
    prepareTenant(tenant, LATEST);
  }

  /** The same, migrated no further than a version: rows of that version are to come first. */
  public void prepareTenant(TenantId tenant, String version) {
    String schema = tenant.schema();
    // The names are made of a validated TenantId; identifiers cannot be bound as parameters. One
    // tenant at a time: PostgreSQL refuses two grants of roles to the same login at once.
    String statements =
        """
        select pg_advisory_xact_lock(hashtext('vigil tenant roles'));
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
    if (!migrate(tenant, version)) {
      throw new VigilException(ErrorCode.TENANCY_0008, Map.of("tenant", tenant.value()));
    }
  }

  /**
   * Migrates one tenant's schema and notes how that ended.
   *
   * @return whether it is up to date now
   */
  boolean migrate(TenantId tenant) {
    return migrate(tenant, LATEST);
  }

  private boolean migrate(TenantId tenant, String version) {
    String failure = null;
    turns.acquireUninterruptibly();
    try {
      configured(tenant.schema(), TENANT_SCRIPTS, Map.of("tenantRole", tenant.schema()))
          .target(version)
          .load()
          .migrate();
    } catch (FlywayException e) {
      LOG.error("The schema of tenant {} could not be migrated; its edges stay closed", tenant, e);
      failure = firstLines(e.getMessage());
    } finally {
      turns.release();
    }
    if (failure != null || version.equals(LATEST)) {
      note(tenant, failure);
    }
    return failure == null;
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

  /**
   * Names what a schema that is up to date has had: it changes when a migration is added, and each
   * month, whose partitions are made after migrating.
   */
  private String upToDate() {
    return fingerprint() + " " + YearMonth.now(ZoneOffset.UTC);
  }

  private String fingerprint() {
    if (fingerprint == null) {
      fingerprint =
          sha256(
              Arrays.stream(tenantScripts())
                  .map(m -> m.getVersion() + " " + m.getChecksum())
                  .collect(Collectors.joining("\n")));
    }
    return fingerprint;
  }

  /** Versions of the migrations that this version of Vigil has. */
  public Set<String> knownVersions() {
    return Arrays.stream(tenantScripts())
        .filter(m -> m.getVersion() != null)
        .map(m -> m.getVersion().getVersion())
        .collect(Collectors.toSet());
  }

  // A history that no schema has: everything is pending, and nothing is written.
  private MigrationInfo[] tenantScripts() {
    return configured("platform", TENANT_SCRIPTS, Map.of("tenantRole", "nobody"))
        .table("no_tenants_history")
        .load()
        .info()
        .all();
  }

  private Flyway flyway(String schema, String location, Map<String, String> placeholders) {
    return configured(schema, location, placeholders).load();
  }

  private FluentConfiguration configured(
      String schema, String location, Map<String, String> placeholders) {
    Map<String, String> all = new HashMap<>(placeholders);
    all.put("appRole", APP_ROLE);
    all.put("tenantGroup", TENANT_GROUP);
    return Flyway.configure(SchemaMigrations.class.getClassLoader())
        .dataSource(owner)
        .schemas(schema)
        .createSchemas(false)
        .locations(location)
        .placeholders(all)
        .outOfOrder(true)
        .loggers("slf4j");
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

  private List<TenantId> outOfDate() throws SQLException {
    List<TenantId> tenants = new ArrayList<>();
    try (Connection connection = owner.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select id from platform.tenant where active and not erasing"
                    + " and (schema_state is distinct from ? or migration_failure is not null)"
                    + " order by id")) {
      statement.setString(1, upToDate());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          tenants.add(TenantId.of(rows.getString(1)));
        }
      }
    }
    return tenants;
  }

  private void note(TenantId tenant, String failure) {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update platform.tenant set schema_state = ?, migration_failure = ? where id = ?")) {
      statement.setString(1, failure == null ? upToDate() : null);
      statement.setString(2, failure);
      statement.setString(3, tenant.value());
      statement.executeUpdate();
    } catch (SQLException e) {
      // The schema is as it is; the next start asks Flyway once more.
      LOG.warn("The state of tenant {}'s schema could not be noted", tenant, e);
    }
  }

  /** What Flyway says first: script and database error, not the statement and its values. */
  private static String firstLines(String message) {
    String text =
        message
            .lines()
            .filter(l -> !l.isBlank() && !l.startsWith("---"))
            .takeWhile(l -> !l.startsWith("Statement"))
            .collect(Collectors.joining("; "));
    return text.length() <= LONGEST_FAILURE ? text : text.substring(0, LONGEST_FAILURE);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
