package org.vigil.tenancy.tls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.PeerPolicies.Peer;
import org.vigil.tenancy.api.PeerPolicies.Policy;
import org.vigil.tenancy.api.PeerPolicies.Protocol;
import org.vigil.tenancy.api.PeerPolicies.Transport;

/** Rows of {@code platform.peer_policy} and {@code platform.peer_certificate}. */
@ApplicationScoped
public class PeerPolicyStore {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  @Inject private Event<AuditEvent> audit;

  /** All hospitals' policies; one without a row takes plain connections. */
  @Transactional(TxType.REQUIRES_NEW)
  public Map<TenantId, Policy> all() {
    Map<String, List<Peer>> peers = new HashMap<>();
    for (Object row :
        em.createNativeQuery(
                "select tenant_id, protocol, name, certificate from platform.peer_certificate"
                    + " order by tenant_id, protocol, name",
                Object[].class)
            .getResultList()) {
      Object[] c = (Object[]) row;
      peers
          .computeIfAbsent((String) c[0], t -> new ArrayList<>())
          .add(new Peer(Protocol.valueOf((String) c[1]), (String) c[2], (String) c[3]));
    }
    Map<TenantId, Policy> all = new HashMap<>();
    for (Object row :
        em.createNativeQuery(
                "select tenant_id, dicom, hl7 from platform.peer_policy", Object[].class)
            .getResultList()) {
      Object[] p = (Object[]) row;
      all.put(
          TenantId.of((String) p[0]),
          new Policy(
              Transport.valueOf((String) p[1]),
              Transport.valueOf((String) p[2]),
              peers.getOrDefault((String) p[0], List.of())));
    }
    return all;
  }

  @Transactional(TxType.REQUIRES_NEW)
  public void replace(TenantId tenant, Policy policy, Actor actor) {
    em.createNativeQuery(
            "insert into platform.peer_policy (tenant_id, dicom, hl7) values (:tenant, :dicom, :hl7)"
                + " on conflict (tenant_id) do update set dicom = excluded.dicom, hl7 ="
                + " excluded.hl7")
        .setParameter("tenant", tenant.value())
        .setParameter("dicom", policy.dicom().name())
        .setParameter("hl7", policy.hl7().name())
        .executeUpdate();
    em.createNativeQuery("delete from platform.peer_certificate where tenant_id = :tenant")
        .setParameter("tenant", tenant.value())
        .executeUpdate();
    for (Peer peer : policy.peers()) {
      em.createNativeQuery(
              "insert into platform.peer_certificate (id, tenant_id, protocol, name, certificate)"
                  + " values (:id, :tenant, :protocol, :name, :certificate)")
          .setParameter("id", UUID.randomUUID())
          .setParameter("tenant", tenant.value())
          .setParameter("protocol", peer.protocol().name())
          .setParameter("name", peer.name())
          .setParameter("certificate", peer.certificate())
          .executeUpdate();
    }
    audit.fire(
        AuditEvent.of(AuditEvent.Action.CONFIGURATION_CHANGED, actor)
            .on(tenant.value())
            .with(
                Map.of(
                    "what", "peer policy",
                    "dicom", policy.dicom().name(),
                    "hl7", policy.hl7().name(),
                    "certificates", Integer.toString(policy.peers().size()))));
  }
}
