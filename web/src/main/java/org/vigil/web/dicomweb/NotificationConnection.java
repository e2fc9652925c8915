package org.vigil.web.dicomweb;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomJson;
import org.vigil.kernel.TenantId;

/**
 * One notification connection (PS3.18 §8.10.4): sends event reports in order, one at a time, each
 * as a DICOM JSON object in a text message. Who does not read as fast as it happens is cut off: he
 * hears the present states when he comes back.
 */
final class NotificationConnection extends Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationConnection.class);
  private static final int LONGEST_QUEUE = 10_000;
  private static final int LAST_MESSAGE_ID = 0xFFFF;
  private static final long SEND_TIMEOUT_MILLIS = 20_000;
  private static final int LONGEST_MESSAGE = 1024;

  /** Without an answer to a ping for so long nobody is there. */
  private static final Duration SILENCE = Duration.ofSeconds(50);

  private final TenantId tenant;
  private final String aeTitle;
  private final String user;
  private final UUID session;
  private final long endsAt;
  private final Consumer<NotificationConnection> whenClosed;
  private final Deque<Attributes> waiting = new ArrayDeque<>();
  private Session socket;
  private long heardAt = System.nanoTime();
  private int messageId;
  private boolean sending;
  private boolean closed;

  /**
   * @param session that must last for the connection to go on; null for none
   * @param longest after which it ends in any case
   * @param whenClosed told once
   */
  NotificationConnection(
      TenantId tenant,
      String aeTitle,
      String user,
      UUID session,
      Duration longest,
      Consumer<NotificationConnection> whenClosed) {
    this.tenant = tenant;
    this.aeTitle = aeTitle;
    this.user = user;
    this.session = session;
    this.endsAt = System.nanoTime() + longest.toNanos();
    this.whenClosed = whenClosed;
  }

  TenantId tenant() {
    return tenant;
  }

  String aeTitle() {
    return aeTitle;
  }

  String user() {
    return user;
  }

  UUID session() {
    return session;
  }

  @Override
  public void onOpen(Session opened, EndpointConfig config) {
    opened.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
    opened.setMaxBinaryMessageBufferSize(LONGEST_MESSAGE);
    opened.getAsyncRemote().setSendTimeout(SEND_TIMEOUT_MILLIS);
    opened.addMessageHandler(PongMessage.class, pong -> heard());
    // Subscribers have nothing to say here.
    opened.addMessageHandler(
        String.class, text -> close(CloseCodes.CANNOT_ACCEPT, "only notifications here"));
    synchronized (this) {
      socket = opened;
      heardAt = System.nanoTime();
    }
    sendNext();
  }

  private synchronized void heard() {
    heardAt = System.nanoTime();
  }

  @Override
  public void onClose(Session ended, CloseReason reason) {
    close(CloseCodes.NORMAL_CLOSURE, "");
  }

  @Override
  public void onError(Session failed, Throwable cause) {
    LOG.debug("A notification connection broke off", cause);
    close(CloseCodes.GOING_AWAY, "");
  }

  /** Sends these before whatever waits: what comes after is newer. */
  void sendFirst(List<Attributes> reports) {
    synchronized (this) {
      for (int i = reports.size() - 1; i >= 0; i--) {
        waiting.addFirst(reports.get(i));
      }
    }
    sendNext();
  }

  void send(List<Attributes> reports) {
    boolean full;
    synchronized (this) {
      full = waiting.size() + reports.size() > LONGEST_QUEUE;
      if (!full) {
        waiting.addAll(reports);
      }
    }
    if (full) {
      close(CloseCodes.TRY_AGAIN_LATER, "reads too slowly");
    } else {
      sendNext();
    }
  }

  /** Sends one after the other; a loop, because what is sent at once calls back at once. */
  private void sendNext() {
    boolean wentOut = true;
    while (wentOut) {
      Session to;
      String text;
      synchronized (this) {
        if (socket == null || sending || closed || waiting.isEmpty()) {
          return;
        }
        sending = true;
        to = socket;
        text = numbered(waiting.removeFirst());
      }
      wentOut = wentOutAtOnce(to, text);
    }
  }

  /** Where it did not, whoever hears later that it did sends the next. */
  private boolean wentOutAtOnce(Session to, String text) {
    AtomicBoolean returned = new AtomicBoolean();
    AtomicBoolean wentOut = new AtomicBoolean();
    try {
      to.getAsyncRemote()
          .sendText(
              text,
              result -> {
                if (!result.isOK()) {
                  close(CloseCodes.GOING_AWAY, "");
                  return;
                }
                synchronized (this) {
                  sending = false;
                  wentOut.set(true);
                  if (!returned.get()) {
                    return;
                  }
                }
                sendNext();
              });
    } catch (IllegalStateException | IllegalArgumentException e) {
      // Closed between the question and the sending.
      close(CloseCodes.GOING_AWAY, "");
    }
    synchronized (this) {
      returned.set(true);
      return wentOut.get();
    }
  }

  private String numbered(Attributes report) {
    messageId = messageId == LAST_MESSAGE_ID ? 1 : messageId + 1;
    Attributes message = new Attributes(report);
    message.setInt(Tag.MessageID, VR.US, messageId);
    try {
      return DicomJson.toJson(message, (path, length) -> null);
    } catch (IOException e) {
      throw new IllegalStateException("Text is written to memory", e);
    }
  }

  /** Looks whether somebody is there still; ends what has lasted long enough. */
  void beat() {
    Session to;
    long now = System.nanoTime();
    boolean silent;
    synchronized (this) {
      to = socket;
      silent = now - heardAt > SILENCE.toNanos();
    }
    if (silent || now - endsAt > 0) {
      close(CloseCodes.GOING_AWAY, silent ? "no answer to pings" : "log in again");
    } else if (to != null) {
      try {
        to.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
      } catch (IOException | IllegalArgumentException | IllegalStateException e) {
        close(CloseCodes.GOING_AWAY, "");
      }
    }
  }

  void close(CloseCode code, String reason) {
    Session to;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.clear();
      to = socket;
    }
    whenClosed.accept(this);
    if (to != null && to.isOpen()) {
      try {
        to.close(new CloseReason(code, reason));
      } catch (IOException | IllegalStateException e) {
        LOG.debug("A notification connection was gone before it was closed", e);
      }
    }
  }
}
