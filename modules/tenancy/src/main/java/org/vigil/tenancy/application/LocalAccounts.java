package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Accounts;
import org.vigil.tenancy.domain.PasswordHash;
import org.vigil.tenancy.persistence.UserAccountEntity;

/** Checks passwords of local accounts; must be called before any tenant is entered. */
@ApplicationScoped
public class LocalAccounts implements Accounts {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Override
  @Transactional(value = TxType.REQUIRES_NEW, dontRollbackOn = VigilException.class)
  public Optional<AccountView> authenticate(TenantId tenant, String userName, char[] password) {
    Optional<UserAccountEntity> found =
        entities
            .createQuery(
                "select a from UserAccountEntity a where a.tenantId = :tenant and a.userName ="
                    + " :user",
                UserAccountEntity.class)
            .setParameter("tenant", tenant.value())
            .setParameter("user", userName)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultStream()
            .findFirst();
    Instant now = Instant.now();
    if (found.map(account -> account.isLocked(now)).orElse(false)) {
      throw new VigilException(ErrorCode.IDENTITY_0005);
    }
    boolean matches =
        PasswordHash.matches(
            password, found.map(UserAccountEntity::passwordHash).orElse(PasswordHash.OF_NOBODY));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (!matches) {
      found.get().loginFailed(now);
      return Optional.empty();
    }
    found.get().loginSucceeded();
    return found.map(UserAccountEntity::toView);
  }
}
