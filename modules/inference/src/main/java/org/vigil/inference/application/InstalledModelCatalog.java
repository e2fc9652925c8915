package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.vigil.analysis.api.ModelCatalog;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.StudyView;
import org.vigil.inference.domain.Acceptance;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.tenancy.api.TenantContext;

/** Answers analysis's question which models run on a study. */
@ApplicationScoped
public class InstalledModelCatalog implements ModelCatalog {
  @Inject private ModelRegistry registry;

  @Override
  public List<ModelFit> fit(StudyView study, List<InstanceView> instances) {
    return registry.of(TenantContext.current()).stream()
        .filter(ModelRegistry.Deployed::enabled)
        .map(d -> fit(d.model().manifest(), instances))
        .toList();
  }

  private static ModelFit fit(ModelManifest manifest, List<InstanceView> instances) {
    Acceptance.Choice choice = manifest.accepts().choose(instances);
    return new ModelFit(
        manifest.id(), manifest.version(), manifest.name(), choice.image(), choice.reason());
  }
}
