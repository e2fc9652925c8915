package org.vigil.imaging.startup;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vigil.imaging.lifecycle.StorageLifecycle;
import org.vigil.tenancy.api.DatabaseReadiness;

/** Applies the hospitals' storage policies on a thread of its own, which a long run may keep. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class StorageClock {
  @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
  private ManagedThreadFactory threads;

  @Inject private DatabaseReadiness database;
  @Inject private StorageLifecycle lifecycle;

  private final AtomicBoolean busy = new AtomicBoolean();

  @Schedule(hour = "*", minute = "*", second = "50", persistent = false)
  void tick() {
    if (database.isReady() && busy.compareAndSet(false, true)) {
      threads.newThread(this::run).start();
    }
  }

  private void run() {
    try {
      lifecycle.runDue();
    } finally {
      busy.set(false);
    }
  }

  @PreDestroy
  void stop() {
    lifecycle.stop();
  }
}
