package org.vigil.tenancy.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.vigil.kernel.TenantId;

/**
 * Whose rows a timer must look at. A tenant that nobody has worked for since the last visit, and
 * that had nothing outstanding then, has nothing due now: it is passed over, so that a thousand
 * quiet hospitals cost no more than one. All are visited after the start, as many at a time as a
 * slice of time allows, so that a thousand first looks do not delay the start itself; and each
 * again now and then, a few at a time, for what another node began and did not live to end.
 *
 * <p>Each timer has a watch of its own and runs on one thread.
 */
public final class TenantWatch {
  /** A transaction may outlive the scope in which it worked by so much. */
  private static final long SETTLING = Duration.ofMinutes(2).toNanos();

  private static final Duration ROUND = Duration.ofMinutes(10);
  private static final Map<TenantId, Long> TOUCHED = new ConcurrentHashMap<>();

  private final Map<TenantId, Visit> visits = new ConcurrentHashMap<>();
  private final long round;
  private final long slice;

  /**
   * @param slice of each interval of the timer that first looks may take
   */
  public TenantWatch(Duration slice) {
    this(slice, ROUND);
  }

  TenantWatch(Duration slice, Duration round) {
    this.slice = slice.toNanos();
    this.round = round.toNanos();
  }

  private record Visit(long at, boolean outstanding) {}

  /** Somebody works, or worked until now, for a tenant. */
  static void touched(TenantId tenant) {
    TOUCHED.put(tenant, System.nanoTime());
  }

  /**
   * Visits those tenants that may have something due, one after the other, each entered.
   *
   * @param work says whether anything is outstanding, now or later; an exception means so too, and
   *     goes to {@code failed}
   * @return false when first looks remain for the next time
   */
  public boolean visit(List<TenantView> active, BooleanSupplier work, Failure failed) {
    long now = System.nanoTime();
    int firstLooks = 0;
    boolean all = true;
    for (TenantId tenant : due(active, now)) {
      if (!visits.containsKey(tenant) && firstLooks++ > 0 && System.nanoTime() - now > slice) {
        all = false;
        continue;
      }
      boolean outstanding = true;
      try (TenantContext.Scope scope = TenantContext.visit(tenant)) {
        outstanding = work.getAsBoolean();
      } catch (RuntimeException e) {
        failed.of(tenant, e);
      }
      visits.put(tenant, new Visit(now, outstanding));
    }
    return all;
  }

  List<TenantId> due(List<TenantView> active, long now) {
    List<TenantId> due = new ArrayList<>();
    // Enough of the quiet ones that each has its turn within a round, ticks being seconds apart.
    int quiet = 1 + active.size() / 50;
    for (TenantView view : active) {
      TenantId tenant = view.id();
      Visit last = visits.get(tenant);
      if (last == null || last.outstanding() || livedSince(tenant, last.at())) {
        due.add(tenant);
      } else if (quiet > 0 && now - last.at() > round) {
        due.add(tenant);
        quiet--;
      }
    }
    return due;
  }

  private static boolean livedSince(TenantId tenant, long visit) {
    Long touched = TOUCHED.get(tenant);
    return touched != null && touched - visit > -SETTLING;
  }

  /** Hears of a visit that failed. */
  @FunctionalInterface
  public interface Failure {
    void of(TenantId tenant, RuntimeException cause);
  }
}
