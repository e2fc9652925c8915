package org.vigil.imaging.startup;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.application.CompletionScheduler;
import org.vigil.imaging.application.StorageUpkeep;
import org.vigil.imaging.dimse.DicomListener;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.CipherWarmUp;
import org.vigil.tenancy.api.DatabaseReadiness;

/**
 * Opens the DICOM port and resumes awaited studies once the schemas are migrated, on a thread of
 * its own: the migrations may start after this bean.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class ImagingAtStart {
  private static final Logger LOG = LoggerFactory.getLogger(ImagingAtStart.class);
  private static final Duration LONGEST_MIGRATION = Duration.ofMinutes(10);

  @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
  private ManagedThreadFactory threads;

  @Inject private DatabaseReadiness database;
  @Inject private CompletionScheduler scheduler;
  @Inject private DicomListener listener;
  @Inject private StorageUpkeep upkeep;

  private volatile boolean stopped;
  private Thread starter;

  @PostConstruct
  void start() {
    starter = threads.newThread(this::open);
    starter.start();
  }

  private void open() {
    try {
      database.await(LONGEST_MIGRATION);
    } catch (VigilException e) {
      LOG.error("DICOM: not listening, because the schemas are not migrated", e);
      return;
    }
    synchronized (this) {
      if (!stopped) {
        scheduler.start(threads);
        listener.start(threads);
      }
    }
    CipherWarmUp.run(() -> stopped);
    upkeep.encryptEarlierObjects();
  }

  @PreDestroy
  void stop() {
    upkeep.stop();
    starter.interrupt();
    synchronized (this) {
      stopped = true;
      listener.stop();
      scheduler.stop();
    }
  }
}
