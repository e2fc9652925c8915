package org.vigil.integration.mllp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcels;
import org.vigil.integration.hl7.ResultMessage;
import org.vigil.tenancy.api.Destination;

@Timeout(120)
class Hl7ResultPeerTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Hl7ResultPeer peer =
      new Hl7ResultPeer(Duration.ofSeconds(20), Duration.ofSeconds(20));
  private final Hl7ResultPeer impatient =
      new Hl7ResultPeer(Duration.ofSeconds(20), Duration.ofMillis(500));
  private final String id = ResultMessage.controlId(Parcels.DELIVERY);

  @AfterEach
  void stop() {
    peer.close();
    impatient.close();
    threads.shutdownNow();
  }

  @Test
  void tellsWhatThePeerAnswered() throws IOException {
    assertThat(answered("MSA|AA|" + id)).isEqualTo(Outcome.Kind.DELIVERED);
    assertThat(answered("MSA|CA|" + id)).isEqualTo(Outcome.Kind.DELIVERED);
    assertThat(answered("MSA|AE|" + id)).isEqualTo(Outcome.Kind.NOT_TAKEN);
    assertThat(answered("MSA|AR|" + id)).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(answered("MSA|AA|other")).isEqualTo(Outcome.Kind.NOT_TAKEN);
    assertThat(answered("nothing")).isEqualTo(Outcome.Kind.NOT_TAKEN);
    assertThat(answered(null)).isEqualTo(Outcome.Kind.UNREACHABLE);
  }

  @Test
  void tellsThatNobodyListens() throws IOException {
    MllpServer gone = server((message, tooLong, from) -> Optional.empty());
    gone.close();

    assertThat(send(Parcels.hl7(gone.port()))).isEqualTo(Outcome.Kind.UNREACHABLE);
  }

  @Test
  void opensAConnectionAnewThatThePeerClosed() throws IOException {
    AtomicInteger messages = new AtomicInteger();
    MllpServer.Handler accepting =
        (message, tooLong, from) -> {
          messages.incrementAndGet();
          return Optional.of(ack("MSA|AA|" + id));
        };
    try (MllpServer closing =
        MllpServer.start(
            new MllpServer.Settings(
                "127.0.0.1", 0, 4, 100_000, Duration.ofSeconds(1), Duration.ofSeconds(20)),
            null,
            accepting,
            threads)) {
      Destination destination = Parcels.hl7(closing.port());
      assertThat(send(destination)).isEqualTo(Outcome.Kind.DELIVERED);
      // The server closes what is idle for 1 s; whether it has done so yet, the result arrives.
      org.awaitility.Awaitility.await()
          .pollDelay(Duration.ofMillis(1_500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> send(destination) == Outcome.Kind.DELIVERED);
      assertThat(messages).hasValue(2);
    }
  }

  private Outcome.Kind answered(String segment) throws IOException {
    try (MllpServer ris =
        server(
            (message, tooLong, from) ->
                segment == null ? Optional.empty() : Optional.of(ack(segment)))) {
      return send(segment == null ? impatient : peer, Parcels.hl7(ris.port()));
    }
  }

  private Outcome.Kind send(Destination destination) {
    return send(peer, destination);
  }

  private static Outcome.Kind send(Hl7ResultPeer by, Destination destination) {
    return by.send(Parcels.parcel(Kind.HL7_ORU, destination, null)).kind();
  }

  private static byte[] ack(String segment) {
    return ("MSH|^~\\&|RIS|R|VIGIL|S|2026||ACK^R01^ACK|1|P|2.5.1\r" + segment + "\r")
        .getBytes(UTF_8);
  }

  private MllpServer server(MllpServer.Handler handler) throws IOException {
    return MllpServer.start(
        new MllpServer.Settings(
            "127.0.0.1", 0, 4, 100_000, Duration.ofSeconds(20), Duration.ofSeconds(20)),
        null,
        handler,
        threads);
  }
}
