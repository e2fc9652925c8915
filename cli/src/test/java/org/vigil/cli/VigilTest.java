package org.vigil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VigilTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Vigil.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void aWrongCommandLineIsUsage() {
    assertThat(run("no-such-command")).isEqualTo(ExitCode.USAGE);
    assertThat(run("start", "--https-port", "many")).isEqualTo(ExitCode.USAGE);
    assertThat(run("token")).isEqualTo(ExitCode.USAGE);
    assertThat(run()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void everyCommandHasHelp() {
    CommandLine line = Vigil.commandLine();
    for (String name : line.getSubcommands().keySet()) {
      if (!name.equals("help")) {
        assertThat(run(name, "--help")).as(name).isEqualTo(ExitCode.OK);
      }
    }
  }

  @Test
  void whatIsNotInstalledIsNotRunning() {
    assertThat(run("status", "--home", directory.toString())).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(run("tenant", "list", "--home", directory.toString()))
        .isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(err.toString()).contains("start Vigil there first");
  }

  @Test
  void handsOutTokensInTheDemoOnly() throws IOException {
    Files.createDirectories(directory.resolve("config"));
    Files.writeString(directory.resolve("config/vigil.properties"), "vigil.profile=production\n");
    assertThat(
            run("token", "--home", directory.toString(), "--tenant", "a", "--role", "RADIOLOGIST"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("demo profile only");
    assertThat(out.toString()).isEmpty();
  }
}
