package org.vigil.tests.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber's end of a notification connection: what it has heard so far. */
public final class NotificationSocket implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringBuilder part = new StringBuilder();
  private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
  private volatile WebSocket socket;
  private volatile boolean ended;

  NotificationSocket() {}

  void opened(WebSocket opened) {
    socket = opened;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      try {
        heard.add(JSON.readTree(part.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    ended = true;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable cause) {
    ended = true;
  }

  /** Whether the server has closed it. */
  public boolean isEnded() {
    return ended;
  }

  /**
   * Event reports about a workitem, as event type and state if there is one: {@code 1 SCHEDULED}.
   */
  public List<String> about(String uid) {
    return heard.stream()
        .filter(report -> report.at("/00001000/Value/0").asText().equals(uid))
        .map(
            report ->
                (report.at("/00001002/Value/0").asText()
                        + " "
                        + report.at("/00741000/Value/0").asText())
                    .strip())
        .toList();
  }

  /** All event reports. */
  public List<JsonNode> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
