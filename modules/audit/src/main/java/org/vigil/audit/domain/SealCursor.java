package org.vigil.audit.domain;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A receiver's place in a trail: it is handed each sealed event once, in the order of the seals,
 * and goes on where it was after a restart. Whoever fails is handed the same again.
 */
public final class SealCursor {
  private final Trail trail;
  private final String receiver;

  public SealCursor(Trail trail, String receiver) {
    this.trail = trail;
    this.receiver = receiver;
  }

  /**
   * Hands the next seals' events on and moves the place behind them, in the caller's transaction.
   *
   * @param seals at most
   * @return whether there was any
   */
  public boolean next(int seals, Receiver events) throws SQLException {
    Long last = last();
    if (last == null) {
      return false;
    }
    List<Seal> batch = trail.seals(last, seals);
    if (batch.isEmpty()) {
      return false;
    }
    List<AuditRow> rows = new ArrayList<>();
    for (Seal seal : batch) {
      List<Leaf> leaves = seal.leaves();
      rows.addAll(
          trail.rows(
              leaves.stream().map(Leaf::id).toList(),
              AuditRow.instant(leaves.stream().mapToLong(Leaf::micros).min().orElse(0)),
              AuditRow.instant(leaves.stream().mapToLong(Leaf::micros).max().orElse(0))));
    }
    rows.sort(Comparator.comparingLong(AuditRow::id));
    events.accept(rows);
    try (PreparedStatement update =
        trail
            .connection()
            .prepareStatement(
                "update "
                    + trail.table("audit_forwarding")
                    + " set last_seal = ?, changed_at = clock_timestamp() where receiver = ?")) {
      update.setLong(1, batch.get(batch.size() - 1).seq());
      update.setString(2, receiver);
      update.executeUpdate();
    }
    return true;
  }

  /** The place, locked; null when another node serves this receiver now. */
  private Long last() throws SQLException {
    try (PreparedStatement insert =
            trail
                .connection()
                .prepareStatement(
                    "insert into "
                        + trail.table("audit_forwarding")
                        + " (receiver, last_seal) values (?, 0) on conflict do nothing");
        PreparedStatement select =
            trail
                .connection()
                .prepareStatement(
                    "select last_seal from "
                        + trail.table("audit_forwarding")
                        + " where receiver = ? for update skip locked")) {
      insert.setString(1, receiver);
      insert.executeUpdate();
      select.setString(1, receiver);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : null;
      }
    }
  }

  /** Takes events. */
  public interface Receiver {
    void accept(List<AuditRow> rows) throws SQLException;
  }
}
