package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.persistence.DeploymentEntity;
import org.vigil.inference.persistence.ModelEntity;
import org.vigil.inference.persistence.ModelVersionEntity;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/**
 * The registry's rows. Each method is a transaction of its own; callers that work for a tenant go
 * through {@link org.vigil.tenancy.api.TenantContext#asPlatform}.
 */
@ApplicationScoped
public class ModelStore {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Inject private Event<AuditEvent> audit;

  /**
   * Notes a package, if it is new.
   *
   * @return when it was first imported
   * @throws VigilException INFERENCE-0001 when this version was imported with other content
   */
  @Transactional(TxType.REQUIRES_NEW)
  public Instant register(ModelPackage model) {
    ModelVersionEntity known =
        entities.find(ModelVersionEntity.class, ModelVersionEntity.Key.of(model));
    if (known != null) {
      if (!known.packageSha256().equals(model.packageSha256())) {
        throw new VigilException(
            ErrorCode.INFERENCE_0001,
            Map.of(
                "key",
                "version",
                "problem",
                "%s was imported before with other content; give the changed package a new version"
                    .formatted(model.manifest().reference())));
      }
      return known.importedAt();
    }
    Instant now = Instant.now();
    if (entities.find(ModelEntity.class, model.manifest().id()) == null) {
      entities.persist(new ModelEntity(model.manifest().id(), now));
    }
    entities.persist(new ModelVersionEntity(model, now));
    audit.fire(
        AuditEvent.of(AuditEvent.Action.MODEL_DEPLOYED, Actor.system("inference"))
            .on(model.manifest().reference())
            .with(
                Map.of(
                    "modelSha256", model.modelSha256(), "packageSha256", model.packageSha256())));
    return now;
  }

  /** Keeps a hospital's decision. The hospital's own trail tells of it, apart. */
  @Transactional(TxType.REQUIRES_NEW)
  public void decide(
      TenantId tenant, String modelId, String version, boolean enabled, String reason, String by) {
    DeploymentEntity decision = new DeploymentEntity(tenant, modelId);
    decision.decide(version, enabled, reason, by, Instant.now().truncatedTo(ChronoUnit.MICROS));
    entities.merge(decision);
  }

  /** What the hospitals decided. */
  @Transactional(TxType.REQUIRES_NEW)
  public List<Decision> decisions() {
    return entities
        .createQuery("select d from DeploymentEntity d", DeploymentEntity.class)
        .getResultStream()
        .map(d -> new Decision(d.tenantId(), d.modelId(), d.version(), d.enabled()))
        .toList();
  }

  /**
   * A hospital's decision about a model.
   *
   * @param version null for the newest
   */
  public record Decision(String tenantId, String modelId, String version, boolean enabled) {}
}
