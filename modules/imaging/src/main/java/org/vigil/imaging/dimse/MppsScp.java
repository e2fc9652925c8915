package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.net.DimseReply;
import org.vigil.dicom.net.DimseRequest;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.imaging.application.CompletionScheduler;
import org.vigil.imaging.application.ProcedureSteps;
import org.vigil.imaging.domain.StepReport;
import org.vigil.kernel.Actor;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/** Modality Performed Procedure Step as provider (PS3.4 §F.7). */
@ApplicationScoped
public class MppsScp extends TenantService {
  private final ProcedureSteps steps;
  private final CompletionScheduler scheduler;

  @Inject
  public MppsScp(TenantDirectory tenants, ProcedureSteps steps, CompletionScheduler scheduler) {
    super(tenants);
    this.steps = steps;
    this.scheduler = scheduler;
  }

  /** For the container's proxy. */
  protected MppsScp() {
    this(null, null, null);
  }

  @Override
  public Set<String> sopClasses() {
    return Set.of(UID.ModalityPerformedProcedureStep);
  }

  @Override
  DimseReply perform(DimseRequest request, TenantView tenant, Actor peer) {
    String uid = request.sopInstanceUid();
    return switch (request.operation()) {
      case N_CREATE -> {
        String made = uid == null ? Uids.fresh() : SopInstanceUid.of(uid).value();
        steps.begin(made, StepReport.of(request.dataset()), peer);
        yield new DimseReply(DimseStatus.SUCCESS, null, null, made);
      }
      case N_SET -> {
        steps
            .change(
                SopInstanceUid.of(uid == null ? "" : uid).value(),
                StepReport.of(request.dataset()),
                peer)
            .ifPresent(moved -> scheduler.plan(tenant.id(), moved.study(), moved.due()));
        yield DimseReply.success();
      }
      default ->
          DimseReply.of(DimseStatus.of(DimseStatus.UNRECOGNIZED_OPERATION, "N-CREATE or N-SET"));
    };
  }
}
