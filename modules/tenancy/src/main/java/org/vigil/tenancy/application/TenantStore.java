package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.NewAccounts;
import org.vigil.tenancy.api.TenantView;
import org.vigil.tenancy.api.Tenants.CreateTenant;
import org.vigil.tenancy.api.Tenants.NewDestination;
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

  /** Writes the hospital as described, not active until its schema is there. */
  @Transactional(TxType.REQUIRES_NEW)
  public void describe(CreateTenant command) {
    TenantEntity tenant = entities.find(TenantEntity.class, command.id().value());
    boolean isNew = tenant == null;
    if (isNew) {
      tenant = new TenantEntity(command.id(), Instant.now());
    }
    tenant.describe(
        command.name(), command.timeZone(), command.aeTitle(), command.receivingFacility());
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

  @Transactional(TxType.REQUIRES_NEW)
  public List<TenantView> active() {
    return entities
        .createQuery(
            "select t from TenantEntity t where t.active = true order by t.id", TenantEntity.class)
        .getResultStream()
        .map(TenantEntity::toView)
        .toList();
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
