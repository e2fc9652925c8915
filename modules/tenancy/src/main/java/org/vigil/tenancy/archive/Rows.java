package org.vigil.tenancy.archive;

import static org.vigil.tenancy.archive.Catalogue.quoted;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.archive.ArchiveManifest.Table;

/**
 * A tenant's rows out of and into PostgreSQL, as the text of COPY. Names of tables and columns come
 * from the catalogue or from an archive that opened whole, and are quoted.
 */
final class Rows {
  private final Connection connection;
  private final Catalogue catalogue;

  Rows(Connection connection) {
    this.connection = connection;
    this.catalogue = new Catalogue(connection);
  }

  /** Where a table's text goes. */
  @FunctionalInterface
  interface Sink {
    HashingStream next(String entry) throws IOException;
  }

  /** Writes the tables of a tenant's schema. */
  List<Table> write(String schema, Sink sink) throws SQLException, IOException {
    List<Table> written = new ArrayList<>();
    for (String table : catalogue.tables(schema)) {
      List<String> columns = catalogue.columns(schema, table);
      String query =
          "select %s from %s.%s order by %s"
              .formatted(
                  list(columns), quoted(schema), quoted(table), list(catalogue.key(schema, table)));
      written.add(copyOut(table, columns, query, sink.next("tables/" + table + ".copy")));
    }
    return written;
  }

  /** Writes what the platform keeps of a tenant. */
  List<Table> writePlatform(TenantId tenant, Sink sink) throws SQLException, IOException {
    List<Table> written = new ArrayList<>();
    for (Map.Entry<String, String> entry : catalogue.platformTables().entrySet()) {
      String table = entry.getKey();
      List<String> columns = catalogue.columns("platform", table);
      String query =
          "select %s from platform.%s where %s order by %s"
              .formatted(
                  list(columns),
                  quoted(table),
                  condition(entry.getValue(), tenant),
                  list(catalogue.key("platform", table)));
      written.add(copyOut(table, columns, query, sink.next("platform/" + table + ".copy")));
    }
    return written;
  }

  private Table copyOut(String table, List<String> columns, String query, HashingStream out)
      throws SQLException, IOException {
    long rows = copies().copyOut("copy (" + query + ") to stdout", (OutputStream) out);
    return new Table(table, columns, rows, out.sha256());
  }

  /** Puts a table's text back into the tenant's schema. */
  void read(String schema, Table table, InputStream text) throws SQLException, IOException {
    String name = quoted(schema) + "." + quoted(table.name());
    copies().copyIn("copy %s (%s) from stdin".formatted(name, list(table.columns())), text);
  }

  /** Puts back what the platform kept of a tenant, under the id that it has now. */
  void readPlatform(Table table, InputStream text, TenantId tenant)
      throws SQLException, IOException {
    String draft = quoted("restored_" + table.name());
    String columns = list(table.columns());
    execute(
        "create temp table %s on commit drop as select %s from platform.%s where false"
            .formatted(draft, columns, quoted(table.name())));
    copies().copyIn("copy %s (%s) from stdin".formatted(draft, columns), text);
    if (table.columns().contains("tenant_id")) {
      try (PreparedStatement statement =
          connection.prepareStatement("update " + draft + " set tenant_id = ?")) {
        statement.setString(1, tenant.value());
        statement.executeUpdate();
      }
    }
    execute(
        "insert into platform.%s (%s) overriding system value select %s from %s"
            .formatted(quoted(table.name()), columns, columns, draft));
  }

  /** Lets rows in as they were: no trigger adds to them, and none of a fresh schema stays. */
  void open(String schema, List<Table> tables) throws SQLException {
    for (Table table : tables) {
      execute(
          "alter table %s.%s disable trigger user".formatted(quoted(schema), quoted(table.name())));
    }
    for (int i = tables.size() - 1; i >= 0; i--) {
      execute("delete from %s.%s".formatted(quoted(schema), quoted(tables.get(i).name())));
    }
  }

  /** Ends what {@link #open} began, and lets sequences go on where they stood. */
  void close(String schema, List<Table> tables, Map<String, Long> sequences) throws SQLException {
    for (Table table : tables) {
      execute(
          "alter table %s.%s enable trigger user".formatted(quoted(schema), quoted(table.name())));
    }
    for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
      if (sequence.getValue() != null) {
        try (PreparedStatement statement =
            connection.prepareStatement("select setval(?::regclass, ?)")) {
          statement.setString(1, quoted(schema) + "." + quoted(sequence.getKey()));
          statement.setLong(2, sequence.getValue());
          statement.execute();
        }
      }
    }
  }

  /** Deletes what the platform keeps of a tenant, its own row too; how many, by table. */
  Map<String, Long> deletePlatform(TenantId tenant) throws SQLException {
    Map<String, Long> deleted = new LinkedHashMap<>();
    List<Map.Entry<String, String>> tables = new ArrayList<>(catalogue.platformTables().entrySet());
    Collections.reverse(tables);
    for (Map.Entry<String, String> entry : tables) {
      deleted.put(
          "platform." + entry.getKey(),
          execute(
              "delete from platform.%s where %s"
                  .formatted(quoted(entry.getKey()), condition(entry.getValue(), tenant))));
    }
    execute("delete from platform.tenant where id = '%s'".formatted(tenant.value()));
    return deleted;
  }

  /** Drops a schema and its role of the same name; how many rows it had, by table. */
  Map<String, Long> dropSchema(String schema) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    if (catalogue.hasSchema(schema)) {
      for (String table : catalogue.tables(schema)) {
        counts.put(table, count(schema, table));
      }
    }
    execute("drop schema if exists %s cascade".formatted(quoted(schema)));
    if (catalogue.hasRole(schema)) {
      // Rights that were given to the role elsewhere would keep it.
      execute("grant %s to current_user with inherit true".formatted(quoted(schema)));
      execute("drop owned by %s".formatted(quoted(schema)));
      execute("drop role %s".formatted(quoted(schema)));
    }
    return counts;
  }

  private long count(String schema, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from %s.%s".formatted(quoted(schema), quoted(table)))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  Catalogue catalogue() {
    return catalogue;
  }

  private long execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  // COPY takes no parameters. A TenantId is letters, digits and hyphens.
  private static String condition(String template, TenantId tenant) {
    return template.formatted("'" + tenant.value() + "'");
  }

  private static String list(List<String> columns) {
    return columns.stream().map(Catalogue::quoted).collect(Collectors.joining(", "));
  }

  private CopyManager copies() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
