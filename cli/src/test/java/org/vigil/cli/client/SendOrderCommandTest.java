package org.vigil.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.ExitCode;
import org.vigil.cli.Vigil;
import picocli.CommandLine;

class SendOrderCommandTest {

  @TempDir private Path directory;

  @Test
  void splitsAtMessageHeadersAndKeepsEveryByte() {
    byte[] content = {
      'M', 'S', 'H', '|', (byte) 0xE4, '\r', '\n', 'P', 'I', 'D', '\n', '\n', 'M', 'S', 'H'
    };
    List<byte[]> messages = SendOrderCommand.messages(content);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0))
        .containsExactly('M', 'S', 'H', '|', 0xE4, '\r', 'P', 'I', 'D', '\r');
  }

  @Test
  void tellsAcceptedFromRefused() {
    assertThat(SendOrderCommand.isAccepted("MSH|\rMSA|AA|1\r")).isTrue();
    assertThat(SendOrderCommand.isAccepted("MSH|\rMSA|CA|1\r")).isTrue();
    assertThat(SendOrderCommand.isAccepted("MSH|\rMSA|AE|1\rERR|x\r")).isFalse();
    assertThat(SendOrderCommand.isAccepted("nonsense")).isFalse();
  }

  @Test
  void sendsAMalformedMessageAsItIsAndShowsTheRefusal() throws Exception {
    Path file = directory.resolve("broken.hl7");
    Files.writeString(file, "MSH|^~\\&|\nPID|1\n");
    try (ServerSocket receiver = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<String> received =
          CompletableFuture.supplyAsync(
              () -> answer(receiver, "MSH|^~\\&\rMSA|AR|\rERR||MSH^1^9\r"));
      StringWriter out = new StringWriter();
      CommandLine line = Vigil.commandLine();
      line.setOut(new PrintWriter(out));
      int exit =
          line.execute(
              "send-order", file.toString(), "--port", Integer.toString(receiver.getLocalPort()));
      assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo("MSH|^~\\&|\rPID|1\r");
      assertThat(exit).isEqualTo(ExitCode.REFUSED);
      assertThat(out.toString()).contains("MSA|AR|\nERR||MSH^1^9");
    }
  }

  private static String answer(ServerSocket receiver, String answer) {
    try (Socket socket = receiver.accept()) {
      StringBuilder message = new StringBuilder();
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next != 0x1C; next = in.read()) {
        if (next != 0x0B) {
          message.append((char) next);
        }
      }
      in.read();
      socket
          .getOutputStream()
          .write(("\u000b" + answer + "\u001c\r").getBytes(StandardCharsets.US_ASCII));
      return message.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
