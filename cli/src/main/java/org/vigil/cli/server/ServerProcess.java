package org.vigil.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * A process remembered in a file by number and start time, so that a stale file never makes Vigil
 * signal a stranger that got the same number later.
 *
 * @param pid process number
 * @param startTime clock ticks since boot (field 22 of /proc/PID/stat), with the boot's id
 */
public record ServerProcess(long pid, String startTime) {
  private static final int ENDING_SECONDS = 30;

  /**
   * The process as it runs now.
   *
   * @param pid its number
   */
  public static Optional<ServerProcess> running(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name in parentheses may hold anything; fields are counted after its end.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (hasEnded(fields)) {
        return Optional.empty();
      }
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
      return Optional.of(new ServerProcess(pid, fields[19] + "@" + boot));
    } catch (IOException e) {
      // No such entry: no such process.
      return Optional.empty();
    }
  }

  /**
   * Whether these fields, from the third of /proc/PID/stat on, are those of a process that holds
   * nothing any more. Killed, a virtual machine's first thread is gone while its others still give
   * up memory and ports; only the last of them frees the ports for a new start.
   */
  static boolean hasEnded(String[] fields) {
    return fields[0].equals("Z") && Integer.parseInt(fields[17]) <= 1;
  }

  /** Whether it has been killed but not yet given up all that it holds. */
  private static boolean isEnding(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      // No such entry: it has ended.
      return false;
    }
  }

  /**
   * The process of a file, if it still is the one that was written there. One that is just ending
   * is waited for.
   */
  public static Optional<ServerProcess> read(Path file) {
    String[] parts;
    try {
      parts = Files.readString(file).trim().split(" ", -1);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (parts.length != 2 || !parts[0].matches("\\d{1,10}")) {
      return Optional.empty();
    }
    ServerProcess written = new ServerProcess(Long.parseLong(parts[0]), parts[1]);
    if (isEnding(written.pid)) {
      written.waitForEnd(ENDING_SECONDS);
    }
    return running(written.pid).filter(written::equals);
  }

  /** Remembers the process. */
  public void write(Path file) throws IOException {
    VigilHome.writeSecret(file, pid + " " + startTime + "\n");
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return running(pid).filter(this::equals).isPresent();
  }

  /**
   * Waits for its end.
   *
   * @param seconds at most so long
   * @return whether it has ended
   */
  public boolean waitForEnd(int seconds) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause(50);
    }
    return true;
  }

  /** Asks the process to end (SIGTERM). */
  public void terminate() {
    ProcessHandle.of(pid).filter(p -> isAlive()).ifPresent(ProcessHandle::destroy);
  }

  /** Ends the process at once (SIGKILL). */
  public void kill() {
    ProcessHandle.of(pid).filter(p -> isAlive()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Waits between two looks at something that offers no notification. */
  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }
}
