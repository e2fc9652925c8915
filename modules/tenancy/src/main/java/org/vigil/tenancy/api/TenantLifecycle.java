package org.vigil.tenancy.api;

import java.util.List;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;

/** What becomes of hospitals after their creation. For the platform's administrator. */
public interface TenantLifecycle {
  /** All of them, those being created and erased included, by id. */
  List<TenantStatus> all();

  /**
   * One of them.
   *
   * @throws org.vigil.kernel.VigilException TENANCY-0004
   */
  TenantStatus status(TenantId id);

  /**
   * Closes every edge: HTTP, DICOM and HL7 refuse with TENANCY-0013, jobs and deliveries wait.
   * Nothing is lost; peers keep what they could not send.
   *
   * @throws org.vigil.kernel.VigilException TENANCY-0004, TENANCY-0011
   */
  TenantStatus suspend(TenantId id, String reason, Actor actor);

  /**
   * Opens the edges again and queues what waited.
   *
   * @throws org.vigil.kernel.VigilException TENANCY-0004, TENANCY-0011
   */
  TenantStatus resume(TenantId id, String reason, Actor actor);

  /**
   * Migrates a hospital's schema again, after what kept it from migrating was put right.
   *
   * @throws org.vigil.kernel.VigilException TENANCY-0004, TENANCY-0014
   */
  TenantStatus migrate(TenantId id, Actor actor);
}
