package org.vigil.kernel.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Comparing a peer's certificate with what a hospital has said it must be. */
public final class CertificatePins {
  private CertificatePins() {}

  /**
   * Reads certificates in PEM.
   *
   * @throws CertificateException when there is none, or one is no X.509 certificate
   */
  public static List<X509Certificate> parse(String pem) throws CertificateException {
    Collection<? extends Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    if (found.isEmpty()) {
      throw new CertificateException("no certificate in PEM");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate : found) {
      certificates.add((X509Certificate) certificate);
    }
    return certificates;
  }

  /**
   * Whether a peer is who it says: its certificate is the one pinned, or is issued by the authority
   * pinned and its common name is the peer's name. Both must be valid now.
   *
   * @param name AE title or HL7 application as the peer calls itself
   * @param chain the peer's, its own certificate first
   */
  public static boolean proves(X509Certificate pinned, String name, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return false;
    }
    X509Certificate own = chain.get(0);
    try {
      own.checkValidity();
      if (own.equals(pinned)) {
        return true;
      }
      return pinned.getBasicConstraints() >= 0
          && issuedBy(pinned, chain)
          && commonName(own).equalsIgnoreCase(name);
    } catch (GeneralSecurityException e) {
      // Expired, not yet valid, or of another issuer.
      return false;
    }
  }

  private static boolean issuedBy(X509Certificate authority, List<X509Certificate> chain)
      throws GeneralSecurityException {
    List<X509Certificate> path = chain.stream().filter(c -> !c.equals(authority)).toList();
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    // Hospitals' device authorities seldom publish where their list is; removing the pin revokes.
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    return true;
  }

  private static String commonName(X509Certificate certificate) throws CertificateException {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(String::valueOf)
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      throw new CertificateException("its subject is no name", e);
    }
  }
}
