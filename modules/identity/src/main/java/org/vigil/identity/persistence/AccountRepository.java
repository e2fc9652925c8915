package org.vigil.identity.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.kernel.TenantId;

/** Rows of accounts; must be called in a transaction of the platform's. */
@ApplicationScoped
public class AccountRepository {
  private static final String ONE =
      "select a from UserAccountEntity a where a.tenantId = :tenant and a.userName = :user";

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  public Optional<UserAccountEntity> find(TenantId tenant, String userName) {
    return find(tenant, userName, LockModeType.NONE);
  }

  /** The same, and nobody else changes it before this transaction ends. */
  public Optional<UserAccountEntity> lock(TenantId tenant, String userName) {
    return find(tenant, userName, LockModeType.PESSIMISTIC_WRITE);
  }

  public List<UserAccountEntity> list(TenantId tenant) {
    return entities
        .createQuery(
            "select a from UserAccountEntity a where a.tenantId = :tenant order by a.userName",
            UserAccountEntity.class)
        .setParameter("tenant", tenant.value())
        .getResultList();
  }

  public void add(Object row) {
    entities.persist(row);
  }

  public boolean requiresSecondFactor(TenantId tenant) {
    LoginPolicyEntity policy = entities.find(LoginPolicyEntity.class, tenant.value());
    return policy != null && policy.secondFactorRequired();
  }

  public void setPolicy(LoginPolicyEntity policy) {
    entities.merge(policy);
  }

  public List<ServiceAccountEntity> services(TenantId tenant) {
    return entities
        .createQuery(
            "select s from ServiceAccountEntity s where s.tenantId = :tenant order by s.createdAt",
            ServiceAccountEntity.class)
        .setParameter("tenant", tenant.value())
        .getResultList();
  }

  public Optional<ServiceAccountEntity> service(String clientId) {
    return entities
        .createQuery(
            "select s from ServiceAccountEntity s where s.clientId = :client",
            ServiceAccountEntity.class)
        .setParameter("client", clientId)
        .getResultStream()
        .findFirst();
  }

  public Optional<ServiceAccountEntity> service(TenantId tenant, UUID id) {
    return Optional.ofNullable(entities.find(ServiceAccountEntity.class, id))
        .filter(s -> s.tenant().equals(tenant));
  }

  private Optional<UserAccountEntity> find(TenantId tenant, String userName, LockModeType mode) {
    return entities
        .createQuery(ONE, UserAccountEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("user", userName)
        .setLockMode(mode)
        .getResultStream()
        .findFirst();
  }
}
