package org.vigil.audit.api;

/** What auditing costs this server, since it started: for the benchmark's share of request time. */
public interface AuditCost {
  Spent spent();

  /**
   * Time spent on auditing by those who waited for it.
   *
   * @param events recorded
   * @param recordingNanos inserting them
   * @param reads requests that only read and had to commit because of their event
   * @param commitNanos committing those; of a request that writes anyway the commit is its own
   */
  record Spent(long events, long recordingNanos, long reads, long commitNanos) {
    public long nanos() {
      return recordingNanos + commitNanos;
    }
  }

  /** Adds what committing a request that only read has cost. */
  void readCommitted(long nanos);
}
