package org.vigil.integration.startup;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.integration.mllp.InboundMessages;
import org.vigil.integration.mllp.MllpServer;
import org.vigil.integration.mllp.MllpState;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.DatabaseReadiness;
import org.vigil.tenancy.api.TlsContexts;

/**
 * Opens the MLLP port once the schemas are migrated, and keeps it open until the application stops.
 * Until then senders are refused the connection and keep their messages.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class MllpListener {
  private static final Logger LOG = LoggerFactory.getLogger(MllpListener.class);
  private static final Duration WAIT_FOR_SCHEMAS = Duration.ofSeconds(30);
  private static final long WAIT_FOR_PORT_MILLIS = 5000;

  @Resource private ManagedThreadFactory threadFactory;
  @Inject private InboundMessages messages;
  @Inject private MllpState state;
  @Inject private DatabaseReadiness database;

  @Inject
  @ConfigProperty(name = "vigil.mllp.host", defaultValue = "0.0.0.0")
  private String host;

  @Inject
  @ConfigProperty(name = "vigil.mllp.port", defaultValue = "2575")
  private String port;

  @Inject
  @ConfigProperty(name = "vigil.mllp.tls-port", defaultValue = "2577")
  private String tlsPort;

  @Inject private TlsContexts tls;

  @Inject
  @ConfigProperty(name = "vigil.mllp.max-connections", defaultValue = "64")
  private int maxConnections;

  @Inject
  @ConfigProperty(name = "vigil.mllp.max-message-bytes", defaultValue = "1048576")
  private int maxMessageBytes;

  @Inject
  @ConfigProperty(name = "vigil.mllp.idle-timeout", defaultValue = "PT1H")
  private Duration idleTimeout;

  @Inject
  @ConfigProperty(name = "vigil.mllp.frame-timeout", defaultValue = "PT30S")
  private Duration frameTimeout;

  private ExecutorService threads;
  private final List<MllpServer> servers = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  @PostConstruct
  void start() {
    // For each port two beyond the connections: its opening task and the accepting one. No queue: a
    // connection
    // has a thread at once or is refused.
    threads =
        new ThreadPoolExecutor(
            0,
            2 * (maxConnections + 2),
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threadFactory);
    if (!isOff(port)) {
      threads.execute(() -> open(Integer.parseInt(port), false));
    }
    if (!isOff(tlsPort)) {
      threads.execute(() -> open(Integer.parseInt(tlsPort), true));
    }
  }

  @PreDestroy
  void stop() {
    stopping = true;
    servers.forEach(MllpServer::close);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("MLLP connections did not end within 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    state.notListening("stopped");
  }

  private static boolean isOff(String number) {
    return number.equalsIgnoreCase("off");
  }

  private void open(int number, boolean encrypted) {
    MllpServer.Settings settings =
        new MllpServer.Settings(
            host, number, maxConnections, maxMessageBytes, idleTimeout, frameTimeout);
    while (!stopping) {
      try {
        database.await(WAIT_FOR_SCHEMAS);
        MllpServer server =
            MllpServer.start(settings, encrypted ? tls.server() : null, messages, threads);
        servers.add(server);
        state.listening(server.port());
        LOG.info("MLLP{} listens on {}:{}", encrypted ? " over TLS" : "", host, server.port());
        if (stopping) {
          server.close();
        }
        return;
      } catch (IOException e) {
        state.notListening("port " + number + " cannot be opened");
        LOG.error(
            "MLLP port {}:{} cannot be opened ({}); set vigil.mllp.port, or free the port: trying"
                + " again in 5 s",
            host,
            number,
            e.getMessage());
        pause();
      } catch (VigilException e) {
        state.notListening("the database is not ready");
        LOG.warn("MLLP waits for the database: {}", e.getMessage());
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(WAIT_FOR_PORT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}
