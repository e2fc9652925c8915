package org.vigil.tenancy.api;

import java.util.List;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Tenants.NewAccount;

/** Makes the accounts that are named when a hospital is created; identity does. */
public interface NewAccounts {
  /**
   * Creates or changes these accounts in the transaction that creates the hospital.
   *
   * @throws org.vigil.kernel.VigilException IDENTITY-0009 for a weak password
   */
  void describe(TenantId tenant, List<NewAccount> accounts);
}
