package org.vigil.inference.startup;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.vigil.inference.application.ModelRegistry;
import org.vigil.tenancy.api.DatabaseReadiness;

/** Imports the model packages once the schemas are migrated. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class ImportModelsAtStart {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Inject private DatabaseReadiness database;
  @Inject private ModelRegistry models;

  @PostConstruct
  void importModels() {
    database.await(PATIENCE);
    models.importAll();
  }
}
