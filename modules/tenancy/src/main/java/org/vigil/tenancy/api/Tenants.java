package org.vigil.tenancy.api;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.vigil.kernel.TenantId;

/** Creating hospitals. */
public interface Tenants {
  /**
   * Creates schema, role, endpoints, accounts and destinations, or changes an existing tenant to
   * this description (accounts and endpoints not named are kept). Calling it twice ends in the same
   * state.
   *
   * @throws org.vigil.kernel.VigilException TENANCY-0007 when an AE title or facility is taken
   */
  TenantView create(CreateTenant command);

  /** The hospital wanted. */
  record CreateTenant(
      TenantId id,
      String name,
      ZoneId timeZone,
      String aeTitle,
      String receivingFacility,
      List<NewAccount> accounts,
      List<NewDestination> destinations) {}

  /** A local account wanted; the password is hashed at once and never stored or logged. */
  record NewAccount(String userName, String displayName, char[] password, Set<RoleGrant> grants) {}

  /** A destination wanted; see {@link Destination}. */
  record NewDestination(
      Destination.Kind kind, String host, int port, String aeTitle, String url, String facility) {}
}
