package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.net.DicomServer;

/** The DICOM port: one for all tenants, open while the application runs. */
@ApplicationScoped
public class DicomListener {
  private static final Logger LOG = LoggerFactory.getLogger(DicomListener.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** One for the listener, the others for peers that are just being refused. */
  private static final int SPARE_THREADS = 17;

  private StorageScp scp;
  private int port;
  private String bindAddress;
  private int maxAssociations;
  private Duration idleTimeout;

  private ThreadPoolExecutor executor;
  private volatile DicomServer server;
  private volatile String failure;

  @Inject
  void configure(
      StorageScp storageScp,
      @ConfigProperty(name = "vigil.dicom.port", defaultValue = "11112") int portNumber,
      @ConfigProperty(name = "vigil.dicom.bind-address", defaultValue = "0.0.0.0") String address,
      @ConfigProperty(name = "vigil.dicom.max-associations", defaultValue = "64") int associations,
      @ConfigProperty(name = "vigil.dicom.idle-timeout", defaultValue = "PT60S") Duration timeout) {
    this.scp = storageScp;
    this.port = portNumber;
    this.bindAddress = address;
    this.maxAssociations = associations;
    this.idleTimeout = timeout;
  }

  /**
   * Opens the port. A port that is taken is logged and shows in the health report; the rest of the
   * application runs on.
   *
   * @param threads threads on which transactions and JNDI work
   */
  public synchronized void start(ThreadFactory threads) {
    executor =
        new ThreadPoolExecutor(
            0,
            maxAssociations + SPARE_THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads);
    try {
      server =
          DicomServer.builder(executor)
              .port(port)
              .bindAddress(InetAddress.getByName(bindAddress))
              .maxAssociations(maxAssociations)
              .idleTimeout(idleTimeout)
              .acceptor(scp)
              .storeHandler(scp)
              .start();
      failure = null;
      LOG.info("DICOM: listening on {}:{}", bindAddress, server.port());
    } catch (IOException e) {
      failure = e.getMessage();
      LOG.error("DICOM: not listening; nothing can be received", e);
    }
  }

  /** Closes the port; associations get a moment to finish. */
  public synchronized void stop() {
    if (server != null) {
      server.stop(GRACE);
      server = null;
    }
    if (executor != null) {
      executor.shutdownNow();
      executor = null;
    }
  }

  public boolean isListening() {
    return server != null;
  }

  /** Why the port is not open, or null. */
  public String failure() {
    return failure;
  }

  public int port() {
    return port;
  }

  /** Connections being served. */
  public int activeAssociations() {
    DicomServer running = server;
    return running == null ? 0 : running.activeAssociations();
  }
}
