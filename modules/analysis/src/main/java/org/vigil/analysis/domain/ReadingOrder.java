package org.vigil.analysis.domain;

import java.time.Instant;
import java.util.Comparator;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;

/**
 * Who is read first: an AI-critical study, then a STAT order, then AI-urgent, then urgent orders,
 * then the rest; within each, whoever waits longest.
 *
 * <p>It fails open: a study that AI has not seen, could not read or must not read keeps the place
 * its order's priority and its arrival give it, so without AI this is the list the hospital had.
 */
public final class ReadingOrder {
  private ReadingOrder() {}

  /**
   * What the order depends on.
   *
   * @param severity of the worst positive AI finding, or null
   * @param priority of the order, or null
   * @param receivedAt when the first image arrived
   * @param tieBreaker makes the order total: the study's UID
   */
  public record Line(Severity severity, Priority priority, Instant receivedAt, String tieBreaker) {}

  /** The one to read first is the smallest. */
  public static Comparator<Line> comparator() {
    return Comparator.comparingInt(ReadingOrder::rank)
        .thenComparing(Line::receivedAt)
        .thenComparing(Line::tieBreaker);
  }

  private static int rank(Line line) {
    if (line.severity() == Severity.CRITICAL) {
      return 0;
    }
    if (line.priority() == Priority.STAT) {
      return 1;
    }
    if (line.severity() == Severity.URGENT) {
      return 2;
    }
    return line.priority() == Priority.URGENT ? 3 : 4;
  }
}
