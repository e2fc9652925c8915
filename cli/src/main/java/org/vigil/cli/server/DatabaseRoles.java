package org.vigil.cli.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The roles of Vigil's database: {@code vigil_owner} owns the schemas and makes tenants, {@code
 * vigil_app} works and owns nothing. Each statement can be repeated. docs/runbook.md gives the same
 * statements for an external PostgreSQL.
 */
final class DatabaseRoles {

  static final String CREATE_DATABASE =
      "create database vigil owner vigil_owner encoding 'UTF8' template template0";

  private DatabaseRoles() {}

  /** Statements for the cluster, as superuser, in any database. */
  static List<String> cluster(String ownerPassword, String applicationPassword) {
    return List.of(
        createIfMissing("vigil_owner"),
        createIfMissing("vigil_app"),
        "alter role vigil_owner login createrole password " + literal(ownerPassword),
        "alter role vigil_app login noinherit password " + literal(applicationPassword),
        // SET ROLE of a tenant is then enough to land in that tenant's schema.
        "alter role vigil_app set search_path = \"$user\"");
  }

  /** Statements for the database {@code vigil}, as superuser, in it. */
  static List<String> database() {
    return List.of(
        "revoke all on database vigil from public",
        "grant connect on database vigil to vigil_app",
        "revoke all on schema public from public",
        // Injected SQL could change role through it; Flyway, which runs as the owner, needs it.
        "revoke execute on function pg_catalog.set_config(text, text, boolean) from public",
        "grant execute on function pg_catalog.set_config(text, text, boolean) to vigil_owner");
  }

  static boolean databaseExists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select 1 from pg_database where datname = 'vigil'")) {
      return rows.next();
    }
  }

  private static String createIfMissing(String role) {
    return "do $$ begin if not exists (select 1 from pg_roles where rolname = '"
        + role
        + "') then create role "
        + role
        + "; end if; end $$";
  }

  /** A string literal; passwords cannot be bound as parameters in ALTER ROLE. */
  static String literal(String text) {
    if (text.indexOf('\\') >= 0 || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a password may hold no backslash and no NUL");
    }
    return "'" + text.replace("'", "''") + "'";
  }
}
