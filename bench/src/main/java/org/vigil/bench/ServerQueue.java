package org.vigil.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/** A queue of the running server, through WildFly's own command line. */
final class ServerQueue {
  private static final int SECONDS = 60;

  private final Path wildfly;
  private final int managementPort;
  private final String queue;

  /**
   * @param wildfly the distribution
   * @param managementPort on loopback
   * @param queue name of the JMS queue
   */
  ServerQueue(Path wildfly, int managementPort, String queue) {
    this.wildfly = wildfly;
    this.managementPort = managementPort;
    this.queue = queue;
  }

  /** Consumers stay, but get nothing. */
  void pause() throws IOException {
    call("pause");
  }

  void resume() throws IOException {
    call("resume");
  }

  private void call(String operation) throws IOException {
    Process program =
        new ProcessBuilder(
                wildfly.resolve("bin/jboss-cli.sh").toString(),
                "--connect",
                "--controller=127.0.0.1:" + managementPort,
                "--command=/subsystem=messaging-activemq/server=default/jms-queue="
                    + queue
                    + ":"
                    + operation)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!program.waitFor(SECONDS, TimeUnit.SECONDS)) {
        program.destroyForcibly();
        throw new CommandFailure(ExitCode.FAILED, "jboss-cli did not end in " + SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
    if (program.exitValue() != 0) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the server did not " + operation + " " + queue + ": exit " + program.exitValue());
    }
  }
}
