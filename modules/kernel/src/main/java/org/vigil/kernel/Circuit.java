package org.vigil.kernel;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps a peer that is down from holding up the others: after three failures in a row it is not
 * asked for 5 s, then by one delivery alone; while that fails too, the pause doubles up to 1 min.
 * At most a given number of deliveries are on their way to one peer at a time.
 */
public final class Circuit {
  private static final int FAILURES_TO_OPEN = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration BUSY_PAUSE = Duration.ofMillis(250);

  private final int atOnce;
  private int underWay;
  private int failures;
  private Duration pause = FIRST_PAUSE;
  private Instant openUntil;

  /**
   * A closed circuit.
   *
   * @param atOnce how many deliveries may be on their way together, at least 1
   */
  public Circuit(int atOnce) {
    this.atOnce = atOnce;
  }

  /**
   * Asks to send now. Whoever is let in must call {@link #succeeded} or {@link #failed}.
   *
   * @return zero when let in, else how long to wait before asking again
   */
  public synchronized Duration enter(Instant now) {
    if (openUntil != null) {
      if (now.isBefore(openUntil)) {
        return Duration.between(now, openUntil);
      }
      if (underWay > 0) {
        return FIRST_PAUSE;
      }
    } else if (underWay >= atOnce) {
      return BUSY_PAUSE;
    }
    underWay++;
    return Duration.ZERO;
  }

  /** The peer answered, whatever it said. */
  public synchronized void succeeded() {
    underWay--;
    failures = 0;
    openUntil = null;
    pause = FIRST_PAUSE;
  }

  /** The peer could not be reached or did not answer. */
  public synchronized void failed(Instant now) {
    underWay--;
    failures++;
    if (openUntil != null && !now.isBefore(openUntil)) {
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
      openUntil = now.plus(pause);
    } else if (openUntil == null && failures >= FAILURES_TO_OPEN) {
      openUntil = now.plus(pause);
    }
  }

  public synchronized boolean isOpen(Instant now) {
    return openUntil != null && now.isBefore(openUntil);
  }
}
