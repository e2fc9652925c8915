package org.vigil.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * How a peer goes on when Vigil does not answer: it keeps what it has and tries again, since
 * nothing unacknowledged counts as sent. This is what a RIS or modality does with its own queue.
 */
final class Persistence {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long PAUSE_MILLIS = 500;

  private final Runnable onTrouble;

  /**
   * @param onTrouble called once each time sending begins to fail
   */
  Persistence(Runnable onTrouble) {
    this.onTrouble = onTrouble;
  }

  /** Calls until it does not throw, or patience ends. */
  <T> T keepTrying(String what, Attempt<T> attempt) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean told = false;
    while (true) {
      try {
        return attempt.run();
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new CommandFailure(
              ExitCode.FAILED, "gave up on " + what + ": " + e.getMessage(), e);
        }
        if (!told) {
          onTrouble.run();
          told = true;
        }
        pause();
      }
    }
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }

  /** Something that can fail for want of a peer. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }
}
