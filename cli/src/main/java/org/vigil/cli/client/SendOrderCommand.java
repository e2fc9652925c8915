package org.vigil.cli.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vigil send-order}: what a RIS does, by hand. */
@Command(
    name = "send-order",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the HL7 v2 messages of a file over MLLP and prints each acknowledgement.",
      "Nothing is checked before sending: a malformed message shows what the receiver says of it.",
      "Line ends become carriage returns; a line beginning with MSH starts a new message.",
      "Exit codes: 0 all accepted, 1 no answer, 2 wrong option, 3 cannot connect, 7 one refused."
    })
public final class SendOrderCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Parameters(paramLabel = "FILE", description = "HL7 v2 messages.")
  private Path file;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Receiver (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(names = "--port", description = "Receiver's port (default: this installation's).")
  private Integer port;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Override
  public Integer call() {
    List<byte[]> messages = messages(read());
    int to = port != null ? port : Settings.ofRunningServer(home.home()).port(Port.MLLP);
    PrintWriter out = spec.commandLine().getOut();
    boolean accepted = true;
    try (MllpClient client = connect(to)) {
      for (byte[] message : messages) {
        String answer = new String(client.send(message), StandardCharsets.UTF_8);
        out.println(answer.replace('\r', '\n').stripTrailing());
        out.flush();
        accepted &= isAccepted(answer);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          host
              + ":"
              + to
              + " did not answer ("
              + e.getMessage()
              + "): the message may or may not have been taken; sending it again is safe",
          e);
    }
    return accepted ? ExitCode.OK : ExitCode.REFUSED;
  }

  private MllpClient connect(int to) {
    try {
      return new MllpClient(host, to, timeout * 1000);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING,
          "cannot connect to "
              + host
              + ":"
              + to
              + " ("
              + e.getMessage()
              + "): is Vigil running? See ./vigil status",
          e);
    }
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot read " + file + ": " + e, e);
    }
  }

  /** Splits a file into messages; bytes other than line ends stay as they are. */
  static List<byte[]> messages(byte[] content) {
    // ISO 8859-1 maps every byte to itself, whatever the message's own character set is.
    String text = new String(content, StandardCharsets.ISO_8859_1);
    List<byte[]> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    for (String line : text.split("\r\n|\r|\n", -1)) {
      if (line.startsWith("MSH") && message.length() > 0) {
        messages.add(message.toString().getBytes(StandardCharsets.ISO_8859_1));
        message.setLength(0);
      }
      if (!line.isEmpty()) {
        message.append(line).append('\r');
      }
    }
    if (message.length() > 0) {
      messages.add(message.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
    return messages;
  }

  /** Whether MSA-1 of an answer is AA or CA (HL7 v2 table 0008). */
  static boolean isAccepted(String answer) {
    for (String segment : answer.split("\r", -1)) {
      if (segment.startsWith("MSA") && segment.length() > 4) {
        String code = segment.substring(4).split("\\|", -1)[0];
        return code.equals("AA") || code.equals("CA");
      }
    }
    return false;
  }
}
