package org.vigil.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * The directory of one installation, {@code $VIGIL_HOME}: everything that must survive an upgrade
 * lies here and nothing of the distribution does. Only its owner can read it (0700).
 *
 * @param root absolute path
 */
public record VigilHome(Path root) {

  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FILE =
      PosixFilePermissions.fromString("rw-------");

  /** Makes the path absolute. */
  public VigilHome {
    root = root.toAbsolutePath().normalize();
  }

  /** The operator's settings. */
  public Path settings() {
    return root.resolve("config/vigil.properties");
  }

  /** Credential store: passwords and master keys. */
  public Path credentials() {
    return root.resolve("secrets/vigil.credentials");
  }

  /** Password of the credential store, unless {@code vigil.secrets.command} prints it. */
  public Path storeKey() {
    return root.resolve("secrets/store.key");
  }

  /** The node's id; in earlier versions the passwords too. */
  public Path passwords() {
    return root.resolve("secrets/server.properties");
  }

  /** What the server was last started with: settings, options and passwords together. */
  public Path effectiveProperties() {
    return root.resolve("run/server.properties");
  }

  /** Private key of the JSON web tokens, PKCS#8 PEM. */
  public Path jwtPrivateKey() {
    return root.resolve("secrets/jwt-private.pem");
  }

  /** Public key of the JSON web tokens, X.509 PEM. */
  public Path jwtPublicKey() {
    return root.resolve("secrets/jwt-public.pem");
  }

  /** Private key that seals the audit trail, PKCS#8 PEM; never in the database. */
  public Path auditPrivateKey() {
    return root.resolve("secrets/audit-private.pem");
  }

  /** Public key of the audit trail's seals, X.509 PEM, to be kept elsewhere too. */
  public Path auditPublicKey() {
    return root.resolve("secrets/audit-public.pem");
  }

  /** Public keys that sealed the audit trail before. */
  public Path auditRetiredKeys() {
    return root.resolve("secrets/audit-retired");
  }

  /** Newest head of each audit trail. */
  public Path auditHeads() {
    return root.resolve("audit/heads");
  }

  /** Where anchors of the audit trails are written unless set otherwise. */
  public Path auditAnchors() {
    return root.resolve("audit/anchors");
  }

  /** Key store of the HTTPS listener, PKCS#12. */
  public Path keyStore() {
    return root.resolve("certs/https.p12");
  }

  /** Certificate of the HTTPS listener, PEM, for clients to trust. */
  public Path certificate() {
    return root.resolve("certs/https.pem");
  }

  /** Data directory of the embedded PostgreSQL. */
  public Path database() {
    return root.resolve("db");
  }

  /** Unpacked programs of the embedded PostgreSQL. */
  public Path postgresql() {
    return root.resolve("pgsql");
  }

  /** WildFly's {@code jboss.server.base.dir}. */
  public Path server() {
    return root.resolve("server");
  }

  /** Log files of the server and the database. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** Process files and locks. */
  public Path run() {
    return root.resolve("run");
  }

  /** Whether a first start has been made here. */
  public boolean isInstalled() {
    return Files.exists(settings());
  }

  /** Creates what is missing of the directories, each readable by the owner only. */
  public void create() {
    try {
      for (String name :
          new String[] {"", "config", "secrets", "certs", "logs", "run", "server", "storage"}) {
        Path directory = root.resolve(name);
        if (!Files.isDirectory(directory)) {
          Files.createDirectories(
              directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
        }
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "cannot create the home directory "
              + root
              + " ("
              + e
              + "): choose a writable one with --home",
          e);
    }
  }

  /** Takes everybody else's rights to a file away. */
  static void restrict(Path file) throws IOException {
    Files.setPosixFilePermissions(file, OWNER_ONLY_FILE);
  }

  /**
   * Writes a file that only the owner can read, in one step: a reader sees the old or the new one.
   *
   * @param file where
   * @param content text, UTF-8
   */
  public static void writeSecret(Path file, String content) throws IOException {
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "." + file.getFileName(),
            ".new",
            PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE));
    Files.writeString(draft, content);
    Files.move(
        draft,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
