package org.vigil.audit.domain;

import java.time.Instant;

/**
 * Something a check found wrong, as exactly as can be told.
 *
 * @param event id of the event, or null when a seal or anchor is concerned
 * @param occurredAt when that event occurred, as sealed if known; else null
 * @param seal number of the seal, or null
 * @param what plain words, without patient data
 */
public record Finding(Kind kind, Long event, Instant occurredAt, Long seal, String what) {

  static Finding ofEvent(Kind kind, long event, long micros, Long seal, String what) {
    return new Finding(kind, event, AuditRow.instant(micros), seal, what);
  }

  static Finding ofSeal(Kind kind, long seal, String what) {
    return new Finding(kind, null, null, seal, what);
  }

  /** What kind of wrong. */
  public enum Kind {
    /** The row differs from what was sealed. */
    EVENT_CHANGED,
    /** A sealed or recorded event has no row, and no proof of deletion covers it. */
    EVENT_REMOVED,
    /** A row that was never recorded by Vigil. */
    EVENT_INSERTED,
    /** Rows hold one another's content. */
    EVENT_REORDERED,
    /** A seal is missing between its neighbours. */
    SEAL_REMOVED,
    /** A seal does not fit its own hash or the seal before. */
    SEAL_CHANGED,
    /** A seal is not signed by a trusted key: it was rewritten. */
    SEAL_FORGED,
    /** The chain ends before a head or anchor that was signed earlier. */
    CHAIN_CUT_SHORT,
    /** An anchor is not genuine or does not fit the chain. */
    ANCHOR_WRONG,
    /** A proof of deletion is not genuine or does not fit what is gone. */
    DELETION_WRONG
  }
}
