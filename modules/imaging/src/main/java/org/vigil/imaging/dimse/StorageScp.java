package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.net.Association;
import org.vigil.dicom.net.AssociationDecision;
import org.vigil.dicom.net.AssociationRequest;
import org.vigil.dicom.net.CStoreHandler;
import org.vigil.dicom.net.CStoreRequest;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.RejectReason;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.imaging.application.ObjectIntake;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.PeerPolicies;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/**
 * Storage Service Class Provider (PS3.4 annex B): finds the tenant by the called AE title, hands
 * every object to intake and turns the outcome into a status.
 */
@ApplicationScoped
public class StorageScp implements CStoreHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final TenantDirectory tenants;
  private final ObjectIntake intake;
  private final PeerPolicies policies;
  private final Event<AuditEvent> audit;

  @Inject
  public StorageScp(
      TenantDirectory tenants,
      ObjectIntake intake,
      PeerPolicies policies,
      Event<AuditEvent> audit) {
    this.policies = policies;
    this.tenants = tenants;
    this.intake = intake;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected StorageScp() {
    this(null, null, null, null);
  }

  /**
   * Decides whether a peer may open an association.
   *
   * @param encrypted whether it came over TLS
   */
  public AssociationDecision decide(AssociationRequest request, boolean encrypted) {
    Actor peer = peer(request);
    Optional<TenantView> tenant = tenants.byCalledAeTitle(request.calledAe());
    if (tenant.isPresent()) {
      return decideFor(tenant.get(), peer, request, encrypted);
    }
    ErrorCode closed = closed(request.calledAe());
    String called = printable(request.calledAe());
    LOG.warn(
        "Association from {} at {} refused: {} (called AE title \"{}\")",
        peer.name(),
        peer.address(),
        (closed == null ? ErrorCode.TENANCY_0006 : closed).id(),
        called);
    auditRefusal(peer, called, closed == null ? ErrorCode.TENANCY_0006 : closed);
    // A closed hospital opens again: the peer is to keep its images and try later.
    return AssociationDecision.reject(
        closed == null
            ? RejectReason.CALLED_AE_TITLE_NOT_RECOGNIZED
            : RejectReason.TEMPORARY_CONGESTION);
  }

  /** Why a hospital that exists takes nothing, or null where there is none. */
  private ErrorCode closed(String calledAe) {
    return tenants.closed().stream()
        .filter(t -> t.tenant().aeTitle().equals(calledAe.trim()))
        .flatMap(t -> t.refusal().stream())
        .findFirst()
        .orElse(null);
  }

  private AssociationDecision decideFor(
      TenantView tenant, Actor peer, AssociationRequest request, boolean encrypted) {
    try {
      policies.check(
          tenant.id(),
          PeerPolicies.Protocol.DICOM,
          request.callingAe(),
          encrypted,
          request.peerCertificates());
      return AssociationDecision.accept(new IntakeAssociation(tenant.id(), peer));
    } catch (VigilException e) {
      LOG.warn(
          "Association from {} at {} for {} refused: {}",
          peer.name(),
          peer.address(),
          tenant.id(),
          e.getMessage());
      auditRefusal(tenant, peer, e);
      return AssociationDecision.reject(RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }
  }

  @Override
  public DimseStatus store(CStoreRequest request) throws IOException {
    IntakeAssociation association = intakeOf(request.association());
    try {
      // It may have been closed while the association stood.
      tenants.require(association.tenant());
      intake.receive(
          association,
          ownRequest(request),
          request.sopClassUid(),
          request.sopInstanceUid(),
          request.transferSyntax(),
          request.data());
      return DimseStatus.SUCCESS;
    } catch (VigilException e) {
      LOG.info("C-STORE from {} answered with {}", association.peer().name(), e.code().id());
      return DimseStatus.of(e.code().dimseStatus(), comment(e));
    } catch (RuntimeException e) {
      // The database, most likely: the sender keeps the object and sends it again.
      LOG.error("C-STORE from {} could not be recorded", association.peer().name(), e);
      ErrorCode code = ErrorCode.KERNEL_0001;
      return DimseStatus.of(code.dimseStatus(), code.id() + " " + code.text());
    }
  }

  /** Whether a C-MOVE of ours brought it (PS3.7 §9.1.1.1.6); null where the peer does not say. */
  private static Boolean ownRequest(CStoreRequest request) {
    String originator = request.command().getString(Tag.MoveOriginatorApplicationEntityTitle);
    return originator == null || originator.isBlank()
        ? null
        : originator.strip().equals(request.association().localAe().strip());
  }

  @Override
  public void released(Association association) {
    ended(association, true);
  }

  @Override
  public void aborted(Association association, String reason) {
    LOG.warn(
        "Association with {} ended without release: {}", printable(association.remoteAe()), reason);
    ended(association, false);
  }

  private void ended(Association association, boolean orderly) {
    try {
      intake.ended(intakeOf(association), orderly);
    } catch (RuntimeException e) {
      // The due time of the last image stands, so the study completes all the same.
      LOG.error("The end of an association could not be recorded", e);
    }
  }

  private void auditRefusal(Actor peer, String called, ErrorCode code) {
    try {
      TenantContext.asPlatform(
          () -> {
            audit.fire(
                AuditEvent.of(AuditEvent.Action.ASSOCIATION_REFUSED, peer)
                    .outcome(AuditEvent.Outcome.REFUSED)
                    .with(Map.of("calledAeTitle", called, "code", code.id())));
            return null;
          });
    } catch (RuntimeException e) {
      LOG.error("A refused association could not be audited", e);
    }
  }

  private void auditRefusal(TenantView tenant, Actor peer, VigilException reason) {
    try (TenantContext.Scope scope = TenantContext.enter(tenant.id())) {
      audit.fire(
          AuditEvent.of(AuditEvent.Action.ASSOCIATION_REFUSED, peer)
              .outcome(AuditEvent.Outcome.REFUSED)
              .with(Map.of("code", reason.code().id())));
    } catch (RuntimeException e) {
      LOG.error("A refused association could not be audited", e);
    }
  }

  private static IntakeAssociation intakeOf(Association association) {
    return (IntakeAssociation) association.attachment();
  }

  private static Actor peer(AssociationRequest request) {
    return Actor.peer(
        printable(request.callingAe()), request.remoteAddress().getAddress().getHostAddress());
  }

  /** An AE title as it may stand in a log: a peer chooses it freely. */
  private static String printable(String aeTitle) {
    return aeTitle.replaceAll("[^ -~]", "?");
  }

  /** What is wrong first, since the comment is cut to 64 characters. */
  private static String comment(VigilException e) {
    Object attribute = e.details().get("attribute");
    return attribute == null
        ? e.code().id() + " " + e.code().text()
        : e.code().id() + " " + attribute;
  }
}
