package org.vigil.audit.domain;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL as a hospital has it: the owner's, the application's and the tenants' roles, the
 * platform's schema migrated; tests open a tenant each.
 */
public final class TrailDatabase {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static EmbeddedPostgres postgres;

  private TrailDatabase() {}

  private static synchronized EmbeddedPostgres postgres() {
    if (postgres == null) {
      try {
        postgres = EmbeddedPostgres.builder().start();
        superuser(
            """
            create role vigil_owner login createrole;
            create role vigil_app login noinherit;
            create role vigil_tenant nologin;
            grant all on database postgres to vigil_owner;
            create schema platform authorization vigil_owner;
            grant usage on schema platform to vigil_app, vigil_tenant;
            """);
        migrate("platform", "classpath:db/platform", null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return postgres;
  }

  /** A tenant's schema with its trail, migrated up to a version, or to the newest for null. */
  public static String openTenant(String upTo) {
    String schema = "t_test_" + NUMBER.incrementAndGet();
    superuser(
        """
        create role %1$s nologin;
        grant %1$s to vigil_app with inherit false, set true;
        grant vigil_tenant to %1$s;
        create schema %1$s authorization vigil_owner;
        grant usage on schema %1$s to %1$s;
        alter default privileges for role vigil_owner in schema %1$s
          grant select, insert, update, delete on tables to %1$s;
        alter default privileges for role vigil_owner in schema %1$s grant usage on sequences to %1$s;
        """
            .formatted(schema));
    migrate(schema, "classpath:db/tenant", upTo);
    return schema;
  }

  public static void migrate(String schema, String location, String upTo) {
    var configuration =
        Flyway.configure()
            .dataSource(owner())
            .schemas(schema)
            .createSchemas(false)
            .locations(location)
            .outOfOrder(true)
            .loggers("slf4j")
            .placeholders(
                Map.of(
                    "appRole", "vigil_app", "tenantGroup", "vigil_tenant", "tenantRole", schema));
    if (upTo != null) {
      configuration.target(upTo);
    }
    configuration.load().migrate();
  }

  public static DataSource owner() {
    return postgres().getDatabase("vigil_owner", "postgres");
  }

  /** The application's login in a tenant's role. */
  public static Connection application(String schema) throws SQLException {
    Connection connection =
        DriverManager.getConnection(postgres().getJdbcUrl("vigil_app", "postgres"));
    execute(connection, "set role " + schema + "; set search_path = " + schema);
    return connection;
  }

  /** What only somebody with all rights can do; triggers are off for him. */
  public static void tamper(String schema, String sql) {
    superuser("set session_replication_role = replica; set search_path = " + schema + "; " + sql);
  }

  public static void superuser(String sql) {
    try (Connection connection = postgres().getPostgresDatabase().getConnection()) {
      execute(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writes events as the application does and gives back their ids. */
  public static List<Long> record(String schema, int count) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = application(schema)) {
      for (int i = 0; i < count; i++) {
        ids.add(record(connection, "reader" + i % 3, "P" + i));
      }
    }
    return ids;
  }

  static long record(Connection connection, String user, String patient) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
                with written as (
                  insert into audit_event (action, outcome, actor_kind, actor_name, actor_address,
                    study_uid, patient_id, details)
                  values ('IMAGE_ACCESSED', 'SUCCESS', 'PERSON', ?, '10.0.0.7', '1.2.3', ?,
                    '{"what": "frames", "b": "1"}')
                  returning id, occurred_at)
                insert into audit_unsealed select * from written returning event_id
                """)) {
      insert.setString(1, user);
      insert.setString(2, patient);
      try (var row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  static SealingKey newKey() {
    try {
      return SealingKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
