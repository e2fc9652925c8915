package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.tls.CertificatePins;
import org.vigil.tenancy.api.PeerPolicies;
import org.vigil.tenancy.api.PeerPolicies.Peer;
import org.vigil.tenancy.api.PeerPolicies.Policy;
import org.vigil.tenancy.api.PeerPolicies.Protocol;
import org.vigil.tenancy.api.PeerPolicies.Transport;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** What a hospital asks of the systems that connect: TLS, and whose certificates. */
@Path("/platform/peer-policies/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.TENANT_ADMINISTER)
public class PeerPolicyResource {
  @Inject private PeerPolicies policies;
  @Inject private TenantDirectory tenants;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @GET
  public PolicyBody get(@PathParam("tenant") String tenant) {
    TenantId id = known(tenant);
    return reads.viewed(
        AuditEvent.Action.ADMINISTRATION_QUERIED,
        "peer policy " + id,
        () -> PolicyBody.of(policies.of(id)),
        (event, found) -> event.on(tenant));
  }

  /** Replaces the policy and its certificates. */
  @PUT
  public PolicyBody replace(@PathParam("tenant") String tenant, PolicyBody body) {
    Require.present(body, "body");
    List<Peer> peers = new ArrayList<>();
    for (PeerBody peer : body.peers() == null ? List.<PeerBody>of() : body.peers()) {
      String pem = Require.present(peer.certificate(), "peers.certificate");
      checkPem(pem, "peers.certificate");
      peers.add(
          new Peer(
              term(Protocol.class, peer.protocol(), "peers.protocol"),
              Require.present(peer.name(), "peers.name"),
              pem));
    }
    Policy policy =
        new Policy(
            term(Transport.class, body.dicom(), "dicom"),
            term(Transport.class, body.hl7(), "hl7"),
            peers);
    TenantId id = known(tenant);
    policies.replace(id, policy, currentUser.actor());
    return PolicyBody.of(policies.of(id));
  }

  private static <E extends Enum<E>> E term(Class<E> type, String text, String field) {
    return Require.present(Require.term(type, text, field), field);
  }

  private TenantId known(String tenant) {
    TenantId id = TenantId.of(tenant);
    if (tenants.find(id).isEmpty()) {
      throw new VigilException(ErrorCode.TENANCY_0004, Map.of("tenant", tenant));
    }
    return id;
  }

  static void checkPem(String pem, String field) {
    try {
      CertificatePins.parse(pem);
    } catch (CertificateException e) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of("field", field, "problem", "is no X.509 certificate in PEM"),
          e);
    }
  }

  /** A policy: {@code plain}, {@code tls} or {@code mutual_tls} for each protocol. */
  public record PolicyBody(String dicom, String hl7, List<PeerBody> peers) {
    static PolicyBody of(Policy policy) {
      return new PolicyBody(
          Terms.of(policy.dicom()),
          Terms.of(policy.hl7()),
          policy.peers().stream()
              .map(p -> new PeerBody(Terms.of(p.protocol()), p.name(), p.certificate()))
              .toList());
    }
  }

  /** A peer's certificate; see {@link Peer}. */
  public record PeerBody(String protocol, String name, String certificate) {}
}
