package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.vigil.identity.api.Accounts;
import org.vigil.identity.api.Sessions;
import org.vigil.identity.application.AccountStore.Credentials;
import org.vigil.identity.domain.PasswordHash;
import org.vigil.identity.domain.PasswordRules;
import org.vigil.identity.domain.RecoveryCodes;
import org.vigil.identity.domain.Totp;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.NewAccounts;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.Tenants.NewAccount;

/**
 * Accounts of people: log-in, and what administrators and owners change. Whoever has no local
 * account is asked for in the hospital's directory.
 */
@ApplicationScoped
public class LocalAccounts implements Accounts, NewAccounts {
  @Inject private AccountStore store;
  @Inject private DirectoryMembers directory;
  @Inject private LoginGuard guard;
  @Inject private SealedSecrets sealed;
  @Inject private Sessions sessions;
  @Inject private Event<AuditEvent> audit;

  @Override
  public AccountView authenticate(
      TenantId tenant, String userName, char[] password, String code, String address) {
    return guard.check(
        address, () -> TenantContext.asPlatform(() -> checked(tenant, userName, password, code)));
  }

  private AccountView checked(TenantId tenant, String userName, char[] password, String code) {
    Optional<Credentials> found =
        tenant == null ? Optional.empty() : store.credentials(tenant, userName);
    if (tenant != null && found.map(Credentials::ofDirectory).orElse(true)) {
      Optional<String> member = directory.check(tenant, userName, password);
      if (member.isPresent()) {
        return passed(tenant, member.get(), code);
      }
      found = Optional.empty();
    }
    Instant now = Instant.now();
    found.ifPresent(c -> LoginGuard.refuseWhileLocked(c.lockedUntil(), now));
    boolean matches =
        guard.matches(
            password, found.map(Credentials::passwordHash).orElse(PasswordHash.OF_NOBODY));
    if (found.isEmpty() || !found.get().enabled()) {
      throw new VigilException(ErrorCode.IDENTITY_0001);
    }
    if (!matches) {
      store.loginFailed(tenant, userName, now);
      throw new VigilException(ErrorCode.IDENTITY_0001);
    }
    return passed(tenant, userName, code);
  }

  /** Whose password was right: the code, where one is set up. */
  private AccountView passed(TenantId tenant, String userName, String code) {
    Instant now = Instant.now();
    Credentials credentials = store.credentials(tenant, userName).orElseThrow();
    if (credentials.sealedTotpSecret() != null) {
      checkCode(tenant, userName, credentials, code, now);
    }
    return store.change(
        tenant,
        userName,
        account -> {
          account.loginSucceeded(now);
          return account.toView();
        });
  }

  private void checkCode(
      TenantId tenant, String userName, Credentials credentials, String code, Instant now) {
    if (code == null || code.isBlank()) {
      throw new VigilException(ErrorCode.IDENTITY_0007);
    }
    byte[] secret = sealed.open(credentials.sealedTotpSecret(), owner(tenant, userName));
    OptionalLong step = Totp.matchingStep(secret, code.trim(), now, credentials.totpLastStep());
    boolean accepted =
        store.change(
            tenant,
            userName,
            account -> {
              // Seen again under the lock: of two log-ins with one code, one succeeds.
              if (step.isPresent() && step.getAsLong() > account.totpLastStep()) {
                account.usedTotp(step.getAsLong());
                return true;
              }
              return account.takeRecoveryCode(RecoveryCodes.hash(code));
            });
    if (!accepted) {
      store.loginFailed(tenant, userName, now);
      throw new VigilException(ErrorCode.IDENTITY_0008);
    }
  }

  @Override
  public List<AccountView> list(TenantId tenant) {
    return TenantContext.asPlatform(() -> store.list(tenant));
  }

