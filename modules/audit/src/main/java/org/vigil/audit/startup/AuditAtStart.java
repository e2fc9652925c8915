package org.vigil.audit.startup;

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
import org.vigil.audit.application.SealFollowers;
import org.vigil.audit.application.Sealing;
import org.vigil.audit.application.Upkeep;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.DatabaseReadiness;

/**
 * Starts sealing, upkeep and what follows the seals once the schemas are migrated, on a thread of
 * its own.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class AuditAtStart {
  private static final Logger LOG = LoggerFactory.getLogger(AuditAtStart.class);
  private static final Duration LONGEST_MIGRATION = Duration.ofMinutes(10);

  @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
  private ManagedThreadFactory threads;

  @Inject private DatabaseReadiness database;
  @Inject private Sealing sealing;
  @Inject private Upkeep upkeep;
  @Inject private SealFollowers followers;

  private boolean stopped;
  private Thread starter;

  @PostConstruct
  void start() {
    starter = threads.newThread(this::begin);
    starter.start();
  }

  private void begin() {
    try {
      database.await(LONGEST_MIGRATION);
    } catch (VigilException e) {
      LOG.error("Audit: not sealing, because the schemas are not migrated", e);
      return;
    }
    synchronized (this) {
      if (!stopped) {
        sealing.start(threads);
        upkeep.start(threads);
        followers.start(threads);
      }
    }
  }

  @PreDestroy
  void stop() {
    starter.interrupt();
    synchronized (this) {
      stopped = true;
      sealing.stop();
      upkeep.stop();
      followers.stop();
    }
  }
}
