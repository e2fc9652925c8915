package org.vigil.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.vigil.cli.server.Port;

/** HTTP/1.1 written by hand: from an address of one's own choosing, and with doubled headers. */
public final class RawHttps {
  private static final int PATIENCE_MILLIS = (int) VigilServer.PATIENCE.toMillis();

  private RawHttps() {}

  /**
   * Sends one request.
   *
   * @param from local address, of 127.0.0.0/8
   * @param headers whole lines
   * @param body JSON, or null
   */
  public static Rest.Answer send(
      VigilServer server,
      String from,
      String method,
      String path,
      List<String> headers,
      String body) {
    byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    try (SSLSocket socket = (SSLSocket) Rest.trusting(server).getSocketFactory().createSocket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress("127.0.0.1", server.port(Port.HTTPS)), PATIENCE_MILLIS);
      StringBuilder head =
          new StringBuilder(method + " /" + path + " HTTP/1.1\r\nHost: localhost\r\n");
      headers.forEach(line -> head.append(line).append("\r\n"));
      head.append("Content-Type: application/json\r\nConnection: close\r\nContent-Length: ")
          .append(content.length)
          .append("\r\n\r\n");
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(content);
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      return new Rest.Answer(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(end + 4),
          answer.substring(0, end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
