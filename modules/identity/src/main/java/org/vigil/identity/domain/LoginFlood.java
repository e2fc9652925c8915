package org.vigil.identity.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Failed log-ins by network address: after too many in five minutes the address rests, each time
 * twice as long. Whole hospitals may share an address, so successes count for nothing and an hour
 * of quiet forgives.
 */
public final class LoginFlood {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration FIRST_REST = Duration.ofSeconds(30);
  private static final int DOUBLINGS = 5;
  private static final Duration FORGIVEN_AFTER = Duration.ofHours(1);
  private static final int ADDRESSES_KEPT = 50_000;

  private final int failuresAllowed;
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

  /**
   * @param failuresAllowed in five minutes from one address
   */
  public LoginFlood(int failuresAllowed) {
    this.failuresAllowed = failuresAllowed;
  }

  /** How long an address must still rest; zero when it need not. */
  public Duration rest(String address, Instant now) {
    Tally tally = tallies.get(address);
    return tally == null || !now.isBefore(tally.restsUntil())
        ? Duration.ZERO
        : Duration.between(now, tally.restsUntil());
  }

  /** Counts a failure; says whether the address rests from now on because of it. */
  public boolean failed(String address, Instant now) {
    if (tallies.size() > ADDRESSES_KEPT) {
      tallies.values().removeIf(t -> now.isAfter(t.windowBegan().plus(FORGIVEN_AFTER)));
    }
    Tally changed =
        tallies.compute(
            address,
            (a, before) -> {
              Tally tally = before == null ? new Tally(now, 0, now, 0) : before;
              if (now.isAfter(tally.windowBegan().plus(FORGIVEN_AFTER))) {
                tally = new Tally(now, 0, now, 0);
              } else if (now.isAfter(tally.windowBegan().plus(WINDOW))) {
                tally = new Tally(now, 0, tally.restsUntil(), tally.rests());
              }
              int failures = tally.failures() + 1;
              if (failures < failuresAllowed) {
                return new Tally(tally.windowBegan(), failures, tally.restsUntil(), tally.rests());
              }
              Duration rest = FIRST_REST.multipliedBy(1L << Math.min(DOUBLINGS, tally.rests()));
              return new Tally(now, 0, now.plus(rest), tally.rests() + 1);
            });
    return changed.failures() == 0;
  }

  private record Tally(Instant windowBegan, int failures, Instant restsUntil, int rests) {}
}
