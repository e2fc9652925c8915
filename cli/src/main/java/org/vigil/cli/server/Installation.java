package org.vigil.cli.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.kernel.crypto.MasterKey;
import org.vigil.tenancy.api.SecretStore;

/**
 * What the first start makes and every later one keeps: settings file, passwords, HTTPS
 * certificate, signing keys and the node's id. Each is made only where it is missing, so that an
 * interrupted first start is completed by the next and an operator's own certificate is left alone.
 */
final class Installation {

  /** Passwords, node id and the like: {@code secrets/server.properties}. */
  static final String SUPERUSER_PASSWORD = "vigil.db.superuser.password";

  static final String OWNER_PASSWORD = "vigil.db.owner.password";
  static final String APPLICATION_PASSWORD = "vigil.db.app.password";
  static final String KEY_STORE_PASSWORD = "vigil.tls.keystore.password";
  static final String NODE_ID = "vigil.node-id";

  /** The key that wraps the hospitals' data keys. */
  static final String FIRST_MASTER_KEY = "master-key.0001";

  private static final List<String> PASSWORDS =
      List.of(SUPERUSER_PASSWORD, OWNER_PASSWORD, APPLICATION_PASSWORD, KEY_STORE_PASSWORD);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final VigilHome home;

  Installation(VigilHome home) {
    this.home = home;
  }

  /**
   * Completes the installation.
   *
   * @param options the first start's options, which become the installation's settings
   * @return passwords and node id by key
   */
  Map<String, String> complete(Map<String, String> options) {
    home.create();
    try {
      if (!Files.exists(home.settings())) {
        VigilHome.writeSecret(home.settings(), initialSettings(options));
      }
      Secrets.checkRights(home);
      Map<String, String> secrets = secrets();
      if (!Files.exists(home.jwtPrivateKey())) {
        writeSigningKeys();
      }
      if (!Files.exists(home.auditPrivateKey())) {
        writeAuditKeys();
      }
      if (!Files.exists(home.keyStore())) {
        writeCertificate(secrets.get(KEY_STORE_PASSWORD));
      }
      return secrets;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "cannot write to " + home.root() + " (" + e + "): free space or choose another --home",
          e);
    }
  }

  private static String initialSettings(Map<String, String> options) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Settings of this Vigil installation; docs/configuration.md lists every key.
        # Written by the first start with that start's options, never changed by Vigil afterwards.
        """);
    Properties properties = new Properties();
    properties.putAll(options);
    properties.putIfAbsent(Settings.PROFILE, Profile.PRODUCTION.key());
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(k -> text.append(line(k, properties.getProperty(k))));
    return text.toString();
  }

  /** One line of a properties file. */
  static String line(String key, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return key + "=" + escaped + "\n";
  }

  /**
   * The passwords, made where they are missing; those of the operator's own database are theirs.
   * What an earlier version or an operator left in {@code server.properties} moves into the store.
   */
  private Map<String, String> secrets() throws IOException {
    SecretStore store = Secrets.open(home);
    Map<String, String> file = new LinkedHashMap<>(Settings.read(home.passwords()));
    Map<String, String> known = store.all();
    Map<String, String> added = new LinkedHashMap<>();
    for (String key : PASSWORDS) {
      if (file.containsKey(key)) {
        added.put(key, file.remove(key));
      } else if (!known.containsKey(key)) {
        added.put(key, randomPassword());
      }
    }
    if (!known.containsKey(FIRST_MASTER_KEY)) {
      added.put(FIRST_MASTER_KEY, MasterKey.generate());
    }
    if (!added.isEmpty()) {
      store.put(added);
    }
    // At most 23 bytes and unique among all nodes that ever share a database: it names
    // transactions.
    file.computeIfAbsent(
        NODE_ID, k -> "v" + UUID.randomUUID().toString().replace("-", "").substring(0, 15));
    StringBuilder text = new StringBuilder("# Made by Vigil. Keep it in the backup.\n");
    file.forEach((k, v) -> text.append(line(k, v)));
    VigilHome.writeSecret(home.passwords(), text.toString());
    known.putAll(added);
    Map<String, String> all = new LinkedHashMap<>(file);
    PASSWORDS.forEach(key -> all.put(key, known.get(key)));
    return all;
  }

  private static String randomPassword() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void writeSigningKeys() throws IOException {
    KeyPair pair = keyPair("RSA", 3072);
    VigilHome.writeSecret(home.jwtPublicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    VigilHome.writeSecret(home.jwtPrivateKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private void writeAuditKeys() throws IOException {
    KeyPair pair = keyPair("Ed25519", 255);
    VigilHome.writeSecret(home.auditPublicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    VigilHome.writeSecret(
        home.auditPrivateKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static KeyPair keyPair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits, RANDOM);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private void writeCertificate(String password) throws IOException {
    Path draft = home.run().resolve("https.p12.new");
    Files.deleteIfExists(draft);
    keytool(
        password,
        List.of(
            "-genkeypair",
            "-keystore",
            draft.toString(),
            "-storetype",
            "PKCS12",
            "-storepass:env",
            "VIGIL_STORE_PASSWORD",
            "-alias",
            "https",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-sigalg",
            "SHA256withECDSA",
            "-validity",
            "825",
            "-dname",
            "CN=" + hostName() + ",O=Vigil",
            "-ext",
            "san=" + String.join(",", alternativeNames()),
            "-ext",
            "ku:critical=digitalSignature",
            "-ext",
            "eku=serverAuth,clientAuth"));
    keytool(
        password,
        List.of(
            "-exportcert",
            "-rfc",
            "-keystore",
            draft.toString(),
            "-storepass:env",
            "VIGIL_STORE_PASSWORD",
            "-alias",
            "https",
            "-file",
            home.certificate().toString()));
    VigilHome.restrict(draft);
    Files.move(draft, home.keyStore(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private void keytool(String password, List<String> arguments) throws IOException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    if (!Files.isExecutable(program)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "no keytool at " + program + ": run Vigil with a complete JDK 17 or newer");
    }
    java.util.ArrayList<String> command = new java.util.ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    Command result =
        Command.run(command, Map.of("VIGIL_STORE_PASSWORD", password), home.root(), 60);
    if (result.exitCode() != 0) {
      throw new CommandFailure(
          ExitCode.FAILED, "the HTTPS certificate could not be made: " + result.output());
    }
  }

  private static Set<String> alternativeNames() {
    Set<String> names = new LinkedHashSet<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
    names.add("dns:" + hostName());
    return names;
  }

  /** This machine's name, as far as it can stand in a certificate. */
  static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getCanonicalHostName();
      return name.matches("(?!\\d+\\.\\d)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
          ? name
          : "localhost";
    } catch (UnknownHostException e) {
      // A machine without a name: the certificate is for localhost.
      return "localhost";
    }
  }
}
