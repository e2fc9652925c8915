package org.vigil.integration.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MllpServerTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private MllpServer server;

  @BeforeEach
  void start() throws IOException {
    server = start(Duration.ofSeconds(20), Duration.ofSeconds(20), 2);
  }

  @AfterEach
  void stop() {
    server.close();
    threads.shutdownNow();
  }

  @Test
  void answersEachMessageOfAConnectionInOrder() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, "\u000bone\u001c\r");
      assertThat(answer(socket)).isEqualTo("re:one");
      send(socket, "\u000btwo\u001c\r");
      assertThat(answer(socket)).isEqualTo("re:two");
    }
  }

  @Test
  void readsTwoMessagesOfOnePacket() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, "\u000bone\u001c\r\u000btwo\u001c\r");

      assertThat(answer(socket)).isEqualTo("re:one");
      assertThat(answer(socket)).isEqualTo("re:two");
    }
  }

  @Test
  void readsAMessageThatComesByteByByte() throws IOException {
    try (Socket socket = connect(server)) {
      for (char c : "\u000bslow one\u001c\r".toCharArray()) {
        send(socket, String.valueOf(c));
      }

      assertThat(answer(socket)).isEqualTo("re:slow one");
    }
  }

  @Test
  void skipsGarbageBeforeTheStartBlock() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, "GET / HTTP/1.1\r\n\r\n\u000bone\u001c\r");

      assertThat(answer(socket)).isEqualTo("re:one");
    }
  }

  @Test
  void beginsAnewAtAStartBlockWithinAFrame() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, "\u000bgiven up\u000bone\u001c\r");

      assertThat(answer(socket)).isEqualTo("re:one");
    }
  }

  @Test
  void dropsAFrameThatItsSenderDidNotFinish() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, "\u000bhalf");
    }
    try (Socket socket = connect(server)) {
      send(socket, "\u000bone\u001c\r");
      assertThat(answer(socket)).isEqualTo("re:one");
    }
    assertThat(received).containsExactly("one");
  }

  @Test
  void tellsAMessageThatIsTooLongAndGoesOn() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, "\u000b" + "x".repeat(200) + "\u001c\r\u000bone\u001c\r");

      assertThat(answer(socket)).isEqualTo("too long:" + "x".repeat(100));
      assertThat(answer(socket)).isEqualTo("re:one");
    }
  }

  @Test
  void closesAConnectionThatIsIdleOrStopsWithinAFrame() throws IOException {
    try (MllpServer impatient = start(Duration.ofMillis(200), Duration.ofMillis(200), 2);
        Socket idle = connect(impatient);
        Socket slow = connect(impatient)) {
      send(slow, "\u000bhalf");

      assertThat(idle.getInputStream().read()).isEqualTo(-1);
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void refusesConnectionsBeyondTheirNumber() throws IOException {
    try (MllpServer narrow = start(Duration.ofSeconds(20), Duration.ofSeconds(20), 1);
        Socket first = connect(narrow)) {
      send(first, "\u000bone\u001c\r");
      assertThat(answer(first)).isEqualTo("re:one");

      try (Socket second = connect(narrow)) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void endsItsConnectionsWhenClosed() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, "\u000bone\u001c\r");
      answer(socket);

      server.close();

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      await().until(() -> !server.isListening());
    }
  }

  @Test
  void readsAFrameWithoutTheLastCarriageReturn() throws IOException {
    MllpFrameReader reader =
        new MllpFrameReader(
            new ByteArrayInputStream("\u000bone\u001c\u000btwo\u001c".getBytes(ISO_8859_1)),
            100,
            MllpFrameReader.Pace.FREE);

    assertThat(reader.next().orElseThrow().message()).asString().isEqualTo("one");
    assertThat(reader.next().orElseThrow().message()).asString().isEqualTo("two");
    assertThat(reader.next()).isEmpty();
  }

  private MllpServer start(Duration idle, Duration frame, int connections) throws IOException {
    return MllpServer.start(
        new MllpServer.Settings("127.0.0.1", 0, connections, 100, idle, frame),
        null,
        (message, tooLong, peer) -> {
          received.add(new String(message, ISO_8859_1));
          String answer = (tooLong ? "too long:" : "re:") + new String(message, ISO_8859_1);
          return Optional.of(answer.getBytes(ISO_8859_1));
        },
        threads);
  }

  private static Socket connect(MllpServer to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    assertThat(in.read()).isEqualTo(MllpFrameReader.START);
    StringBuilder answer = new StringBuilder();
    int read = in.read();
    while (read != MllpFrameReader.END) {
      assertThat(read).isNotNegative();
      answer.append((char) read);
      read = in.read();
    }
    assertThat(in.read()).isEqualTo('\r');
    return answer.toString();
  }
}
