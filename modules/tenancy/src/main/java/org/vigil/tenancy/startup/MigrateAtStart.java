package org.vigil.tenancy.startup;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import org.vigil.tenancy.application.SchemaMigrations;
import org.vigil.tenancy.application.TenantTransitions;

/** Migrates the schemas when the application starts; other start-up beans wait for it. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class MigrateAtStart {
  @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
  private ManagedThreadFactory threads;

  @Inject private SchemaMigrations migrations;
  @Inject private TenantTransitions transitions;

  @PostConstruct
  void migrate() {
    migrations.migrateAll();
    // Queuing needs the broker and other modules' beans: not on the thread that starts them.
    threads.newThread(transitions::reopenPending).start();
  }
}
