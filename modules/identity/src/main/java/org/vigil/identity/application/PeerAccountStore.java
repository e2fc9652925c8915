package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.vigil.identity.api.ServiceAccounts.ServiceView;
import org.vigil.identity.persistence.AccountRepository;
import org.vigil.identity.persistence.ServiceAccountEntity;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.RoleGrant;

/** Rows of service accounts; each method is a transaction of its own on the platform's schema. */
@ApplicationScoped
public class PeerAccountStore {
  @Inject private AccountRepository accounts;

  @Transactional(TxType.REQUIRES_NEW)
  public ServiceView authenticate(String clientId, String secretHash) {
    Instant now = Instant.now();
    ServiceAccountEntity account =
        accounts
            .service(clientId)
            .filter(a -> a.accepts(secretHash, now))
            .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0011));
    account.used(now);
    return account.toView();
  }

  @Transactional(TxType.REQUIRES_NEW)
  public List<ServiceView> list(TenantId tenant) {
    return accounts.services(tenant).stream().map(ServiceAccountEntity::toView).toList();
  }

  @Transactional(TxType.REQUIRES_NEW)
  public ServiceView create(
      TenantId tenant,
      String clientId,
      String displayName,
      Set<RoleGrant> grants,
      String secretHash,
      Duration life) {
    Instant now = Instant.now();
    ServiceAccountEntity account =
        new ServiceAccountEntity(tenant, clientId, displayName, grants, now);
    account.setSecret(secretHash, now.plus(life), null);
    accounts.add(account);
    return account.toView();
  }

  @Transactional(TxType.REQUIRES_NEW)
  public ServiceView rotate(
      TenantId tenant, UUID id, String secretHash, Duration life, Duration overlap) {
    Instant now = Instant.now();
    ServiceAccountEntity account = find(tenant, id);
    account.setSecret(secretHash, now.plus(life), now.plus(overlap));
    return account.toView();
  }

  @Transactional(TxType.REQUIRES_NEW)
  public ServiceView revoke(TenantId tenant, UUID id) {
    ServiceAccountEntity account = find(tenant, id);
    account.revoke();
    return account.toView();
  }

  private ServiceAccountEntity find(TenantId tenant, UUID id) {
    return accounts
        .service(tenant, id)
        .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0012));
  }
}
