package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vigil.cli.Vigil;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;
import org.vigil.tests.server.Visit;

/**
 * TLS before others: sslscan judges every listener, dcmtk connects with and without certificates.
 */
class TlsIT {
  private static TestHospital hospital;
  @TempDir private static Path folder;
  private static Certificate modality;
  private static Certificate stranger;

  @BeforeAll
  static void openHospital() throws IOException {
    Program.OPENSSL.need();
    modality = Certificate.make(folder, "MODALITY");
    stranger = Certificate.make(folder, "STRANGER");
    hospital = TestHospital.open();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTPS", "DICOM_TLS", "MLLP_TLS"})
  void onlyCurrentTlsWithForwardSecrecyIsSpoken(Port port) {
    Program.Result scan =
        Program.SSLSCAN.run(
            "--no-colour", "--no-heartbleed", "127.0.0.1:" + hospital.server().port(port));

    assertThat(scan.exitCode()).as(scan.output()).isZero();
    assertThat(scan.output())
        .containsPattern("SSLv2 +disabled")
        .containsPattern("SSLv3 +disabled")
        .containsPattern("TLSv1\\.0 +disabled")
        .containsPattern("TLSv1\\.1 +disabled")
        .containsPattern("TLSv1\\.2 +enabled")
        .containsPattern("TLSv1\\.3 +enabled");
    List<String> suites =
        scan.output().lines().filter(l -> l.matches("(Accepted|Preferred) .*")).toList();
    assertThat(suites)
        .isNotEmpty()
        .allMatch(
            suite ->
                suite.contains("TLSv1.3")
                    || suite.matches(".*TLSv1\\.2.*ECDHE-.*(GCM|CHACHA20).*"));
  }

  @Test
  void anEchoAndAStudyOverTlsWithoutACertificate() throws IOException {
    policy("plain");
    Visit visit = hospital.normal();
    Path file = folder.resolve("film.dcm");
    DicomWriter.write(file, visit.dicom(), UID.ExplicitVRLittleEndian);

    Program.Result sent =
        Program.STORESCU.run(
            "-v",
            "+tla",
            "+cf",
            ours(),
            "-aec",
            hospital.aeTitle(),
            "localhost",
            tls(),
            file.toString());

    assertThat(sent.exitCode()).as(sent.output()).isZero();
    assertThat(sent.output()).contains("Received Store Response (Success)");
  }

  @Test
  void aHospitalThatWantsCertificatesTakesTheOneBoundToTheAeTitle() {
    policy("mutual_tls", modality);

    assertThat(echo("MODALITY", modality).exitCode()).isZero();
    assertThat(echo("OTHER", modality).output()).contains("Association Rejected");
    assertThat(echo("MODALITY", stranger).output()).contains("Association Rejected");
    Program.Result plain =
        Program.ECHOSCU.run(
            "-v",
            "-aet",
            "MODALITY",
            "-aec",
            hospital.aeTitle(),
            "localhost",
            Integer.toString(hospital.server().port(Port.DICOM)));
    assertThat(plain.output()).contains("Association Rejected");
    assertThat(hospital.audit("ASSOCIATION_REFUSED")).hasSizeGreaterThanOrEqualTo(3);
    policy("plain");
  }

  @Test
  void resultsGoToAnArchiveThatSpeaksTlsAndAsksForACertificate() throws Exception {
    Program.STORESCP.need();
    policy("plain");
    Certificate archive = Certificate.make(folder, "localhost");
    Path received = Files.createDirectories(folder.resolve("received"));
    int port = VigilServer.freePorts(1).get(0);
    Process storescp =
        new ProcessBuilder(
                "storescp",
                "-pw",
                "+tls",
                archive.key(),
                archive.pem(),
                "+cf",
                ours(),
                "-rc",
                "-od",
                received.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("storescp.log").toFile())
            .start();
    try {
      platform()
          .post(
              "api/platform/tenants",
              Map.of(
                  "id", hospital.id(),
                  "name", "Hospital of a test",
                  "timeZone", "UTC",
                  "aeTitle", hospital.aeTitle(),
                  "receivingFacility", hospital.aeTitle(),
                  "destinations",
                      List.of(
                          Map.of(
                              "kind", "DICOM",
                              "host", "localhost",
                              "port", port,
                              "aeTitle", "PACS",
                              "tls", Map.of("trusted", archive.text())))))
          .ok();
      Visit visit = hospital.normal();
      hospital.sendOrder(visit);
      hospital.sendStudy(visit);

      Patience.until(
          "a result arrives at the archive",
          () -> Files.list(received).filter(f -> Files.isRegularFile(f)).count(),
          files -> files > 0);
    } finally {
      storescp.destroy();
      storescp.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void theCertificateIsReplacedWithoutARestart() throws IOException {
    Certificate renewed = Certificate.make(folder, "localhost");
    Path store = hospital.server().home().keyStore();
    Path trusted = hospital.server().home().certificate();
    byte[] storeBefore = Files.readAllBytes(store);
    byte[] trustedBefore = Files.readAllBytes(trusted);
    int code =
        Vigil.commandLine()
            .execute(
                "keys",
                "rotate",
                "tls",
                "--home",
                hospital.server().home().root().toString(),
                "--cert",
                renewed.pem(),
                "--key",
                renewed.key());

    assertThat(code).isZero();
    for (Port port : List.of(Port.HTTPS, Port.DICOM_TLS, Port.MLLP_TLS)) {
      Program.Result shown =
          Program.OPENSSL.run(
              "s_client",
              "-connect",
              "localhost:" + hospital.server().port(port),
              "-CAfile",
              renewed.pem(),
              "-verify_return_error",
              "-brief");
      assertThat(shown.output()).as(port.title()).contains("Verification: OK");
    }

    // Other tests of this run know the certificate from before.
    Rest administrator = hospital.server().as(null, "PLATFORM_ADMIN");
    Files.write(store, storeBefore);
    Files.write(trusted, trustedBefore);
    administrator.post("api/platform/keys/tls/reload", null).ok();
  }

  private static Rest platform() {
    return hospital.server().as(null, "PLATFORM_ADMIN");
  }

  private static void policy(String transport, Certificate... known) {
    platform()
        .send(
            "PUT",
            "api/platform/peer-policies/" + hospital.id(),
            Map.of(
                "dicom",
                transport,
                "hl7",
                "plain",
                "peers",
                java.util.Arrays.stream(known)
                    .map(
                        c ->
                            Map.of(
                                "protocol", "dicom",
                                "name", c.name(),
                                "certificate", c.text()))
                    .toList()))
        .ok();
  }

  private static Program.Result echo(String calling, Certificate certificate) {
    return Program.ECHOSCU.run(
        "-v",
        "-pw",
        "+tls",
        certificate.key(),
        certificate.pem(),
        "+cf",
        ours(),
        "-aet",
        calling,
        "-aec",
        hospital.aeTitle(),
        "localhost",
        tls());
  }

  private static String ours() {
    return hospital.server().home().certificate().toString();
  }

  private static String tls() {
    return Integer.toString(hospital.server().port(Port.DICOM_TLS));
  }
}
