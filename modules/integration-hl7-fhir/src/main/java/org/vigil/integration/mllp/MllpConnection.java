package org.vigil.integration.mllp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.vigil.kernel.tls.TlsProfile;

/** A persistent connection to one peer; one message at a time, each waits for its answer. */
final class MllpConnection implements AutoCloseable {
  private static final int LONGEST_ANSWER = 1 << 20;

  private final String host;
  private final int port;
  private final Duration connectTimeout;
  private final Duration answerTimeout;
  private final Tls tls;
  private Socket socket;
  private MllpFrameReader answers;

  /**
   * @param tls for TLS, or null for a plain connection
   */
  MllpConnection(String host, int port, Duration connectTimeout, Duration answerTimeout, Tls tls) {
    this.tls = tls;
    this.host = host;
    this.port = port;
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
  }

  /**
   * Sends a message and gives its answer. A connection that the peer closed while it was idle is
   * opened anew; the peer knows a message that comes twice by its MSH-10.
   *
   * @throws IOException when there is no connection or no answer in time
   */
  synchronized byte[] exchange(byte[] message) throws IOException {
    if (socket != null) {
      try {
        return exchangeOnce(message);
      } catch (java.net.SocketTimeoutException e) {
        throw e;
      } catch (IOException stale) {
        close();
      }
    }
    return exchangeOnce(message);
  }

  private byte[] exchangeOnce(byte[] message) throws IOException {
    boolean answered = false;
    try {
      if (socket == null) {
        open();
      }
      OutputStream out = socket.getOutputStream();
      MllpServer.write(out, message);
      byte[] answer =
          answers.next().orElseThrow(() -> new IOException("closed without an answer")).message();
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        close();
      }
    }
  }

  private void open() throws IOException {
    Socket opening = new Socket();
    try {
      opening.setTcpNoDelay(true);
      opening.setKeepAlive(true);
      opening.connect(new InetSocketAddress(host, port), (int) connectTimeout.toMillis());
      if (tls != null) {
        opening = encrypted(opening);
      }
    } catch (IOException e) {
      opening.close();
      throw e;
    }
    socket = opening;
    answers =
        new MllpFrameReader(
            opening.getInputStream(),
            LONGEST_ANSWER,
            MllpFrameReader.Pace.of(opening, answerTimeout, answerTimeout));
  }

  private Socket encrypted(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.context().getSocketFactory().createSocket(plain, host, port, true);
    socket.setSSLParameters(TlsProfile.client());
    socket.setSoTimeout((int) answerTimeout.toMillis());
    socket.startHandshake();
    return socket;
  }

  /** Where the context comes from, asked at each connecting: certificates are replaced. */
  @FunctionalInterface
  interface Tls {
    SSLContext context() throws IOException;
  }

  @Override
  public synchronized void close() throws IOException {
    if (socket != null) {
      Socket closing = socket;
      socket = null;
      answers = null;
      closing.close();
    }
  }
}
