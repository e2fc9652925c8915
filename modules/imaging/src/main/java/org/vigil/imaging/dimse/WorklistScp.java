package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.net.DimseOperation;
import org.vigil.dicom.net.DimseReply;
import org.vigil.dicom.net.DimseRequest;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.imaging.application.ModalityWorklist;
import org.vigil.kernel.Actor;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/** Modality Worklist as provider (PS3.4 annex K), served from the hospital's orders. */
@ApplicationScoped
public class WorklistScp extends TenantService {
  private final ModalityWorklist worklist;

  @Inject
  public WorklistScp(TenantDirectory tenants, ModalityWorklist worklist) {
    super(tenants);
    this.worklist = worklist;
  }

  /** For the container's proxy. */
  protected WorklistScp() {
    this(null, null);
  }

  @Override
  public Set<String> sopClasses() {
    return Set.of(UID.ModalityWorklistInformationModelFind);
  }

  @Override
  DimseReply perform(DimseRequest request, TenantView tenant, Actor peer) throws IOException {
    if (request.operation() != DimseOperation.C_FIND) {
      return DimseReply.of(DimseStatus.of(DimseStatus.UNRECOGNIZED_OPERATION, "C-FIND"));
    }
    for (Attributes match : worklist.find(request.dataset(), tenant.timeZone(), peer)) {
      if (request.isCancelled()) {
        return DimseReply.of(DimseStatus.of(DimseStatus.CANCEL, null));
      }
      request.pending(match);
    }
    return DimseReply.success();
  }
}
