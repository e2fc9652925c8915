package org.vigil.integration.domain;

import java.time.Duration;
import java.util.Objects;

/**
 * How an attempt to deliver ended.
 *
 * @param kind what follows
 * @param reason what went wrong, short and without patient data; null when delivered
 * @param delay for {@link Kind#POSTPONED}, how long; else null
 */
public record Outcome(Kind kind, String reason, Duration delay) {
  public Outcome {
    Objects.requireNonNull(kind, "kind");
  }

  public static Outcome delivered() {
    return new Outcome(Kind.DELIVERED, null, null);
  }

  /** The peer was not asked; this is no attempt. */
  public static Outcome postponed(Duration delay, String reason) {
    return new Outcome(Kind.POSTPONED, reason, delay);
  }

  /** The peer could not be reached or did not answer. */
  public static Outcome unreachable(String reason) {
    return new Outcome(Kind.UNREACHABLE, reason, null);
  }

  /** The peer answered that it did not take it, or it could not be made; perhaps later. */
  public static Outcome notTaken(String reason) {
    return new Outcome(Kind.NOT_TAKEN, reason, null);
  }

  /** It will never be taken as it is; a person must look. */
  public static Outcome refused(String reason) {
    return new Outcome(Kind.REFUSED, reason, null);
  }

  /** What follows. */
  public enum Kind {
    DELIVERED,
    POSTPONED,
    UNREACHABLE,
    NOT_TAKEN,
    REFUSED
  }
}
