package org.vigil.tenancy.api;

import java.util.Optional;
import java.util.Set;
import org.vigil.kernel.TenantId;

/** Local accounts. */
public interface Accounts {
  /**
   * Checks a password; takes equally long whether or not the account exists.
   *
   * @return the account, or empty when tenant, user or password is wrong
   * @throws org.vigil.kernel.VigilException IDENTITY-0005 after too many failures
   */
  Optional<AccountView> authenticate(TenantId tenant, String userName, char[] password);

  /** An account as other modules see it. */
  record AccountView(TenantId tenant, String userName, String displayName, Set<RoleGrant> grants) {}
}
