package org.vigil.tests.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waiting for what comes by itself, with an end. */
public final class Patience {
  private static final Duration LONGEST = VigilServer.PATIENCE;
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private Patience() {}

  /** Asks until the answer satisfies, and returns it. */
  public static <T> T until(String what, Callable<T> question, Predicate<T> enough) {
    return Awaitility.await(what)
        .atMost(LONGEST)
        .pollInterval(INTERVAL)
        .pollInSameThread()
        .until(question, enough);
  }

  /** Tries an assertion until it holds; its own message tells what was missing at the end. */
  public static void untilAsserted(String what, ThrowingRunnable assertion) {
    Awaitility.await(what)
        .atMost(LONGEST)
        .pollInterval(INTERVAL)
        .pollInSameThread()
        .untilAsserted(assertion);
  }

  /** Watches that something keeps holding for so long as anything wrong would take to show. */
  public static void staysTrue(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(500))
        .pollInSameThread()
        .until(condition);
  }
}
