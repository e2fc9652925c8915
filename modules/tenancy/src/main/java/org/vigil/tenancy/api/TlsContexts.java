package org.vigil.tenancy.api;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.vigil.kernel.Actor;

/** TLS for Vigil's own listeners and for its connections to peers. */
public interface TlsContexts {
  /**
   * For listeners. It proves that a client holds the key of the certificate it presents, no more:
   * which certificate a peer must have is its hospital's to say ({@link PeerPolicies}), and which
   * hospital that is stands in the first message only.
   *
   * @throws IOException when Vigil's own key store cannot be read
   */
  SSLContext server() throws IOException;

  /**
   * For connections to a destination: trusts the destination's certificates, else those of the Java
   * platform, and presents Vigil's own when it is asked for one.
   *
   * @throws IOException when keys or certificates cannot be read
   */
  SSLContext client(Destination destination) throws IOException;

  /**
   * Reads Vigil's key store again; listeners present the new certificate from the next handshake
   * on, HTTPS included.
   *
   * @throws IOException when it cannot be read; the old one stays in use
   */
  List<X509Certificate> reload(Actor actor) throws IOException;

  /** Vigil's own certificates. */
  List<X509Certificate> certificates() throws IOException;
}
