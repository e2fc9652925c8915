package org.vigil.dicom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.UID;

/**
 * Listens for associations and serves C-ECHO, C-STORE (PS3.4 annexes A and B) and what {@link
 * DimseService}s are given to it.
 *
 * <pre>{@code
 * DicomServer server = DicomServer.builder(executor)
 *     .port(11112)
 *     .acceptor(request -> tenants.byAeTitle(request.calledAe())
 *         .map(AssociationDecision::accept)
 *         .orElse(AssociationDecision.reject(RejectReason.CALLED_AE_TITLE_NOT_RECOGNIZED)))
 *     .storeHandler(intake)
 *     .start();
 * }</pre>
 *
 * <p>The executor gives one thread to the listener and one to each association, for as long as they
 * live; it must not queue. Associations beyond the bound are refused as "local limit exceeded".
 */
public final class DicomServer implements AutoCloseable {

  static final Logger LOG = LoggerFactory.getLogger(DicomServer.class);

  /** How many peers may be waiting for their refusal at once. */
  private static final int REFUSALS = 16;

  final Builder config;
  private final ServerSocket serverSocket;
  private final Set<AssociationService> services = ConcurrentHashMap.newKeySet();
  private final AtomicInteger active = new AtomicInteger();
  private final Object idle = new Object();
  private volatile boolean running = true;

  private DicomServer(Builder config) throws IOException {
    this.config = config;
    serverSocket =
        config.tls == null
            ? new ServerSocket()
            : config.tls.getServerSocketFactory().createServerSocket();
    try {
      if (serverSocket instanceof SSLServerSocket tls) {
        tls.setEnabledProtocols(tlsProtocols(tls.getSupportedProtocols()));
        tls.setNeedClientAuth(config.clientCertificateRequired);
        if (config.tlsParameters != null) {
          tls.setSSLParameters(config.tlsParameters);
        }
      }
      serverSocket.setReuseAddress(true);
      serverSocket.bind(new InetSocketAddress(config.bindAddress, config.port), 128);
    } catch (IOException | RuntimeException e) {
      serverSocket.close();
      throw e;
    }
  }

  /** Settings for a server whose threads come from {@code executor}. */
  public static Builder builder(Executor executor) {
    return new Builder(executor);
  }

  /** BCP 195: TLS 1.2 and 1.3 only (PS3.15 §B.12). */
  static String[] tlsProtocols(String[] supported) {
    return Arrays.stream(supported)
        .filter(p -> p.equals("TLSv1.2") || p.equals("TLSv1.3"))
        .toArray(String[]::new);
  }

  /** The port listened on, also where 0 was asked for. */
  public int port() {
    return serverSocket.getLocalPort();
  }

  /** Number of connections being served, those being refused included. */
  public int activeAssociations() {
    return active.get();
  }

