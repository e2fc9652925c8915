package org.vigil.cli;

/**
 * Ends a command with a message for the person at the keyboard and an exit code. The message says
 * what was wrong and what to do about it; no stack trace is shown.
 */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message what was wrong and what to do
   */
  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message what was wrong and what to do
   * @param cause shown with {@code VIGIL_DEBUG=1} only
   */
  public CommandFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The code to exit with. */
  public int exitCode() {
    return exitCode;
  }
}
