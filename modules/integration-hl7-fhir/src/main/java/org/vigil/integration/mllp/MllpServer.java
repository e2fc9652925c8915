package org.vigil.integration.mllp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.kernel.tls.TlsProfile;

/**
 * Listens for MLLP connections. Each connection has one thread, which answers its messages one
 * after the other, so that a sender's order is kept; connections are independent.
 *
 * <p>Vigil's own loop rather than HAPI's server, because HAPI's hides the bytes received (which are
 * stored and hashed), decodes before MSH-18 is known, has no limit of size or time, and wants an
 * executor that the application server does not allow.
 */
public final class MllpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MllpServer.class);

  private final ServerSocket listening;
  private final Settings settings;
  private final Handler handler;
  private final ExecutorService threads;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private MllpServer(
      ServerSocket listening, Settings settings, Handler handler, ExecutorService threads) {
    this.listening = listening;
    this.settings = settings;
    this.handler = handler;
    this.threads = threads;
  }

  /**
   * Binds the port and begins to accept.
   *
   * @param tls for connections over TLS, or null for plain ones
   * @param threads gives one thread to the listener and one to each connection; stays the caller's
   * @throws IOException when the port cannot be bound
   */
  public static MllpServer start(
      Settings settings, SSLContext tls, Handler handler, ExecutorService threads)
      throws IOException {
    ServerSocket socket =
        tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
    try {
      if (socket instanceof SSLServerSocket encrypted) {
        encrypted.setSSLParameters(TlsProfile.server());
      }
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    MllpServer server = new MllpServer(socket, settings, handler, threads);
    threads.execute(server::acceptAll);
    return server;
  }

  /** The port bound; differs from the settings' when that is 0. */
  public int port() {
    return listening.getLocalPort();
  }

  public boolean isListening() {
    return !listening.isClosed();
  }

  /** Stops listening and closes every connection; messages not yet answered are sent again. */
  @Override
  public void close() {
    closeQuietly(listening);
    open.forEach(MllpServer::closeQuietly);
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        admit(listening.accept());
      } catch (IOException e) {
        if (!listening.isClosed()) {
          LOG.warn("MLLP connection could not be accepted: {}", e.toString());
        }
      }
    }
  }

  private void admit(Socket socket) {
    if (open.size() >= settings.maxConnections()) {
      LOG.warn(
          "MLLP connection from {} refused: {} connections are open (vigil.mllp.max-connections)",
          socket.getRemoteSocketAddress(),
          open.size());
      closeQuietly(socket);
      return;
    }
    open.add(socket);
    try {
      threads.execute(() -> serve(socket));
    } catch (RejectedExecutionException e) {
      LOG.warn("MLLP connection from {} refused: no thread", socket.getRemoteSocketAddress());
      open.remove(socket);
      closeQuietly(socket);
    }
  }

  private void serve(Socket socket) {
    String address = socket.getInetAddress().getHostAddress();
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      Peer peer = handshake(socket, address);
      MllpFrameReader frames =
          new MllpFrameReader(
              socket.getInputStream(),
              settings.maxMessageBytes(),
              MllpFrameReader.Pace.of(socket, settings.idleTimeout(), settings.frameTimeout()));
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 8192);
      long skipped = 0;
      Optional<MllpFrameReader.Frame> frame = frames.next();
      while (frame.isPresent()) {
        if (frames.skipped() > skipped) {
          skipped = frames.skipped();
          LOG.info("MLLP connection from {}: {} bytes outside frames skipped", address, skipped);
        }
        Optional<byte[]> answer =
            handler.answer(frame.get().message(), frame.get().tooLong(), peer);
        if (answer.isPresent()) {
          write(out, answer.get());
        }
        frame = frames.next();
      }
    } catch (SocketTimeoutException e) {
      LOG.info(
          "MLLP connection from {} closed: idle, or a frame was not completed in time", address);
    } catch (SSLException e) {
      LOG.info("MLLP connection from {}: TLS failed: {}", address, e.getMessage());
    } catch (IOException e) {
      if (isListening()) {
        LOG.info("MLLP connection from {} lost: {}", address, e.getClass().getSimpleName());
      }
    } finally {
      open.remove(socket);
    }
  }

  private Peer handshake(Socket socket, String address) throws IOException {
    if (!(socket instanceof SSLSocket encrypted)) {
      return new Peer(address, false, List.of());
    }
    encrypted.setSoTimeout((int) settings.frameTimeout().toMillis());
    encrypted.startHandshake();
    try {
      return new Peer(address, true, List.of(encrypted.getSession().getPeerCertificates()));
    } catch (SSLPeerUnverifiedException e) {
      // It presented none; whether one is needed is the hospital's to say.
      return new Peer(address, true, List.of());
    }
  }

  /** Writes a frame whole: in pieces, Nagle and delayed acknowledgements cost 40 ms each. */
  static void write(OutputStream out, byte[] message) throws IOException {
    byte[] frame = new byte[message.length + 3];
    frame[0] = MllpFrameReader.START;
    System.arraycopy(message, 0, frame, 1, message.length);
    frame[message.length + 1] = MllpFrameReader.END;
    frame[message.length + 2] = '\r';
    out.write(frame);
    out.flush();
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.debug("closing a socket failed: {}", e.toString());
    }
  }

  /** Answers messages; must not throw. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Processes a message and gives the answer to send, or empty for none.
     *
     * @param tooLong only the beginning of the message was kept
     */
    Optional<byte[]> answer(byte[] message, boolean tooLong, Peer peer);
  }

  /**
   * Who is at the other end.
   *
   * @param certificates its own first; empty without TLS, and where it presented none
   */
  public record Peer(String address, boolean encrypted, List<Certificate> certificates) {}

  /**
   * How to listen.
   *
   * @param port 0 for any free port
   * @param idleTimeout after which a silent connection is closed
   * @param frameTimeout in which a frame once begun must be complete
   */
  public record Settings(
      String host,
      int port,
      int maxConnections,
      int maxMessageBytes,
      Duration idleTimeout,
      Duration frameTimeout) {}
}
