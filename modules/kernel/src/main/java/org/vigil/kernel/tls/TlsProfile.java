package org.vigil.kernel.tls;

import javax.net.ssl.SSLParameters;

/**
 * TLS as BCP 195 (RFC 9325) and DICOM PS3.15 B.12 and B.13 want it: TLS 1.3 or 1.2, forward secrecy
 * by ECDHE, AES-GCM or ChaCha20-Poly1305, nothing else. The HTTPS listener's list in {@code
 * wildfly-config} is the same.
 */
public final class TlsProfile {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
  };

  private TlsProfile() {}

  /** For a listener; a client's certificate is asked for, and whoever listens judges it. */
  public static SSLParameters server() {
    SSLParameters parameters = new SSLParameters(SUITES.clone(), PROTOCOLS.clone());
    parameters.setUseCipherSuitesOrder(true);
    parameters.setWantClientAuth(true);
    return parameters;
  }

  /** For a connection to a peer, whose certificate must name the host that is called. */
  public static SSLParameters client() {
    SSLParameters parameters = new SSLParameters(SUITES.clone(), PROTOCOLS.clone());
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }
}
