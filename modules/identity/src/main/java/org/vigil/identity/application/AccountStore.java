package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.vigil.identity.api.Accounts.AccountView;
import org.vigil.identity.persistence.AccountRepository;
import org.vigil.identity.persistence.LoginPolicyEntity;
import org.vigil.identity.persistence.UserAccountEntity;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.Tenants.NewAccount;

/**
 * Rows of accounts. Each method is a transaction of its own on the platform's schema, whoever
 * calls; callers reach it through {@link TenantContext#asPlatform}.
 */
@ApplicationScoped
public class AccountStore {
  @Inject private AccountRepository accounts;

  /** What a log-in is checked against. */
  @Transactional(TxType.REQUIRES_NEW)
  public Optional<Credentials> credentials(TenantId tenant, String userName) {
    return accounts
        .find(tenant, userName)
        .map(
            a ->
                new Credentials(
                    a.passwordHash(),
                    a.isOfDirectory(),
                    a.isEnabled(),
                    a.lockedUntil(),
                    a.hasSecondFactor() ? a.totpSecret() : null,
                    a.totpLastStep()));
  }

  @Transactional(TxType.REQUIRES_NEW)
  public Optional<AccountView> find(TenantId tenant, String userName) {
    return accounts.find(tenant, userName).map(UserAccountEntity::toView);
  }

  @Transactional(TxType.REQUIRES_NEW)
  public List<AccountView> list(TenantId tenant) {
    return accounts.list(tenant).stream().map(UserAccountEntity::toView).toList();
  }

  /** Creates it if it is new; it then needs a password. */
  @Transactional(TxType.REQUIRES_NEW)
  public AccountView describe(
      TenantId tenant,
      String userName,
      String displayName,
      Set<RoleGrant> grants,
      boolean enabled,
      String passwordHash) {
    Instant now = Instant.now();
    Optional<UserAccountEntity> found = accounts.lock(tenant, userName);
    UserAccountEntity account = found.orElseGet(() -> new UserAccountEntity(tenant, userName, now));
    account.describe(displayName, grants, enabled);
    if (account.isOfDirectory()) {
      return account.toView();
    }
    if (passwordHash != null) {
      account.setPassword(passwordHash, true, now);
    }
    if (!account.hasPassword()) {
      throw new VigilException(
          ErrorCode.IDENTITY_0009, java.util.Map.of("problem", "a new account needs one"));
    }
    if (found.isEmpty()) {
      accounts.add(account);
    }
    return account.toView();
  }

  /** Somebody of the directory, with the roles that their groups give now. */
  @Transactional(TxType.REQUIRES_NEW)
  public AccountView describeOfDirectory(
      TenantId tenant, String userName, String displayName, Set<RoleGrant> grants) {
    Optional<UserAccountEntity> found = accounts.lock(tenant, userName);
    UserAccountEntity account =
        found.orElseGet(() -> UserAccountEntity.ofDirectory(tenant, userName, Instant.now()));
    account.describe(displayName, grants, account.isEnabled());
    if (found.isEmpty()) {
      accounts.add(account);
    }
    return account.toView();
  }

  /** A local one in the transaction that creates the hospital; its password is theirs already. */
  @Transactional(TxType.MANDATORY)
  public void describeWithTenant(TenantId tenant, NewAccount wanted, String passwordHash) {
    Instant now = Instant.now();
    Optional<UserAccountEntity> found = accounts.lock(tenant, wanted.userName());
    UserAccountEntity account =
        found.orElseGet(() -> new UserAccountEntity(tenant, wanted.userName(), now));
    if (account.isOfDirectory()) {
      throw new VigilException(ErrorCode.IDENTITY_0019);
    }
    account.describe(wanted.displayName(), wanted.grants(), true);
    account.setPassword(passwordHash, false, now);
    if (found.isEmpty()) {
      accounts.add(account);
    }
  }

  /** Changes one account and gives back what the change returns. */
  @Transactional(TxType.REQUIRES_NEW)
  public <T> T change(TenantId tenant, String userName, Function<UserAccountEntity, T> change) {
    return change.apply(
        accounts
            .lock(tenant, userName)
            .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0010)));
  }

  /** Counts a failure against the account. */
  @Transactional(TxType.REQUIRES_NEW)
  public void loginFailed(TenantId tenant, String userName, Instant now) {
    accounts.lock(tenant, userName).ifPresent(account -> account.loginFailed(now));
  }

  @Transactional(TxType.REQUIRES_NEW)
  public boolean requiresSecondFactor(TenantId tenant) {
    return accounts.requiresSecondFactor(tenant);
  }

  @Transactional(TxType.REQUIRES_NEW)
  public void requireSecondFactor(TenantId tenant, boolean required) {
    accounts.setPolicy(new LoginPolicyEntity(tenant, required));
  }

  /** Secrets of an account, for checking only. */
  @SuppressWarnings("ArrayRecordComponent") // sealed bytes, compared nowhere
  public record Credentials(
      String passwordHash,
      boolean ofDirectory,
      boolean enabled,
      Instant lockedUntil,
      byte[] sealedTotpSecret,
      long totpLastStep) {}
}
