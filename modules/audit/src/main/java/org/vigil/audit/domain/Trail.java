package org.vigil.audit.domain;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tables of one trail, over a connection that the caller opens, commits and closes. Every table
 * is named with its schema, so that no {@code search_path} leads elsewhere.
 */
public final class Trail {
  private static final Pattern SCHEMA = Pattern.compile("platform|t_[a-z][a-z0-9_]{1,31}");
  private static final int FETCH = 2000;

  private final Connection connection;
  private final String schema;

  /**
   * @param schema {@code platform} or a tenant's
   */
  public Trail(Connection connection, String schema) {
    if (!SCHEMA.matcher(schema).matches()) {
      throw new IllegalArgumentException("not a trail's schema");
    }
    this.connection = connection;
    this.schema = schema;
  }

  public String schema() {
    return schema;
  }

  Connection connection() {
    return connection;
  }

  /** A table of this trail, fit to stand in a statement. */
  String table(String name) {
    return schema + "." + name;
  }

  /** Whether this caller is now the only one that seals or anchors this trail, until it commits. */
  boolean lock() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select pg_try_advisory_xact_lock(hashtext('vigil-audit'), hashtext(?))")) {
      query.setString(1, schema);
      return one(query, row -> row.getBoolean(1)).orElse(false);
    }
  }

  Instant now() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select clock_timestamp()")) {
      return one(query, row -> instant(row, 1)).orElseThrow();
    }
  }

  /** Events written and not sealed, oldest id first. */
  List<AuditRow> unsealed(int limit) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select "
                + columns("e")
                + " from "
                + table("audit_unsealed u")
                + " join "
                + table("audit_event e")
                + " on e.id = u.event_id and e.occurred_at = u.occurred_at"
                + " order by u.event_id limit ?")) {
      query.setInt(1, limit);
      return all(query, AuditRow::of);
    }
  }

  void add(Seal seal) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into "
                    + table("audit_seal")
                    + " (seq, event_ids, event_times, row_hashes, column_marks, leaf_tags, root,"
                    + " event_total, previous_hash, sealed_at, key_id, hash, signature)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from " + table("audit_unsealed") + " where event_id = any (?)")) {
      Array ids = longs(seal.leaves().stream().map(Leaf::id).toList());
      insert.setLong(1, seal.seq());
      insert.setArray(2, ids);
      insert.setArray(3, longs(seal.leaves().stream().map(Leaf::micros).toList()));
      insert.setBytes(4, joined(seal.leaves().stream().map(Leaf::hash).toList()));
      insert.setBytes(5, joined(seal.leaves().stream().map(Leaf::marks).toList()));
      insert.setBytes(6, seal.tags());
      insert.setBytes(7, seal.root());
      insert.setLong(8, seal.eventTotal());
      insert.setBytes(9, seal.previousHash());
      insert.setObject(10, seal.sealedAt().atOffset(ZoneOffset.UTC));
      insert.setString(11, seal.keyId());
      insert.setBytes(12, seal.hash());
      insert.setBytes(13, seal.signature());
      insert.executeUpdate();
      delete.setArray(1, ids);
      delete.executeUpdate();
    }
  }

  SealHead head() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(headQuery("order by seq desc limit 1"))) {
      return one(query, this::head).orElse(SealHead.none(schema));
    }
  }

  /** The hash of a seal; empty when there is none of this number. */
  public byte[] hashOf(long seq) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select hash from " + table("audit_seal") + " where seq = ?")) {
      query.setLong(1, seq);
      return one(query, row -> row.getBytes(1)).orElse(new byte[0]);
    }
  }

  /** Seals after a number and before an instant, in order. */
  List<SealHead> heads(long after, Instant before) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(headQuery("where seq > ? and sealed_at < ? order by seq"))) {
      query.setLong(1, after);
      query.setObject(2, before.atOffset(ZoneOffset.UTC));
      return all(query, this::head);
    }
  }

  /** Hands on every seal from a number, in order; must run inside a transaction. */
  void eachSeal(long from, Visitor<Seal> visitor) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select seq, event_ids, event_times, row_hashes, column_marks, leaf_tags, root,"
                + " event_total, previous_hash, sealed_at, key_id, hash, signature from "
                + table("audit_seal")
                + " where seq >= ? order by seq")) {
      query.setLong(1, from);
      query.setFetchSize(20);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          visitor.visit(seal(rows));
        }
      }
    }
  }

  /** The seals after a number, in order. */
  List<Seal> seals(long after, int limit) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select seq, event_ids, event_times, row_hashes, column_marks, leaf_tags, root,"
                + " event_total, previous_hash, sealed_at, key_id, hash, signature from "
                + table("audit_seal")
                + " where seq > ? order by seq limit ?")) {
      query.setLong(1, after);
      query.setInt(2, limit);
      return all(query, this::seal);
    }
  }

  /** The seal that covers an event, if it is sealed. */
  Optional<Seal> sealOf(long event, Instant occurredAt) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select seq, event_ids, event_times, row_hashes, column_marks, leaf_tags, root,"
                + " event_total, previous_hash, sealed_at, key_id, hash, signature from "
                + table("audit_seal")
                + " where sealed_at >= ? and event_ids @> array[?::bigint]"
                + " order by sealed_at limit 1")) {
      query.setObject(1, occurredAt.atOffset(ZoneOffset.UTC));
      query.setLong(2, event);
      return one(query, this::seal);
    }
  }

  /** The row of an id. */
  public Optional<AuditRow> row(long id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select " + columns("e") + " from " + table("audit_event e") + " where id = ?")) {
      query.setLong(1, id);
      return one(query, AuditRow::of);
    }
  }

  /** The rows of these ids, in no order; an id may have several if the table was tampered with. */
  List<AuditRow> rows(Collection<Long> ids, Instant from, Instant to) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select "
                + columns("e")
                + " from "
                + table("audit_event e")
                + " where id = any (?) and occurred_at between ? and ?")) {
      query.setArray(1, longs(ids));
      query.setObject(2, from.atOffset(ZoneOffset.UTC));
      query.setObject(3, to.atOffset(ZoneOffset.UTC));
      return all(query, AuditRow::of);
    }
  }

  /** Id and time of every event, in no order; must run inside a transaction. */
  void eachEvent(IdAndTime visitor) throws SQLException {
    each("select id, occurred_at from " + table("audit_event"), visitor);
  }

  /** Id and time of every event that waits to be sealed. */
  void eachUnsealed(IdAndTime visitor) throws SQLException {
    each("select event_id, occurred_at from " + table("audit_unsealed"), visitor);
  }

  private void each(String sql, IdAndTime visitor) throws SQLException {
    try (Statement query = connection.createStatement()) {
      query.setFetchSize(FETCH * 10);
      try (ResultSet rows = query.executeQuery(sql)) {
        while (rows.next()) {
          visitor.visit(rows.getLong(1), AuditRow.micros(instant(rows, 2)));
        }
      }
    }
  }

  void add(Anchor anchor) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into "
                + table("audit_anchor")
                + " (day, first_seal, last_seal, event_total, root, head_hash, anchored_at,"
                + " key_id, signature) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, anchor.day());
      insert.setLong(2, anchor.firstSeal());
      insert.setLong(3, anchor.lastSeal());
      insert.setLong(4, anchor.eventTotal());
      insert.setBytes(5, anchor.root());
      insert.setBytes(6, anchor.headHash());
      insert.setObject(7, anchor.anchoredAt().atOffset(ZoneOffset.UTC));
      insert.setString(8, anchor.keyId());
      insert.setBytes(9, anchor.signature());
      insert.executeUpdate();
    }
  }

  /** All anchors, oldest first. */
  public List<Anchor> anchors() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select day, first_seal, last_seal, event_total, root, head_hash, anchored_at, key_id,"
                + " signature from "
                + table("audit_anchor")
                + " order by day")) {
      return all(
          query,
          row ->
              new Anchor(
                  schema,
                  row.getObject(1, LocalDate.class),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getBytes(5),
                  row.getBytes(6),
                  instant(row, 7),
                  row.getString(8),
                  row.getBytes(9)));
    }
  }

  void add(Deletion deletion) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into "
                + table("audit_deletion")
                + " (seq, part, range_from, range_to, event_count, first_event, last_event,"
                + " digest, policy, deleted_by, deleted_at, key_id, signature)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, deletion.seq());
      insert.setString(2, deletion.part());
      insert.setObject(3, deletion.from().atOffset(ZoneOffset.UTC));
      insert.setObject(4, deletion.to().atOffset(ZoneOffset.UTC));
      insert.setLong(5, deletion.eventCount());
      insert.setObject(6, deletion.firstEvent());
      insert.setObject(7, deletion.lastEvent());
      insert.setBytes(8, deletion.digest());
      insert.setString(9, deletion.policy());
      insert.setString(10, deletion.deletedBy());
      insert.setObject(11, deletion.deletedAt().atOffset(ZoneOffset.UTC));
      insert.setString(12, deletion.keyId());
      insert.setBytes(13, deletion.signature());
      insert.executeUpdate();
    }
  }

  /** All proofs of deletion, oldest first. */
  public List<Deletion> deletions() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select seq, part, range_from, range_to, event_count, first_event, last_event, digest,"
                + " policy, deleted_by, deleted_at, key_id, signature from "
                + table("audit_deletion")
                + " order by seq")) {
      return all(
          query,
          row ->
              new Deletion(
                  schema,
                  row.getLong(1),
                  row.getString(2),
                  instant(row, 3),
                  instant(row, 4),
                  row.getLong(5),
                  row.getObject(6, Long.class),
                  row.getObject(7, Long.class),
                  row.getBytes(8),
                  row.getString(9),
                  row.getString(10),
                  instant(row, 11),
                  row.getString(12),
                  row.getBytes(13)));
    }
  }

  private String headQuery(String rest) {
    return "select seq, event_total, hash, sealed_at, key_id, signature from "
        + table("audit_seal ")
        + rest;
  }

  private SealHead head(ResultSet row) throws SQLException {
    return new SealHead(
        schema,
        row.getLong(1),
        row.getLong(2),
        row.getBytes(3),
        instant(row, 4),
        row.getString(5),
        row.getBytes(6));
  }

  private Seal seal(ResultSet row) throws SQLException {
    long[] ids = longs(row.getArray(2));
    long[] times = longs(row.getArray(3));
    byte[] hashes = row.getBytes(4);
    byte[] marks = row.getBytes(5);
    int markLength = AuditRow.COLUMNS.size() * AuditRow.MARK;
    List<Leaf> leaves = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      // A tampered seal may hold arrays of unequal length: what is missing reads as zeros.
      leaves.add(
          new Leaf(
              ids[i],
              i < times.length ? times[i] : 0,
              part(hashes, i, Sha256.LENGTH),
              part(marks, i, markLength)));
    }
    byte[] tags = Arrays.copyOf(row.getBytes(6), ids.length * LeafTags.LENGTH);
    return new Seal(
        schema,
        row.getLong(1),
        leaves,
        tags,
        row.getBytes(7),
        row.getLong(8),
        row.getBytes(9),
        instant(row, 10),
        row.getString(11),
        row.getBytes(12),
        row.getBytes(13));
  }

  private static byte[] part(byte[] all, int index, int length) {
    int from = Math.min(all.length, index * length);
    return Arrays.copyOf(
        Arrays.copyOfRange(all, from, Math.min(all.length, from + length)), length);
  }

  private static long[] longs(Array array) throws SQLException {
    Long[] boxed = (Long[]) array.getArray();
    long[] plain = new long[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      plain[i] = boxed[i] == null ? 0 : boxed[i];
    }
    return plain;
  }

  private Array longs(Collection<Long> values) throws SQLException {
    return connection.createArrayOf("bigint", values.toArray());
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(p -> p.length).sum());
    parts.forEach(all::put);
    return all.array();
  }

  static String columns(String alias) {
    return String.join(", ", AuditRow.COLUMNS.stream().map(c -> alias + "." + c).toList());
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static <T> Optional<T> one(PreparedStatement query, Reader<T> reader)
      throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
    }
  }

  private static <T> List<T> all(PreparedStatement query, Reader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    query.setFetchSize(FETCH);
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(reader.read(row));
      }
    }
    return found;
  }

  /** Reads one row. */
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Is handed one thing after another. */
  interface Visitor<T> {
    void visit(T each) throws SQLException;
  }

  /** Is handed one event after another. */
  interface IdAndTime {
    void visit(long id, long micros) throws SQLException;
  }
}
