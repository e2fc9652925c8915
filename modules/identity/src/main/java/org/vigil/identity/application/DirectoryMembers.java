package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.api.Sessions;
import org.vigil.identity.application.AccountStore.Credentials;
import org.vigil.identity.application.KnownDirectories.Open;
import org.vigil.identity.domain.DirectoryRules;
import org.vigil.identity.domain.PasswordHash;
import org.vigil.identity.ldap.LdapDirectory.Person;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;

/**
 * People of hospitals' directories. Each has an account of ours, without a password, from the first
 * log-in tried: it counts failures, can be switched off, carries the second factor, and shows in
 * access reviews the roles of the last log-in.
 */
@ApplicationScoped
public class DirectoryMembers {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryMembers.class);

  @Inject private KnownDirectories directories;
  @Inject private AccountStore store;
  @Inject private LoginGuard guard;
  @Inject private Sessions sessions;
  @Inject private Event<AuditEvent> audit;

  /**
   * Checks a password at the hospital's directory.
   *
   * @return the person's user name; empty where the hospital has no directory, or nobody of this
   *     name is in it
   * @throws VigilException IDENTITY-0001, 0003, 0005, 0018
   */
  Optional<String> check(TenantId tenant, String userName, char[] password) {
    if (!DirectoryRules.isUserName(userName)) {
      return Optional.empty();
    }
    Optional<Open> directory = directories.open(tenant);
    Optional<Person> found =
        directory.flatMap(d -> guard.atDirectory(tenant, () -> d.people().find(userName)));
    if (found.isEmpty() || !DirectoryRules.isUserName(found.get().userName())) {
      return Optional.empty();
    }
    check(directory.get(), found.get(), password);
    return found.map(Person::userName);
  }

  private void check(Open directory, Person person, char[] password) {
    TenantId tenant = directory.settings().tenant();
    Optional<Credentials> account = store.credentials(tenant, person.userName());
    account.ifPresent(a -> LoginGuard.refuseWhileLocked(a.lockedUntil(), Instant.now()));
    // Takes as long as for nobody, but for what the directory itself needs.
    guard.matches(password, PasswordHash.OF_NOBODY);
    if (account.isPresent() && !account.get().ofDirectory()) {
      // Written in another way, it led past the local account: never to somebody else's rights.
      LOG.warn("Somebody of a directory has the user name of a local account and is refused");
      throw new VigilException(ErrorCode.IDENTITY_0001);
    }
    if (account.isPresent() && !account.get().enabled()) {
      throw new VigilException(ErrorCode.IDENTITY_0001);
    }
    if (!guard.atDirectory(tenant, () -> directory.people().accepts(person, password))) {
      if (account.isEmpty()) {
        store.describeOfDirectory(tenant, person.userName(), person.displayName(), Set.of());
      }
      store.loginFailed(tenant, person.userName(), Instant.now());
      throw new VigilException(ErrorCode.IDENTITY_0001);
    }
    Set<RoleGrant> grants = DirectoryRules.grants(person.groups(), directory.settings().grants());
    describe(tenant, person, grants);
    if (grants.isEmpty()) {
      throw new VigilException(
          ErrorCode.IDENTITY_0003, Map.of("reason", "no group of this person has a role"));
    }
  }

  /** Roles as of now; those that changed end the sessions that had the old ones. */
  private void describe(TenantId tenant, Person person, Set<RoleGrant> grants) {
    String userName = person.userName();
    Set<RoleGrant> before =
        store.find(tenant, userName).map(account -> account.grants()).orElse(Set.of());
    store.describeOfDirectory(tenant, userName, person.displayName(), grants);
    if (!before.equals(grants)) {
      Actor actor = Actor.system("directory");
      TenantContext.run(
          tenant,
          () -> {
            audit.fire(
                AuditEvent.of(AuditEvent.Action.ROLE_CHANGED, actor)
                    .on(userName)
                    .with(
                        Map.of(
                            "before", String.join(" ", RoleGrant.texts(before)),
                            "after", String.join(" ", RoleGrant.texts(grants)))));
            sessions.endAll(tenant, userName, null, Sessions.EndReason.GRANTS_CHANGED, actor);
          });
    }
  }
}