  private void listen() {
    while (running) {
      try {
        serve(serverSocket.accept());
      } catch (IOException e) {
        if (running) {
          LOG.warn("A connection could not be accepted on port {}", port(), e);
          // Out of file handles, most likely: give the others time to end.
          LockSupport.parkNanos(100_000_000L);
        }
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    int number = active.incrementAndGet();
    if (number > config.maxAssociations + REFUSALS) {
      ended();
      LOG.warn("Connection from {} closed: {} are open", socket.getRemoteSocketAddress(), number);
      socket.close();
      return;
    }
    AssociationService service =
        new AssociationService(this, socket, number > config.maxAssociations);
    services.add(service);
    try {
      config.executor.execute(
          () -> {
            try {
              service.run();
            } finally {
              services.remove(service);
              ended();
            }
          });
    } catch (RejectedExecutionException e) {
      services.remove(service);
      ended();
      LOG.warn("Connection from {} closed: no thread", socket.getRemoteSocketAddress());
      socket.close();
    }
  }

  private void ended() {
    synchronized (idle) {
      active.decrementAndGet();
      idle.notifyAll();
    }
  }

  /** Stops listening at once and aborts open associations. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  /**
   * Stops listening, lets open associations finish for a while, then aborts the rest.
   *
   * @param grace how long to wait for the open ones
   */
  public void stop(Duration grace) {
    running = false;
    try {
      serverSocket.close();
    } catch (IOException e) {
      LOG.warn("The listener on port {} did not close", port(), e);
    }
    awaitIdle(grace);
    services.forEach(AssociationService::abort);
    awaitIdle(Duration.ofSeconds(5));
  }

  private void awaitIdle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (idle) {
      while (active.get() > 0) {
        long millis = (deadline - System.nanoTime()) / 1_000_000L;
        if (millis <= 0) {
          return;
        }
        try {
          idle.wait(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** Settings of a server; each has a default but the executor. */
  public static final class Builder {

    final Executor executor;
    InetAddress bindAddress;
    int port;
    int maxAssociations = 64;
    int maxPduLength = Association.MAX_PDU_LENGTH;
    long artimMillis = 30_000;
    long idleMillis = 60_000;
    SSLContext tls;
    boolean clientCertificateRequired;
    SSLParameters tlsParameters;
    AssociationAcceptor acceptor = AssociationAcceptor.any();
    CEchoHandler echoHandler = CEchoHandler.success();
    CStoreHandler storeHandler;
    final Map<String, DimseService> services = new HashMap<>();
    int operationsPerformed = 16;
    BiPredicate<String, String> storageAccepted =
        (sopClass, syntax) -> UID.isStorage(sopClass) && TransferSyntax.isKnown(syntax);

    private Builder(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
    }

    /** Port to listen on; 0, the default, takes any free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Address to listen on; all by default. */
    public Builder bindAddress(InetAddress address) {
      this.bindAddress = address;
      return this;
    }

    /** Associations served at a time, 64 by default. */
    public Builder maxAssociations(int most) {
      this.maxAssociations = most;
      return this;
    }

    /** Longest P-DATA-TF received and sent, in bytes; 128 KiB by default. */
    public Builder maxPduLength(int bytes) {
      this.maxPduLength = bytes;
      return this;
    }

    /** ARTIM timer (PS3.8 §9.1.5): how long a peer may take to ask and to close; 30 s. */
    public Builder artimTimeout(Duration timeout) {
      this.artimMillis = timeout.toMillis();
      return this;
    }

    /** How long an association may be silent before it is aborted; 60 s by default. */
    public Builder idleTimeout(Duration timeout) {
      this.idleMillis = timeout.toMillis();
      return this;
    }

    /** Speaks TLS 1.2 or 1.3 only; the context has this side's key. */
    public Builder tls(SSLContext context, boolean clientCertificateRequired) {
      this.tls = context;
      this.clientCertificateRequired = clientCertificateRequired;
      return this;
    }

    /**
     * Speaks TLS with these protocols and cipher suites; they also say whether a client certificate
     * is asked for.
     */
    public Builder tls(SSLContext context, SSLParameters parameters) {
      this.tls = context;
      this.tlsParameters = parameters;
      return this;
    }

    /** Decides who may open an association; everybody by default. */
    public Builder acceptor(AssociationAcceptor acceptor) {
      this.acceptor = acceptor;
      return this;
    }

    /** Answers C-ECHO; with success by default. */
    public Builder echoHandler(CEchoHandler handler) {
      this.echoHandler = handler;
      return this;
    }

    /** Receives C-STORE; without one, storage SOP classes are not accepted. */
    public Builder storeHandler(CStoreHandler handler) {
      this.storeHandler = handler;
      return this;
    }

    /**
     * Serves more SOP classes.
     *
     * @throws IllegalArgumentException if one of them is served already
     */
    public Builder service(DimseService service) {
      for (String sopClass : service.sopClasses()) {
        if (services.putIfAbsent(sopClass, service) != null) {
          throw new IllegalArgumentException("SOP class " + sopClass + " is served twice");
        }
      }
      return this;
    }

    /** Requests a peer may send before the first is answered (PS3.7 §D.3.3.3); 16 by default. */
    public Builder operationsPerformed(int most) {
      this.operationsPerformed = most;
      return this;
    }

    /**
     * Which storage is accepted, by SOP class UID and transfer syntax UID. By default every
     * standard storage SOP class in every transfer syntax this toolkit can name, decodable or not:
     * what is stored need not be looked at.
     */
    public Builder storageAccepted(BiPredicate<String, String> accepted) {
      this.storageAccepted = accepted;
      return this;
    }

    /**
     * Binds the port and starts listening.
     *
     * @throws IOException if the port is taken, naming it
     */
    public DicomServer start() throws IOException {
      DicomServer server;
      try {
        server = new DicomServer(this);
      } catch (IOException e) {
        throw new IOException("DICOM port " + port + " cannot be opened: " + e.getMessage(), e);
      }
      try {
        executor.execute(server::listen);
      } catch (RejectedExecutionException e) {
        server.close();
        throw new IOException("No thread for the listener on DICOM port " + port, e);
      }
      return server;
    }
  }
}
