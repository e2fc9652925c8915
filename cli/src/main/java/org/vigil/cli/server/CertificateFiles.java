package org.vigil.cli.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.kernel.tls.CertificatePins;

/**
 * The installation's certificate: {@code certs/https.p12} for the server, {@code https.pem} for
 * clients.
 */
public final class CertificateFiles {
  /** Days before its end from which it is told. */
  static final long WARN_DAYS = 30;

  private CertificateFiles() {}

  /** Whether the server of this installation runs. */
  public static boolean serverRuns(VigilHome home) {
    return ApplicationServer.running(home).isPresent();
  }

  /**
   * Puts a certificate and its key in place of the present ones.
   *
   * @param certificates PEM, the server's own first
   * @param key PKCS#8 PEM
   * @throws CommandFailure when they do not belong together or are not valid now
   */
  public static X509Certificate replace(VigilHome home, Path certificates, Path key) {
    try {
      List<X509Certificate> chain = CertificatePins.parse(Files.readString(certificates));
      X509Certificate own = chain.get(0);
      own.checkValidity();
      PrivateKey privateKey = privateKey(Files.readString(key), own.getPublicKey());
      checkPair(privateKey, own);
      char[] password =
          Secrets.open(home)
              .get(Installation.KEY_STORE_PASSWORD)
              .orElseThrow(() -> new IOException("the credential store has no key store password"))
              .toCharArray();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("https", privateKey, password, chain.toArray(new Certificate[0]));
      Path draft = home.run().resolve("https.p12.new");
      Files.deleteIfExists(draft);
      VigilHome.writeSecret(draft, "");
      try (OutputStream out = Files.newOutputStream(draft)) {
        store.store(out, password);
      }
      Files.move(
          draft,
          home.keyStore(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      // Connections made until the server has taken it still trust the one before.
      Files.writeString(home.certificate(), pem(chain), StandardCharsets.US_ASCII);
      return own;
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "the certificate was not replaced: " + e.getMessage(), e);
    }
  }

  /** One line of {@code ./vigil status}. */
  static String status(Path certificate) {
    if (!Files.exists(certificate)) {
      return "certificate  unknown: " + certificate + " is missing";
    }
    try {
      Instant end =
          CertificatePins.parse(Files.readString(certificate)).get(0).getNotAfter().toInstant();
      long days = Duration.between(Clock.systemUTC().instant(), end).toDays();
      return String.format(
          Locale.ROOT,
          "%-11s %-5s valid until %s, %d days%s",
          "certificate",
          days < 0 ? "DOWN" : "up",
          end,
          days,
          days < WARN_DAYS ? ": REPLACE IT with ./vigil keys rotate tls" : "");
    } catch (IOException | CertificateException e) {
      return "certificate  unreadable: " + certificate;
    }
  }

  private static PrivateKey privateKey(String pem, PublicKey publicKey)
      throws IOException, GeneralSecurityException {
    int begin = pem.indexOf("-----BEGIN PRIVATE KEY-----");
    int end = pem.indexOf("-----END PRIVATE KEY-----");
    if (begin < 0 || end < begin) {
      throw new IOException(
          "the key is not PKCS#8 in PEM without password: openssl pkcs8 -topk8 -nocrypt -in KEY");
    }
    byte[] der =
        Base64.getMimeDecoder()
            .decode(pem.substring(begin + "-----BEGIN PRIVATE KEY-----".length(), end));
    return KeyFactory.getInstance(publicKey.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static void checkPair(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> throw new GeneralSecurityException("the key is neither RSA nor EC");
        };
    byte[] probe = "vigil".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certificate);
    signature.update(probe);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key is not that of the certificate");
    }
  }

  private static String pem(List<X509Certificate> chain) throws CertificateException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(
              Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString();
  }
}
