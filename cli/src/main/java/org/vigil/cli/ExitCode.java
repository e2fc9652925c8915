package org.vigil.cli;

/** Exit codes of {@code ./vigil}, the same for every command. Documented in docs/runbook.md. */
public final class ExitCode {

  /** Done. */
  public static final int OK = 0;

  /** Tried and failed; the message says why. */
  public static final int FAILED = 1;

  /** The command line is wrong (picocli's own code). */
  public static final int USAGE = 2;

  /** Not running ({@code status}, and commands that need a running server). */
  public static final int NOT_RUNNING = 3;

  /** Running, but not every interface answers ({@code status}). */
  public static final int DEGRADED = 4;

  /** A port that Vigil needs is in use by another program. */
  public static final int PORT_IN_USE = 5;

  /** Started, but not ready in the time given. */
  public static final int NOT_READY = 6;

  /**
   * The other side answered and refused (an HTTP error, a negative acknowledgement, a failed
   * C-STORE).
   */
  public static final int REFUSED = 7;

  private ExitCode() {}
}
