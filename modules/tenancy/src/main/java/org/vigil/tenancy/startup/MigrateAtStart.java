package org.vigil.tenancy.startup;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.vigil.tenancy.application.SchemaMigrations;

/** Migrates the schemas when the application starts; other start-up beans wait for it. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class MigrateAtStart {
  @Inject private SchemaMigrations migrations;

  @PostConstruct
  void migrate() {
    migrations.migrateAll();
  }
}
