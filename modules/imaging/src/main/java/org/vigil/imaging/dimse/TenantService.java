package org.vigil.imaging.dimse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.net.DimseReply;
import org.vigil.dicom.net.DimseRequest;
import org.vigil.dicom.net.DimseService;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.kernel.Actor;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/** A service performed for the hospital whose AE title was called; refusals become statuses. */
abstract class TenantService implements DimseService {
  private static final Logger LOG = LoggerFactory.getLogger(TenantService.class);

  private final TenantDirectory tenants;

  TenantService(TenantDirectory tenants) {
    this.tenants = tenants;
  }

  /**
   * Performs a request, the tenant entered.
   *
   * @param peer calling AE title and address
   */
  abstract DimseReply perform(DimseRequest request, TenantView tenant, Actor peer) throws Exception;

  @Override
  public DimseReply perform(DimseRequest request) throws Exception {
    IntakeAssociation association = (IntakeAssociation) request.association().attachment();
    try {
      // It may have been closed while the association stood.
      TenantView tenant = tenants.require(association.tenant());
      try (TenantContext.Scope scope = TenantContext.enter(tenant.id())) {
        return perform(request, tenant, association.peer());
      }
    } catch (VigilException e) {
      LOG.info(
          "{} from {} answered with {}",
          request.operation(),
          association.peer().name(),
          e.code().id());
      return DimseReply.of(
          DimseStatus.of(e.code().dimseStatus(), e.code().id() + " " + e.code().text()));
    }
  }
}
