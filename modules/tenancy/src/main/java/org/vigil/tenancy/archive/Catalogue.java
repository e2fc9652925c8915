package org.vigil.tenancy.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What PostgreSQL's catalogue says of a schema's tables. */
final class Catalogue {
  private static final String HISTORY = "flyway_schema_history";

  /**
   * Rows that mean something in one installation only: proofs, sessions of people, and data keys,
   * which this installation's master key wraps and which go with the tenant's row.
   */
  private static final Set<String> NOT_THE_TENANTS =
      Set.of("tenant", "tenant_erasure", "login_session", "tenant_key");

  private final Connection connection;

  Catalogue(Connection connection) {
    this.connection = connection;
  }

  /** The schema's tables, partitions not by themselves, each after those its foreign keys name. */
  List<String> tables(String schema) throws SQLException {
    Set<String> all =
        new LinkedHashSet<>(
            strings(
                "select c.relname from pg_class c where c.relnamespace = ?::regnamespace"
                    + " and c.relkind in ('r', 'p') and not c.relispartition order by 1",
                quoted(schema)));
    all.remove(HISTORY);
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (String table : all) {
      Set<String> others =
          new LinkedHashSet<>(
              strings(
                  "select distinct f.relname from pg_constraint k join pg_class f"
                      + " on f.oid = k.confrelid where k.contype = 'f' and k.conrelid = ?::regclass",
                  quoted(schema) + "." + quoted(table)));
      others.remove(table);
      others.retainAll(all);
      needs.put(table, others);
    }
    List<String> ordered = new ArrayList<>();
    while (ordered.size() < all.size()) {
      int before = ordered.size();
      for (Map.Entry<String, Set<String>> entry : needs.entrySet()) {
        if (!ordered.contains(entry.getKey()) && ordered.containsAll(entry.getValue())) {
          ordered.add(entry.getKey());
        }
      }
      if (ordered.size() == before) {
        throw new SQLException("the foreign keys of " + schema + " form a circle");
      }
    }
    return ordered;
  }

  /**
   * Platform tables whose rows belong to a tenant, parents first: by column, or by their parent.
   */
  Map<String, String> platformTables() throws SQLException {
    Set<String> direct =
        new LinkedHashSet<>(
            strings(
                "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                    + " where c.relnamespace = ?::regnamespace and c.relkind = 'r'"
                    + " and a.attname = 'tenant_id' and not a.attisdropped order by 1",
                "platform"));
    direct.removeAll(NOT_THE_TENANTS);
    Map<String, String> conditions = new LinkedHashMap<>();
    for (String table : tables("platform")) {
      if (direct.contains(table)) {
        conditions.put(table, "tenant_id = %s");
      }
    }
    for (String parent : List.copyOf(conditions.keySet())) {
      String children =
          "select c.relname || '|' || a.attname || '|' || fa.attname from pg_constraint k"
              + " join pg_class c on c.oid = k.conrelid"
              + " join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]"
              + " join pg_attribute fa on fa.attrelid = k.confrelid and fa.attnum = k.confkey[1]"
              + " where k.contype = 'f' and cardinality(k.conkey) = 1"
              + " and k.confrelid = ?::regclass order by 1";
      for (String child : strings(children, "platform." + quoted(parent))) {
        String[] parts = child.split("\\|", -1);
        conditions.putIfAbsent(
            parts[0],
            "%s in (select %s from platform.%s where "
                    .formatted(quoted(parts[1]), quoted(parts[2]), quoted(parent))
                + "tenant_id = %s)");
      }
    }
    return conditions;
  }

  boolean hasRole(String role) throws SQLException {
    return !strings("select rolname from pg_roles where rolname = ?", role).isEmpty();
  }

  boolean hasSchema(String schema) throws SQLException {
    return !strings("select nspname from pg_namespace where nspname = ?", schema).isEmpty();
  }

  /** Columns that hold values of their own, in order. */
  List<String> columns(String schema, String table) throws SQLException {
    return strings(
        "select attname from pg_attribute where attrelid = ?::regclass and attnum > 0"
            + " and not attisdropped and attgenerated = '' order by attnum",
        quoted(schema) + "." + quoted(table));
  }

  /** Columns of the primary key; all columns where there is none. */
  List<String> key(String schema, String table) throws SQLException {
    List<String> key =
        strings(
            "select a.attname from pg_index i cross join unnest(i.indkey) with ordinality k(n, o)"
                + " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.n"
                + " where i.indisprimary and i.indrelid = ?::regclass order by k.o",
            quoted(schema) + "." + quoted(table));
    return key.isEmpty() ? columns(schema, table) : key;
  }

  /** Partitions by their table. */
  Map<String, List<String>> partitions(String schema) throws SQLException {
    Map<String, List<String>> partitions = new LinkedHashMap<>();
    for (String pair :
        strings(
            "select p.relname || '|' || c.relname from pg_inherits i"
                + " join pg_class c on c.oid = i.inhrelid and c.relispartition and c.relkind = 'r'"
                + " join pg_class p on p.oid = i.inhparent"
                + " where c.relnamespace = ?::regnamespace order by 1",
            quoted(schema))) {
      String[] parts = pair.split("\\|", -1);
      partitions.computeIfAbsent(parts[0], t -> new ArrayList<>()).add(parts[1]);
    }
    return partitions;
  }

  /** The value each sequence gave out last, null where it gave none. */
  Map<String, Long> sequences(String schema) throws SQLException {
    Map<String, Long> values = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select sequencename, last_value from pg_sequences where schemaname = ? order by 1")) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long value = rows.getLong(2);
          values.put(rows.getString(1), rows.wasNull() ? null : value);
        }
      }
    }
    return values;
  }

  /** Versions of the migrations that a schema has had. */
  List<String> versions(String schema) throws SQLException {
    return strings(
        "select version from %s.%s where success and version is not null and script <> ? order by 1"
            .formatted(quoted(schema), HISTORY),
        "");
  }

  private List<String> strings(String query, String parameter) throws SQLException {
    List<String> result = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          result.add(rows.getString(1));
        }
      }
    }
    return result;
  }

  /** An identifier as SQL; names come from the catalogue, never from a request. */
  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
