package org.vigil.identity.ldap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Whose certificates are trusted at a directory; that they name its host is checked by JNDI. */
final class DirectoryTrust {
  private DirectoryTrust() {}

  /**
   * Sockets that trust these authorities.
   *
   * @param pem null for those the JDK trusts
   * @throws VigilException KERNEL-0003 where that is no certificate
   */
  static SSLSocketFactory sockets(String pem) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(pem == null ? null : authorities(pem));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw malformed(e);
    }
  }

  /** When the first of these certificates ends. */
  static Instant endsAt(String pem) {
    try {
      return certificates(pem).stream()
          .map(certificate -> certificate.getNotAfter().toInstant())
          .min(Comparator.naturalOrder())
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw malformed(e);
    }
  }

  private static KeyStore authorities(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates(pem)) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    return store;
  }

  private static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    List<X509Certificate> certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (certificates.isEmpty()) {
      throw malformed(null);
    }
    return certificates;
  }

  private static VigilException malformed(Exception cause) {
    return new VigilException(
        ErrorCode.KERNEL_0003,
        Map.of("field", "trustedCertificates", "problem", "are not certificates in PEM"),
        cause);
  }
}
