package org.vigil.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openehealth.ipf.commons.audit.unmarshal.dicom.DICOMAuditParser;
import org.vigil.audit.domain.AuditRow;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** DICOM audit messages arrive at a TLS socket as RFC 5425 frames them. */
class SyslogReceiverTest {
  private static final String PASSWORD = "test-passphrase";
  private static final AuditRow ROW =
      new AuditRow(
          42,
          Instant.parse("2026-11-22T02:17:00Z"),
          "IMAGE_ACCESSED",
          "SUCCESS",
          "PERSON",
          "reader",
          "10.0.0.7",
          "1.2.3",
          "P1",
          null,
          "{\"what\": \"frames\"}");

  @TempDir private Path folder;
  private Path store;

  @BeforeEach
  void makeCertificate() throws Exception {
    store = folder.resolve("server.p12");
    run(
        "-genkeypair -alias s -keyalg EC -groupname secp256r1 -dname CN=localhost"
            + " -ext san=dns:localhost,ip:127.0.0.1 -validity 2 -storetype PKCS12 -keystore "
            + store
            + " -storepass "
            + PASSWORD);
    run(
        "-exportcert -rfc -alias s -file %1$s/s.pem -keystore %2$s -storepass %3$s"
            .formatted(folder, store, PASSWORD));
    run(
        "-importcert -noprompt -alias s -file %1$s/s.pem -storetype PKCS12 -keystore %1$s/trust.p12 -storepass %2$s"
            .formatted(folder, PASSWORD));
  }

  @Test
  void aMessageArrivesOverTls() throws Exception {
    try (SSLServerSocket server = listen()) {
      CompletableFuture<String> received = receive(server);

      new SyslogReceiver(
              "localhost", server.getLocalPort(), folder.resolve("trust.p12").toString(), PASSWORD)
          .send("t_st_agnes", List.of(ROW));

      String message = received.get(30, TimeUnit.SECONDS);
      assertThat(message).startsWith("<").contains("IHE+RFC-3881");
      var audit =
          new DICOMAuditParser().parse(message.substring(message.indexOf("<AuditMessage")), true);
      assertThat(audit.getActiveParticipants().get(0).getUserID()).isEqualTo("reader");
      assertThat(audit.getAuditSourceIdentification().getAuditSourceID()).isEqualTo("st_agnes");
    }
  }

  @Test
  void aReceiverThatIsNotTrustedGetsNothing() throws Exception {
    try (SSLServerSocket server = listen()) {
      CompletableFuture<String> received = receive(server);
      run(
          "-genkeypair -alias o -keyalg EC -groupname secp256r1 -dname CN=other -storetype PKCS12 -keystore %1$s/o.p12 -storepass %2$s"
              .formatted(folder, PASSWORD));
      run(
          "-exportcert -rfc -alias o -file %1$s/o.pem -keystore %1$s/o.p12 -storepass %2$s"
              .formatted(folder, PASSWORD));
      run(
          "-importcert -noprompt -alias o -file %1$s/o.pem -storetype PKCS12 -keystore %1$s/other.p12 -storepass %2$s"
              .formatted(folder, PASSWORD));

      assertThatThrownBy(
              () ->
                  new SyslogReceiver(
                          "localhost",
                          server.getLocalPort(),
                          folder.resolve("other.p12").toString(),
                          PASSWORD)
                      .send("t_st_agnes", List.of(ROW)))
          .isInstanceOfSatisfying(
              VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_0008));
      assertThat(
              received
                  .handle((text, failure) -> failure == null ? text : "")
                  .get(30, TimeUnit.SECONDS))
          .isEmpty();
    }
  }

  private SSLServerSocket listen() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** One frame: its length in digits, a space, so many bytes. */
  private static CompletableFuture<String> receive(SSLServerSocket server) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (SSLSocket socket = (SSLSocket) server.accept()) {
            InputStream in = socket.getInputStream();
            int length = 0;
            for (int digit = in.read(); digit != ' '; digit = in.read()) {
              if (digit < 0) {
                return "";
              }
              length = length * 10 + digit - '0';
            }
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
          } catch (java.io.IOException e) {
            return "";
          }
        });
  }

  private static void run(String arguments) throws Exception {
    java.util.ArrayList<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    assertThat(process.waitFor()).isZero();
  }
}
