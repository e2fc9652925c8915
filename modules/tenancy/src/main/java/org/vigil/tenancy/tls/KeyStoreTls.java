package org.vigil.tenancy.tls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.tls.CertificatePins;
import org.vigil.kernel.tls.TlsIdentity;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TlsContexts;
import org.vigil.tenancy.keys.MasterKeys;

/** TLS from the key store that HTTPS uses too, {@code certs/https.p12}. */
@ApplicationScoped
public class KeyStoreTls implements TlsContexts {
  private static final String PASSWORD = "vigil.tls.keystore.password";

  private final Map<Destination, SSLContext> clients = new ConcurrentHashMap<>();
  private MasterKeys secrets;
  private HttpsKeys https;
  private Event<AuditEvent> audit;
  private TlsIdentity identity;
  private SSLContext server;

  @Inject
  void configure(
      MasterKeys secretStore,
      HttpsKeys httpsKeys,
      Event<AuditEvent> auditEvents,
      @ConfigProperty(name = "vigil.home") String home,
      @ConfigProperty(name = "vigil.tls.keystore") Optional<String> file) {
    this.secrets = secretStore;
    this.https = httpsKeys;
    this.audit = auditEvents;
    this.identity =
        new TlsIdentity(file.map(Path::of).orElse(Path.of(home).resolve("certs/https.p12")));
  }

  @Override
  public synchronized SSLContext server() throws IOException {
    if (server == null) {
      server = context(loaded().keyManager(null), new PossessionOnly());
    }
    return server;
  }

  @Override
  public SSLContext client(Destination destination) throws IOException {
    SSLContext known = clients.get(destination);
    if (known == null) {
      known = makeClient(destination);
      clients.put(destination, known);
    }
    return known;
  }

  @Override
  public synchronized List<X509Certificate> reload(Actor actor) throws IOException {
    identity.load(password());
    clients.clear();
    if (server != null) {
      // A resumed session would go on under the old certificate.
      SSLSessionContext sessions = server.getServerSessionContext();
      Collections.list(sessions.getIds()).forEach(id -> sessions.getSession(id).invalidate());
    }
    https.reload();
    String serial = identity.certificates().get(0).getSerialNumber().toString(16);
    TenantContext.asPlatform(
        () -> {
          audit.fire(
              AuditEvent.of(AuditEvent.Action.KEY_ROTATED, actor)
                  .on(serial)
                  .with(Map.of("key", "tls certificate")));
          return null;
        });
    return identity.certificates();
  }

  @Override
  public synchronized List<X509Certificate> certificates() throws IOException {
    return loaded().certificates();
  }

  private synchronized TlsIdentity loaded() throws IOException {
    if (identity.certificates().isEmpty()) {
      identity.load(password());
    }
    return identity;
  }

  private char[] password() throws IOException {
    return secrets
        .store()
        .get(PASSWORD)
        .orElseThrow(() -> new IOException("the credential store has no " + PASSWORD))
        .toCharArray();
  }

  private SSLContext makeClient(Destination destination) throws IOException {
    Destination.Tls tls = destination.tls();
    String alias = tls == null ? null : tls.clientKey();
    TlsIdentity own = loaded();
    if (alias != null && !own.holds(alias)) {
      throw new IOException("the key store holds no key " + alias);
    }
    return context(own.keyManager(alias), trusting(tls == null ? null : tls.trusted()));
  }

  private static TrustManager trusting(String pem) throws IOException {
    try {
      KeyStore anchors = null;
      if (pem != null && !pem.isBlank()) {
        anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        int number = 0;
        for (X509Certificate certificate : CertificatePins.parse(pem)) {
          anchors.setCertificateEntry("peer-" + number++, certificate);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      return factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IOException("the destination's trusted certificates cannot be read", e);
    }
  }

  private static SSLContext context(KeyManager keys, TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has TLS", e);
    }
  }

  /**
   * Takes any client certificate: the handshake itself proves that the client holds its key. It is
   * compared with the hospital's list before the association or message is let in.
   */
  private static final class PossessionOnly extends X509ExtendedTrustManager {
    private static void check(X509Certificate[] chain) throws CertificateException {
      if (chain == null || chain.length == 0) {
        throw new CertificateException("no certificate");
      }
      chain[0].checkValidity();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this context is for listeners only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
