package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.vigil.analysis.api.ModelCatalog;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.StudyView;
import org.vigil.inference.domain.Acceptance;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.tenancy.api.TenantContext;

/**
 * Answers analysis's question which models run on a study. While the models are still being loaded
 * it gives no answer: "no model" would leave a study that was completed during the start without AI
 * for good.
 */
@ApplicationScoped
public class InstalledModelCatalog implements ModelCatalog {
  /** Below the transaction's timeout; who asked in vain asks again. */
  private static final Duration LONGEST_LOADING = Duration.ofSeconds(60);

  private final ModelRegistry registry;
  private final Duration patience;

  @Inject
  public InstalledModelCatalog(ModelRegistry registry) {
    this(registry, LONGEST_LOADING);
  }

  InstalledModelCatalog(ModelRegistry registry, Duration patience) {
    this.registry = registry;
    this.patience = patience;
  }

  /** For the container's proxy. */
  protected InstalledModelCatalog() {
    this(null, null);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.vigil.kernel.VigilException KERNEL-0006 when the models are not loaded in time
   */
  @Override
  public List<ModelFit> fit(StudyView study, List<InstanceView> instances) {
    registry.await(patience);
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
