package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vigil.identity.persistence.PermissionUseEntity;
import org.vigil.identity.persistence.PermissionUseEntity.Key;
import org.vigil.kernel.TenantId;

/** Rows of permissions' use; each method is a transaction of its own on the platform's schema. */
@ApplicationScoped
public class PermissionUseStore {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  /** Of a hospital that is gone meanwhile, nothing is written. */
  @Transactional(TxType.REQUIRES_NEW)
  public void write(Map<Key, Instant> uses) {
    uses.forEach(
        (key, at) ->
            entities
                .createNativeQuery(
                    "insert into platform.permission_use (tenant_id, user_name, area, last_used_at)"
                        + " select id, :user, :area, :at from platform.tenant where id = :tenant"
                        + " on conflict (tenant_id, user_name, area)"
                        + " do update set last_used_at = excluded.last_used_at")
                .setParameter("tenant", key.tenantId())
                .setParameter("user", key.userName())
                .setParameter("area", key.area().name())
                .setParameter("at", at)
                .executeUpdate());
  }

  @Transactional(TxType.REQUIRES_NEW)
  public List<PermissionUseEntity> of(TenantId tenant) {
    return entities
        .createQuery(
            "select u from PermissionUseEntity u where u.key.tenantId = :tenant",
            PermissionUseEntity.class)
        .setParameter("tenant", tenant.value())
        .getResultList();
  }
}
