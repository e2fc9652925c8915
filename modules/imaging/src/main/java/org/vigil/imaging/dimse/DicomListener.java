package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.net.DicomServer;
import org.vigil.dicom.net.DimseService;
import org.vigil.kernel.tls.TlsProfile;
import org.vigil.tenancy.api.TlsContexts;

/**
 * The DICOM ports, plain and TLS: for all tenants, open while the application runs. Either can be
 * {@code off}.
 */
@ApplicationScoped
public class DicomListener {
  private static final Logger LOG = LoggerFactory.getLogger(DicomListener.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final int OFF = -1;

  /** One for the listener, the others for peers that are just being refused. */
  private static final int SPARE_THREADS = 17;

  private AssociationAdmission admission;
  private StorageScp scp;
  private TlsContexts tls;
  private Instance<DimseService> services;
  private int port;
  private int tlsPort;
  private String bindAddress;
  private int maxAssociations;
  private Duration idleTimeout;

  private ThreadPoolExecutor executor;
  private final List<DicomServer> servers = new CopyOnWriteArrayList<>();
  private volatile String failure;

  @Inject
  void configure(
      AssociationAdmission associationAdmission,
      StorageScp storageScp,
      Instance<DimseService> dimseServices,
      TlsContexts contexts,
      @ConfigProperty(name = "vigil.dicom.port", defaultValue = "11112") String plainPort,
      @ConfigProperty(name = "vigil.dicom.tls-port", defaultValue = "2762") String encryptedPort,
      @ConfigProperty(name = "vigil.dicom.bind-address", defaultValue = "0.0.0.0") String address,
      @ConfigProperty(name = "vigil.dicom.max-associations", defaultValue = "64") int associations,
      @ConfigProperty(name = "vigil.dicom.idle-timeout", defaultValue = "PT60S") Duration timeout) {
    this.admission = associationAdmission;
    this.scp = storageScp;
    this.services = dimseServices;
    this.tls = contexts;
    this.port = number(plainPort);
    this.tlsPort = number(encryptedPort);
    this.bindAddress = address;
    this.maxAssociations = associations;
    this.idleTimeout = timeout;
  }

  /**
   * Opens the ports. A port that is taken is logged and shows in the health report; the rest of the
   * application runs on.
   *
   * @param threads threads on which transactions and JNDI work
   */
  public synchronized void start(ThreadFactory threads) {
    executor =
        new ThreadPoolExecutor(
            0,
            2 * (maxAssociations + SPARE_THREADS),
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads);
    failure = null;
    if (port != OFF) {
      open(port, false);
    }
    if (tlsPort != OFF) {
      open(tlsPort, true);
    }
  }

  private void open(int number, boolean encrypted) {
    String what = encrypted ? "DICOM over TLS" : "DICOM";
    try {
      DicomServer.Builder builder =
          DicomServer.builder(executor)
              .port(number)
              .bindAddress(InetAddress.getByName(bindAddress))
              .maxAssociations(maxAssociations)
              .idleTimeout(idleTimeout)
              .acceptor(request -> admission.decide(request, encrypted))
              .storeHandler(scp);
      services.forEach(builder::service);
      if (encrypted) {
        builder.tls(tls.server(), TlsProfile.server());
      }
      DicomServer server = builder.start();
      servers.add(server);
      LOG.info("{}: listening on {}:{}", what, bindAddress, server.port());
    } catch (IOException e) {
      failure = what + ": " + e.getMessage();
      LOG.error("{}: not listening on port {}", what, number, e);
    }
  }

  private static int number(String port) {
    return port.equalsIgnoreCase("off") ? OFF : Integer.parseInt(port);
  }

  /** Closes the port; associations get a moment to finish. */
  public synchronized void stop() {
    servers.forEach(server -> server.stop(GRACE));
    servers.clear();
    if (executor != null) {
      executor.shutdownNow();
      executor = null;
    }
  }

  /** Whether every port that is not off is open. */
  public boolean isListening() {
    return failure == null && !servers.isEmpty();
  }

  /** Why a port is not open, or null. */
  public String failure() {
    return failure;
  }

  /** The plain port, -1 when it is off. */
  public int port() {
    return port;
  }

  /** The TLS port, -1 when it is off. */
  public int tlsPort() {
    return tlsPort;
  }

  /** Connections being served. */
  public int activeAssociations() {
    return servers.stream().mapToInt(DicomServer::activeAssociations).sum();
  }
}
