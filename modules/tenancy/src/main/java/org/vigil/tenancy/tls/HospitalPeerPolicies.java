package org.vigil.tenancy.tls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.tls.CertificatePins;
import org.vigil.kernel.tls.TlsIdentity;
import org.vigil.tenancy.api.PeerPolicies;
import org.vigil.tenancy.api.TenantContext;

/** Policies in memory; read anew each minute, so that other nodes' changes arrive. */
@ApplicationScoped
public class HospitalPeerPolicies implements PeerPolicies {
  private static final Policy OPEN = new Policy(Transport.PLAIN, Transport.PLAIN, List.of());
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

  @Inject private PeerPolicyStore store;

  private volatile Snapshot snapshot;

  @Override
  public void check(
      TenantId tenant, Protocol protocol, String name, boolean encrypted, List<Certificate> chain) {
    Policy policy = of(tenant);
    Transport least = protocol == Protocol.DICOM ? policy.dicom() : policy.hl7();
    if (least != Transport.PLAIN && !encrypted) {
      throw new VigilException(ErrorCode.CRYPTO_0004, Map.of("protocol", protocol));
    }
    List<Peer> known =
        policy.peers().stream()
            .filter(peer -> peer.protocol() == protocol && peer.name().equals(name))
            .toList();
    boolean needed = least == Transport.MUTUAL_TLS || (encrypted && !known.isEmpty());
    List<X509Certificate> presented = TlsIdentity.x509(chain);
    if (needed && known.stream().noneMatch(peer -> proves(peer, presented))) {
      throw new VigilException(
          ErrorCode.CRYPTO_0005,
          Map.of("protocol", protocol, "presented", !presented.isEmpty(), "known", known.size()));
    }
  }

  @Override
  public Policy of(TenantId tenant) {
    Snapshot known = snapshot;
    if (known == null || System.nanoTime() - known.readAt() > FRESH_NANOS) {
      known = new Snapshot(TenantContext.asPlatform(store::all), System.nanoTime());
      snapshot = known;
    }
    return known.policies().getOrDefault(tenant, OPEN);
  }

  @Override
  public void replace(TenantId tenant, Policy policy, Actor actor) {
    for (Peer peer : policy.peers()) {
      parse(peer);
    }
    TenantContext.asPlatform(
        () -> {
          store.replace(tenant, policy, actor);
          return null;
        });
    snapshot = null;
  }

  private static boolean proves(Peer peer, List<X509Certificate> chain) {
    return parse(peer).stream().anyMatch(c -> CertificatePins.proves(c, peer.name(), chain));
  }

  private static List<X509Certificate> parse(Peer peer) {
    try {
      return CertificatePins.parse(peer.certificate());
    } catch (CertificateException e) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of("field", "peers.certificate", "problem", "is no X.509 certificate in PEM"),
          e);
    }
  }

  private record Snapshot(Map<TenantId, Policy> policies, long readAt) {}
}
