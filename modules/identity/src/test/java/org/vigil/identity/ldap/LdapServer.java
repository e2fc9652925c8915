package org.vigil.identity.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;

/** An LDAP server with a hospital's people, over TLS with a certificate of its own. */
final class LdapServer implements AutoCloseable {
  static final String BASE = "dc=hospital,dc=example";
  static final String BIND_DN = "cn=vigil," + BASE;
  static final String BIND_PASSWORD = "directory-reader-5590";
  static final String PASSWORD = "Fjord-lantern-93";

  private final InMemoryDirectoryServer server;
  private final String certificate;

  /**
   * @param host what its certificate is for, such as {@code ip:127.0.0.1}
   */
  LdapServer(Path folder, String host) throws Exception {
    KeyStore keys = selfSigned(folder, host);
    certificate =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getCertificate("ldap").getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLUtil tls = new SSLUtil(managers.getKeyManagers(), new TrustManager[0]);
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
    config.setSchema(null);
    config.addAdditionalBindCredentials(BIND_DN, BIND_PASSWORD);
    // As a hospital's would: nobody searches without a name.
    config.setAuthenticationRequiredOperationTypes(com.unboundid.ldap.sdk.OperationType.SEARCH);
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPSConfig(
            "ldaps",
            InetAddress.getByName("127.0.0.1"),
            0,
            tls.createSSLServerSocketFactory(),
            tls.createSSLSocketFactory()));
    server = new InMemoryDirectoryServer(config);
    add(BASE, "objectClass: domain", "dc: hospital");
    add("ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
    add("ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
    server.startListening();
  }

  /** A person, below {@code ou=people}. */
  void person(String uid, String displayName, String... more) {
    String[] lines = new String[more.length + 4];
    lines[0] = "objectClass: inetOrgPerson";
    lines[1] = "uid: " + uid;
    lines[2] = "cn: " + displayName;
    lines[3] = "userPassword: " + PASSWORD;
    System.arraycopy(more, 0, lines, 4, more.length);
    add(dn(uid), lines);
  }

  /** A group, below {@code ou=groups}. */
  void group(String name, List<String> uids) {
    String[] lines = new String[uids.size() + 2];
    lines[0] = "objectClass: groupOfNames";
    lines[1] = "cn: " + name;
    for (int i = 0; i < uids.size(); i++) {
      lines[i + 2] = "member: " + dn(uids.get(i));
    }
    add("cn=" + name + ",ou=groups," + BASE, lines);
  }

  void add(String dn, String... lines) {
    try {
      String[] ldif = new String[lines.length + 1];
      ldif[0] = "dn: " + dn;
      System.arraycopy(lines, 0, ldif, 1, lines.length);
      server.add(ldif);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void remove(String dn) throws LDAPException {
    server.delete(dn);
  }

  static String dn(String uid) {
    return "uid=" + uid + ",ou=people," + BASE;
  }

  String url() {
    return "ldaps://127.0.0.1:" + server.getListenPort("ldaps");
  }

  /** In PEM. */
  String certificate() {
    return certificate;
  }

  private static KeyStore selfSigned(Path folder, String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = Files.createTempDirectory(folder, "ldap").resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                "ldap",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=LDAP of a test",
                "-ext",
                "san=" + host)
            .redirectErrorStream(true)
            .start();
    byte[] said = keytool.getInputStream().readAllBytes();
    if (keytool.waitFor() != 0) {
      throw new IOException(new String(said, java.nio.charset.StandardCharsets.UTF_8));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(Files.newInputStream(file), PASSWORD.toCharArray());
    return store;
  }

  @Override
  public void close() {
    server.shutDown(true);
  }
}
