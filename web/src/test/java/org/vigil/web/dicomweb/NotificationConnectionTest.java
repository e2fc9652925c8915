package org.vigil.web.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.kernel.TenantId;

/** What goes out, in which order; the socket alone is not real, so that it can be slow or fail. */
class NotificationConnectionTest {
  private final List<String> sent = new ArrayList<>();
  private final Deque<SendHandler> underWay = new ArrayDeque<>();
  private final List<CloseReason> closed = new ArrayList<>();
  private final List<NotificationConnection> ended = new ArrayList<>();
  private boolean atOnce = true;

  private final NotificationConnection connection =
      new NotificationConnection(
          TenantId.of("st-agnes"),
          "WATCHER",
          "ris",
          UUID.randomUUID(),
          Duration.ofHours(4),
          ended::add);

  private final RemoteEndpoint.Async remote =
      proxy(
          RemoteEndpoint.Async.class,
          (proxy, method, arguments) -> {
            if (method.getName().equals("sendText")) {
              sent.add((String) arguments[0]);
              if (atOnce) {
                ((SendHandler) arguments[1]).onResult(new SendResult());
              } else {
                underWay.add((SendHandler) arguments[1]);
              }
            }
            return null;
          });

  private final Session socket =
      proxy(
          Session.class,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "getAsyncRemote" -> remote;
                case "isOpen" -> closed.isEmpty();
                case "close" -> closed.add((CloseReason) arguments[0]);
                default -> null;
              });

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static List<Attributes> reports(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i -> {
              Attributes report = new Attributes();
              report.setString(Tag.AffectedSOPInstanceUID, VR.UI, "1.2." + i);
              return report;
            })
        .toList();
  }

  private void assertSentInOrder(int count) {
    assertThat(sent).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(sent.get(i)).contains("\"1.2." + i + "\"");
    }
  }

  /** A socket that takes everything at once calls back each time before it returns. */
  @Test
  void thousandsGoOutOneAfterTheOther() {
    connection.sendFirst(reports(0, 10_000));
    connection.onOpen(socket, null);

    assertSentInOrder(10_000);
    assertThat(closed).isEmpty();
  }

  @Test
  void theNextGoesOutWhenTheOneBeforeHas() {
    atOnce = false;
    connection.onOpen(socket, null);
    connection.send(reports(0, 3));
    assertSentInOrder(1);

    underWay.remove().onResult(new SendResult());
    assertSentInOrder(2);

    atOnce = true;
    connection.send(reports(3, 5));
    assertSentInOrder(2);
    underWay.remove().onResult(new SendResult());

    assertSentInOrder(5);
  }

  @Test
  void whoDoesNotReadIsCutOff() {
    atOnce = false;
    connection.onOpen(socket, null);
    connection.send(reports(0, 10_000));
    assertThat(closed).isEmpty();

    connection.send(reports(10_000, 10_002));

    assertThat(closed)
        .singleElement()
        .extracting(CloseReason::getCloseCode)
        .isEqualTo(CloseReason.CloseCodes.TRY_AGAIN_LATER);
    assertThat(ended).containsExactly(connection);
  }

  @Test
  void aSocketThatFailsIsClosedOnce() {
    atOnce = false;
    connection.onOpen(socket, null);
    connection.send(reports(0, 2));
    underWay.remove().onResult(new SendResult(new IOException("reset")));
    connection.send(reports(2, 3));

    assertSentInOrder(1);
    assertThat(closed).hasSize(1);
    assertThat(ended).containsExactly(connection);
  }
}
