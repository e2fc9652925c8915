package org.vigil.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  @TempDir private Path directory;

  @Test
  void findsItsProcessAgainByNumberAndStart() throws IOException {
    ServerProcess self = ServerProcess.running(ProcessHandle.current().pid()).orElseThrow();
    Path file = directory.resolve("self.pid");
    self.write(file);
    assertThat(ServerProcess.read(file)).contains(self);
    assertThat(self.isAlive()).isTrue();
  }

  @Test
  void takesAStrangerWithTheSameNumberForDead() throws IOException {
    long pid = ProcessHandle.current().pid();
    Path file = directory.resolve("stale.pid");
    Files.writeString(file, pid + " 1@another-boot\n");
    assertThat(ServerProcess.read(file)).isEmpty();
    assertThat(new ServerProcess(pid, "1@another-boot").isAlive()).isFalse();
  }

  @Test
  void takesADamagedFileForNone() throws IOException {
    Path file = directory.resolve("damaged.pid");
    Files.writeString(file, "not a number");
    assertThat(ServerProcess.read(file)).isEmpty();
    assertThat(ServerProcess.read(directory.resolve("absent.pid"))).isEmpty();
  }

  @Test
  void endsTheProcessItWasGiven() throws IOException {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    ServerProcess process = ServerProcess.running(sleeper.pid()).orElseThrow();
    process.terminate();
    assertThat(process.waitForEnd(20)).isTrue();
  }

  /** The fields of /proc/PID/stat from the third on: state, …, number of threads (the 20th). */
  private static String[] fields(String state, int threads) {
    return (state + " 1 2 2 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 " + threads + " 0 4711")
        .split(" ", -1);
  }

  @Test
  void takesAKilledProcessForEndedOnlyWhenItsLastThreadIsGone() {
    assertThat(ServerProcess.hasEnded(fields("S", 80))).isFalse();
    assertThat(ServerProcess.hasEnded(fields("Z", 40))).isFalse();
    assertThat(ServerProcess.hasEnded(fields("Z", 1))).isTrue();
  }
}
