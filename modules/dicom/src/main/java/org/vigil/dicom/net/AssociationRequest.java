package org.vigil.dicom.net;

import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;

/**
 * What a peer asks for with A-ASSOCIATE-RQ (PS3.8 §9.3.2).
 *
 * @param calledAe AE title it wants to talk to, without padding
 * @param callingAe AE title it calls itself
 * @param remoteAddress where it comes from
 * @param presentationContexts what it proposes
 * @param maxPduLength longest P-DATA-TF it receives, 0 for any
 * @param implementationClassUid of its software; may be empty
 * @param implementationVersionName of its software; may be empty
 * @param peerCertificates its TLS certificate chain, its own first; empty without TLS or client
 *     authentication
 * @param identity who sits at the peer, unchecked; null where it does not say
 * @param extended service class application information by SOP class UID (PS3.7 §D.3.3.5)
 */
public record AssociationRequest(
    String calledAe,
    String callingAe,
    InetSocketAddress remoteAddress,
    List<PresentationContext> presentationContexts,
    long maxPduLength,
    String implementationClassUid,
    String implementationVersionName,
    List<Certificate> peerCertificates,
    UserIdentity identity,
    Map<String, byte[]> extended) {}
