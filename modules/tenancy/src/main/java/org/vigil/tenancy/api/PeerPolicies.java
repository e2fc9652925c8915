package org.vigil.tenancy.api;

import java.security.cert.Certificate;
import java.util.List;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;

/** What a hospital asks of the systems that connect to Vigil. */
public interface PeerPolicies {
  /**
   * Lets a peer in or refuses it.
   *
   * @param name its AE title (DICOM) or sending application (HL7), as it calls itself
   * @param encrypted whether it came over TLS
   * @param chain its certificates, its own first; empty when it presented none
   * @throws org.vigil.kernel.VigilException CRYPTO-0004 when the hospital wants TLS, CRYPTO-0005
   *     when it wants a certificate or this is not the one known under this name
   */
  void check(
      TenantId tenant, Protocol protocol, String name, boolean encrypted, List<Certificate> chain);

  /** The hospital's policy. */
  Policy of(TenantId tenant);

  /**
   * Replaces the hospital's policy; it counts from the next connection on.
   *
   * @throws org.vigil.kernel.VigilException KERNEL-0003 when a certificate is none
   */
  void replace(TenantId tenant, Policy policy, Actor actor);

  /** In which a peer connects. */
  enum Protocol {
    DICOM,
    HL7
  }

  /** The least that is demanded. */
  enum Transport {
    /** Plain connections too, for devices that can no other. */
    PLAIN,
    /** TLS; a certificate only where one is known under the peer's name. */
    TLS,
    /** TLS with a certificate that is known under the peer's name. */
    MUTUAL_TLS
  }

  /**
   * A hospital's policy.
   *
   * @param peers whose certificates are known; several for one name while it is being replaced
   */
  record Policy(Transport dicom, Transport hl7, List<Peer> peers) {}

  /**
   * A peer's certificate.
   *
   * @param name AE title or sending application
   * @param certificate PEM: its own, or that of an authority whose certificates carry the peer's
   *     name as common name
   */
  record Peer(Protocol protocol, String name, String certificate) {}
}
