package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.net.AssociationDecision;
import org.vigil.dicom.net.AssociationRequest;
import org.vigil.dicom.net.RejectReason;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.PeerPolicies;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/**
 * Who may open an association, for whatever service: the called AE title names the hospital, which
 * knows its callers by AE title, address and certificate. Refusals are logged and audited.
 */
@ApplicationScoped
public class AssociationAdmission {
  private static final Logger LOG = LoggerFactory.getLogger(AssociationAdmission.class);

  private final TenantDirectory tenants;
  private final KnownCallers callers;
  private final PeerPolicies policies;
  private final Event<AuditEvent> audit;

  @Inject
  public AssociationAdmission(
      TenantDirectory tenants,
      KnownCallers callers,
      PeerPolicies policies,
      Event<AuditEvent> audit) {
    this.tenants = tenants;
    this.callers = callers;
    this.policies = policies;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected AssociationAdmission() {
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
      callers.check(tenant.id(), request.callingAe(), request.remoteAddress().getAddress());
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

  private static Actor peer(AssociationRequest request) {
    return Actor.peer(
        printable(request.callingAe()), request.remoteAddress().getAddress().getHostAddress());
  }

  /** An AE title as it may stand in a log: a peer chooses it freely. */
  static String printable(String aeTitle) {
    return aeTitle.replaceAll("[^ -~]", "?");
  }
}
