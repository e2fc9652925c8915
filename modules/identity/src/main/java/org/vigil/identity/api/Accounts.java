package org.vigil.identity.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.RoleGrant;

/**
 * Accounts of people: local ones, and those that the hospital's directory's people get at their
 * first log-in. Every change is audited in the hospital's trail.
 */
public interface Accounts {
  /**
   * Checks password and one-time code; a wrong password takes equally long whether or not the
   * account exists. Who has no local account is asked for in the hospital's directory, whose groups
   * say anew at each log-in what they may do.
   *
   * @param tenant null where the hospital is unknown: refused like an unknown user
   * @param code of the authenticator app, or a recovery code; null when none was given
   * @param address from which the log-in comes; too many failures from there are refused
   * @throws org.vigil.kernel.VigilException IDENTITY-0001 wrong, 0005 too many failures, 0007 a
   *     code is needed, 0008 the code is wrong, 0003 no group of this person has a role, 0018 the
   *     directory does not answer
   */
  AccountView authenticate(
      TenantId tenant, String userName, char[] password, String code, String address);

  /** The hospital's accounts by user name. */
  List<AccountView> list(TenantId tenant);

  /**
   * Creates an account or changes it to this description. Changed grants end the account's
   * sessions.
   *
   * @throws org.vigil.kernel.VigilException IDENTITY-0003 when the actor changes their own grants,
   *     0009 for a weak password, 0010 for an account without a password, 0019 for what is the
   *     directory's to say: of its people one can only be switched off and on
   */
  AccountView describe(TenantId tenant, AccountDescription wanted, Actor actor);

  /** Lets an account log in again at once. */
  void unlock(TenantId tenant, String userName, Actor actor);

  /**
   * Changes one's own password, for which the old one is asked; other sessions end.
   *
   * @throws org.vigil.kernel.VigilException IDENTITY-0001, 0005, 0009, 0019
   */
  void changePassword(
      TenantId tenant, String userName, char[] present, char[] wanted, String address);

  /** Whether the hospital asks everybody for a second factor. */
  boolean requiresSecondFactor(TenantId tenant);

  void requireSecondFactor(TenantId tenant, boolean required, Actor actor);

  /**
   * An account as others see it.
   *
   * @param ofDirectory whether password and roles are the hospital's directory's
   * @param lockedUntil when it may log in again, or null
   * @param secondFactor whether one is set up
   * @param mustChangePassword whether it may do nothing else before
   */
  record AccountView(
      TenantId tenant,
      String userName,
      String displayName,
      Set<RoleGrant> grants,
      boolean enabled,
      boolean ofDirectory,
      Instant lockedUntil,
      boolean secondFactor,
      boolean mustChangePassword,
      Instant lastLoginAt) {}

  /**
   * How an account shall be.
   *
   * @param password a first one, which must be changed at log-in; null to leave it as it is
   */
  record AccountDescription(
      String userName,
      String displayName,
      Set<RoleGrant> grants,
      boolean enabled,
      char[] password) {}
}