  @Override
  @Transactional
  public AccountView describe(TenantId tenant, AccountDescription wanted, Actor actor) {
    Optional<AccountView> found =
        TenantContext.asPlatform(() -> store.find(tenant, wanted.userName()));
    found.filter(AccountView::ofDirectory).ifPresent(a -> refuseWhatTheDirectorySays(a, wanted));
    Set<RoleGrant> before = found.map(AccountView::grants).orElse(Set.of());
    boolean changed = !before.equals(wanted.grants());
    if (wanted.grants().stream().anyMatch(g -> g.role().isOfThePlatform())
        || (changed && wanted.userName().equals(actor.name()))) {
      throw new VigilException(
          ErrorCode.IDENTITY_0003, Map.of("reason", "one's own roles, or the platform's"));
    }
    if (wanted.password() != null) {
      PasswordRules.check(wanted.userName(), wanted.password());
    }
    record(
        AuditEvent.Action.ACCOUNT_CHANGED,
        actor,
        wanted.userName(),
        Map.of(
            "enabled",
            Boolean.toString(wanted.enabled()),
            "password",
            wanted.password() == null ? "kept" : "set"));
    if (changed) {
      record(
          AuditEvent.Action.ROLE_CHANGED,
          actor,
          wanted.userName(),
          Map.of(
              "before", String.join(" ", RoleGrant.texts(before)),
              "after", String.join(" ", RoleGrant.texts(wanted.grants()))));
    }
    String hash = wanted.password() == null ? null : PasswordHash.hash(wanted.password());
    AccountView account =
        TenantContext.asPlatform(
            () ->
                store.describe(
                    tenant,
                    wanted.userName(),
                    wanted.displayName(),
                    wanted.grants(),
                    wanted.enabled(),
                    hash));
    if (changed || !wanted.enabled() || hash != null) {
      sessions.endAll(tenant, wanted.userName(), null, Sessions.EndReason.GRANTS_CHANGED, actor);
    }
    return account;
  }

  /** The directory's people can be switched off here, and nothing else. */
  private static void refuseWhatTheDirectorySays(AccountView account, AccountDescription wanted) {
    if (wanted.password() != null
        || !wanted.grants().equals(account.grants())
        || !wanted.displayName().equals(account.displayName())) {
      throw new VigilException(ErrorCode.IDENTITY_0019);
    }
  }

  /** Accounts named with a new hospital; those people chose their passwords already. */
  @Override
  public void describe(TenantId tenant, List<NewAccount> accounts) {
    for (NewAccount wanted : accounts) {
      PasswordRules.check(wanted.userName(), wanted.password());
      store.describeWithTenant(tenant, wanted, PasswordHash.hash(wanted.password()));
    }
  }

  @Override
  @Transactional
  public void unlock(TenantId tenant, String userName, Actor actor) {
    record(AuditEvent.Action.ACCOUNT_CHANGED, actor, userName, Map.of("change", "unlocked"));
    TenantContext.<Void>asPlatform(
        () ->
            store.change(
                tenant,
                userName,
                account -> {
                  account.unlock();
                  return null;
                }));
  }

  @Override
  @Transactional(dontRollbackOn = VigilException.class)
  public void changePassword(
      TenantId tenant, String userName, char[] present, char[] wanted, String address) {
    guard.check(
        address,
        () ->
            TenantContext.asPlatform(
                () -> {
                  Credentials credentials =
                      store
                          .credentials(tenant, userName)
                          .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0010));
                  if (credentials.ofDirectory()) {
                    throw new VigilException(ErrorCode.IDENTITY_0019);
                  }
                  LoginGuard.refuseWhileLocked(credentials.lockedUntil(), Instant.now());
                  if (!guard.matches(present, credentials.passwordHash())) {
                    store.loginFailed(tenant, userName, Instant.now());
                    throw new VigilException(ErrorCode.IDENTITY_0001);
                  }
                  return null;
                }));
    PasswordRules.check(userName, wanted);
    if (java.util.Arrays.equals(present, wanted)) {
      throw new VigilException(ErrorCode.IDENTITY_0009, Map.of("problem", "the same as before"));
    }
    Actor owner = Actor.person(userName, address);
    record(AuditEvent.Action.PASSWORD_CHANGED, owner, userName, Map.of());
    String hash = PasswordHash.hash(wanted);
    TenantContext.<Void>asPlatform(
        () ->
            store.change(
                tenant,
                userName,
                account -> {
                  account.setPassword(hash, false, Instant.now());
                  return null;
                }));
    sessions.endAll(tenant, userName, null, Sessions.EndReason.PASSWORD_CHANGED, owner);
  }

  @Override
  public boolean requiresSecondFactor(TenantId tenant) {
    return TenantContext.asPlatform(() -> store.requiresSecondFactor(tenant));
  }

  @Override
  @Transactional
  public void requireSecondFactor(TenantId tenant, boolean required, Actor actor) {
    record(
        AuditEvent.Action.CONFIGURATION_CHANGED,
        actor,
        "login-policy",
        Map.of("secondFactorRequired", Boolean.toString(required)));
    TenantContext.<Void>asPlatform(
        () -> {
          store.requireSecondFactor(tenant, required);
          return null;
        });
  }

  /** To whom a sealed secret belongs. */
  static String owner(TenantId tenant, String userName) {
    return tenant.value() + "/" + userName;
  }

  private void record(
      AuditEvent.Action action, Actor actor, String userName, Map<String, String> details) {
    audit.fire(AuditEvent.of(action, actor).on(userName).with(details));
  }
}
