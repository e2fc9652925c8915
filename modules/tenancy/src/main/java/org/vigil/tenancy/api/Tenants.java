package org.vigil.tenancy.api;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;

/** Creating hospitals. */
public interface Tenants {
  /**
   * Creates schema, role, endpoints, accounts and destinations, or changes an existing tenant to
   * this description (accounts and endpoints not named are kept). Calling it twice ends in the same
   * state.
   *
   * @param actor who has it created: the audit trail names them
   * @throws org.vigil.kernel.VigilException TENANCY-0007 when an AE title or facility is taken;
   *     TENANCY-0015 when its data would lie outside its region
   */
  TenantView create(CreateTenant command, Actor actor);

  /**
   * The hospital wanted.
   *
   * @param placement where its data lie; null for a new hospital: where the installation's lie; for
   *     an existing one: as before
   * @param queueShare waiting jobs of one urgency that take part in the common order, or null
   */
  record CreateTenant(
      TenantId id,
      String name,
      ZoneId timeZone,
      String aeTitle,
      String receivingFacility,
      List<NewAccount> accounts,
      List<NewDestination> destinations,
      Placement placement,
      Integer queueShare) {

    /** One whose data lie where the installation's do, with the usual part of the queue. */
    public CreateTenant(
        TenantId id,
        String name,
        ZoneId timeZone,
        String aeTitle,
        String receivingFacility,
        List<NewAccount> accounts,
        List<NewDestination> destinations) {
      this(id, name, timeZone, aeTitle, receivingFacility, accounts, destinations, null, null);
    }
  }

  /**
   * Where data lie.
   *
   * @param region a region of the configuration, or null for the installation's folders
   * @param storageRoot absolute folder of the objects, or null for one under the region's root
   * @param backupRoot absolute folder of the archives, likewise
   */
  record Placement(String region, String storageRoot, String backupRoot) {}

  /** A local account wanted; the password is hashed at once and never stored or logged. */
  record NewAccount(String userName, String displayName, char[] password, Set<RoleGrant> grants) {}

  /** A destination wanted; see {@link Destination}. */
  record NewDestination(
      Destination.Kind kind,
      String host,
      int port,
      String aeTitle,
      String url,
      String facility,
      Destination.Tls tls) {

    /** One without TLS settings. */
    public NewDestination(
        Destination.Kind kind, String host, int port, String aeTitle, String url, String facility) {
      this(kind, host, port, aeTitle, url, facility, null);
    }
  }
}
