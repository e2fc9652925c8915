package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.NewAccounts;
import org.vigil.tenancy.api.TenantArchives.ErasureProof;
import org.vigil.tenancy.api.TenantStatus;
import org.vigil.tenancy.api.TenantView;
import org.vigil.tenancy.api.Tenants.CreateTenant;
import org.vigil.tenancy.api.Tenants.NewDestination;
import org.vigil.tenancy.api.Tenants.Placement;
import org.vigil.tenancy.persistence.DestinationEntity;
import org.vigil.tenancy.persistence.TenantEntity;

/**
 * Rows of the platform schema. Each method is a transaction of its own; callers that work for a
 * tenant go through {@link org.vigil.tenancy.api.TenantContext#asPlatform}.
 */
@ApplicationScoped
public class TenantStore {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Inject private NewAccounts accounts;
  @Inject private Event<AuditEvent> audit;

  /** Writes the hospital as described, not active until its schema is there. */
  @Transactional(TxType.REQUIRES_NEW)
  public void describe(CreateTenant command, Placement placement) {
    TenantEntity tenant = entities.find(TenantEntity.class, command.id().value());
    boolean isNew = tenant == null;
    if (isNew) {
      tenant = new TenantEntity(command.id(), Instant.now());
    }
    tenant.describe(
        command.name(), command.timeZone(), command.aeTitle(), command.receivingFacility());
    if (placement != null && isNew) {
      tenant.place(placement.region(), placement.storageRoot(), placement.backupRoot());
    }
    tenant.share(command.queueShare());
    if (isNew) {
      entities.persist(tenant);
    }
    try {
      entities.flush();
    } catch (PersistenceException e) {
      throw new VigilException(ErrorCode.TENANCY_0007, Map.of("tenant", command.id().value()), e);
    }
    accounts.describe(command.id(), command.accounts());
    command.destinations().forEach(destination -> describe(command.id(), destination));
  }

  @Transactional(TxType.REQUIRES_NEW)
  public TenantView activate(TenantId id) {
    TenantEntity tenant = entities.find(TenantEntity.class, id.value());
    tenant.activate();
    return tenant.toView();
  }

  /**
   * One of them.
   *
   * @throws VigilException TENANCY-0004 when there is no such tenant
   */
  @Transactional(TxType.REQUIRES_NEW)
  public TenantStatus status(TenantId id) {
    TenantEntity tenant = entities.find(TenantEntity.class, id.value());
    if (tenant == null) {
      throw new VigilException(ErrorCode.TENANCY_0004, Map.of("tenant", id.value()));
    }
    return tenant.toStatus();
  }

  @Transactional(TxType.REQUIRES_NEW)
  public boolean exists(TenantId id) {
    return entities.find(TenantEntity.class, id.value()) != null;
  }

  /** Keeps the proof that a hospital was erased, with the audit event. */
  @Transactional(TxType.REQUIRES_NEW)
  public void keep(ErasureProof proof, String countsJson, AuditEvent event) {
    entities
        .createNativeQuery(
            "insert into platform.tenant_erasure"
                + " (id, tenant_id, erased_at, erased_by, reason, counts, proof)"
                + " values (:id, :tenant, :at, :by, :reason, cast(:counts as jsonb), :proof)")
        .setParameter("id", UUID.randomUUID())
        .setParameter("tenant", proof.tenant().value())
        .setParameter("at", proof.erasedAt().atOffset(ZoneOffset.UTC))
        .setParameter("by", proof.erasedBy())
        .setParameter("reason", proof.reason())
        .setParameter("counts", countsJson)
        .setParameter("proof", proof.statement() + "\n" + proof.signature())
        .executeUpdate();
    audit.fire(event);
  }

  /** All there are, those being created and erased included, by id. */
  @Transactional(TxType.REQUIRES_NEW)
  public List<TenantStatus> all() {
    return entities
        .createQuery("select t from TenantEntity t order by t.id", TenantEntity.class)
        .getResultStream()
        .map(TenantEntity::toStatus)
        .toList();
  }

  /**
   * Changes a tenant's row, with the audit event in the same transaction.
   *
   * @throws VigilException TENANCY-0004 when there is no such tenant
   */
  @Transactional(TxType.REQUIRES_NEW)
  public TenantStatus change(TenantId id, Consumer<TenantEntity> change, AuditEvent event) {
    TenantEntity tenant =
        entities.find(TenantEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
    if (tenant == null || !tenant.isActive()) {
      // One that is being created is nobody's business yet.
      throw new VigilException(ErrorCode.TENANCY_0004, Map.of("tenant", id.value()));
    }
    change.accept(tenant);
    if (event != null) {
      audit.fire(event);
    }
    return tenant.toStatus();
  }

  @Transactional(TxType.REQUIRES_NEW)
  public Map<TenantId, List<Destination>> destinations() {
    return entities
        .createQuery("select d from DestinationEntity d", DestinationEntity.class)
        .getResultStream()
        .collect(
            Collectors.groupingBy(
                DestinationEntity::tenant,
                Collectors.mapping(DestinationEntity::toView, Collectors.toList())));
  }

  private void describe(TenantId tenant, NewDestination wanted) {
    DestinationEntity destination =
        entities
            .createQuery(
                "select d from DestinationEntity d where d.tenantId = :tenant and d.kind = :kind",
                DestinationEntity.class)
            .setParameter("tenant", tenant.value())
            .setParameter("kind", wanted.kind())
            .getResultStream()
            .findFirst()
            .orElseGet(() -> new DestinationEntity(tenant, wanted.kind()));
    destination.describe(wanted);
    entities.merge(destination);
  }
}
