package org.vigil.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.CommandFailure;

class InstallationTest {

  @TempDir private Path directory;

  @Test
  void makesSecretsOnceAndForTheOwnerOnly() throws IOException, GeneralSecurityException {
    VigilHome home = new VigilHome(directory.resolve("home"));
    Map<String, String> secrets =
        new Installation(home).complete(Map.of("vigil.profile", "demo", "vigil.https.port", "1"));

    for (Path file :
        new Path[] {
          home.settings(),
          home.passwords(),
          home.credentials(),
          home.storeKey(),
          home.jwtPrivateKey(),
          home.jwtPublicKey(),
          home.keyStore()
        }) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root())))
        .isEqualTo("rwx------");
    assertThat(Files.readString(home.settings()))
        .contains("vigil.profile=demo")
        .contains("vigil.https.port=1");
    assertThat(secrets.values()).doesNotHaveDuplicates();
    assertThat(secrets.get(Installation.NODE_ID)).hasSizeLessThanOrEqualTo(23);

    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(home.keyStore())) {
      store.load(in, secrets.get(Installation.KEY_STORE_PASSWORD).toCharArray());
    }
    X509Certificate certificate = (X509Certificate) store.getCertificate("https");
    assertThat(certificate.getSubjectAlternativeNames().toString())
        .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");

    byte[] key = Files.readAllBytes(home.jwtPrivateKey());
    assertThat(new Installation(home).complete(Map.of("vigil.profile", "production")))
        .isEqualTo(secrets);
    assertThat(Files.readAllBytes(home.jwtPrivateKey())).isEqualTo(key);
    assertThat(Files.readString(home.settings())).contains("vigil.profile=demo");
  }

  @Test
  void passwordsLieInTheCredentialStoreAlone() throws IOException {
    VigilHome home = new VigilHome(directory.resolve("home"));
    Map<String, String> secrets = new Installation(home).complete(Map.of());

    assertThat(Secrets.open(home).all())
        .containsEntry(
            Installation.APPLICATION_PASSWORD, secrets.get(Installation.APPLICATION_PASSWORD))
        .containsKey(Installation.FIRST_MASTER_KEY);
    try (Stream<Path> files = Files.walk(home.root())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(
                secrets.get(Installation.APPLICATION_PASSWORD),
                secrets.get(Installation.KEY_STORE_PASSWORD));
      }
    }
  }

  @Test
  void passwordsOfAnEarlierVersionMoveIntoTheStore() throws IOException {
    VigilHome home = new VigilHome(directory.resolve("home"));
    home.create();
    VigilHome.writeSecret(home.passwords(), "vigil.node-id=v1\nvigil.db.app.password=as-it-was\n");

    assertThat(new Installation(home).complete(Map.of()))
        .containsEntry(Installation.APPLICATION_PASSWORD, "as-it-was")
        .containsEntry(Installation.NODE_ID, "v1");
    assertThat(Files.readString(home.passwords())).doesNotContain("as-it-was");
  }

  @Test
  void secretsThatOthersMayReadAreRefused() throws IOException {
    VigilHome home = new VigilHome(directory.resolve("home"));
    new Installation(home).complete(Map.of());
    Files.setPosixFilePermissions(home.storeKey(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> new Installation(home).complete(Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("chmod")
        .hasMessageContaining("store.key");
  }

  @Test
  void escapesWhatAPropertiesFileWouldMisread() {
    assertThat(Installation.line("key", "C:\\a\nb")).isEqualTo("key=C:\\\\a\\nb\n");
  }

  @Test
  void quotesPasswordsInStatements() {
    assertThat(DatabaseRoles.literal("it's")).isEqualTo("'it''s'");
    assertThat(DatabaseRoles.cluster("owner", "app").toString())
        .contains("alter role vigil_app set search_path = \"$user\"");
  }
}
