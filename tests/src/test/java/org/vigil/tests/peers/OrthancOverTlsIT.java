package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** Orthanc as an archive that speaks DICOM over TLS only, to it and from it. */
class OrthancOverTlsIT {
  @TempDir private static Path folder;
  private static TestHospital hospital;
  private static Orthanc orthanc;
  private static Certificate certificate;

  @BeforeAll
  static void open() throws IOException {
    Program.ORTHANC.need();
    Program.OPENSSL.need();
    Program.STORESCU.need();
    hospital = TestHospital.open();
    certificate = Certificate.make(folder, "localhost");
    String vigils = hospital.server().home().certificate().toString();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("DicomTlsEnabled", true);
    settings.put("DicomTlsCertificate", certificate.pem());
    settings.put("DicomTlsPrivateKey", certificate.key());
    settings.put("DicomTlsTrustedCertificates", vigils);
    settings.put("DicomTlsRemoteCertificateRequired", false);
    settings.put(
        "DicomModalities",
        Map.of(
            "vigil",
            Map.of(
                "AET",
                hospital.aeTitle(),
                "Host",
                "localhost",
                "Port",
                hospital.server().port(Port.DICOM_TLS),
                "UseDicomTls",
                true)));
    orthanc = Orthanc.start(hospital, folder.resolve("orthanc"), settings);
  }

  @AfterAll
  static void close() {
    if (orthanc != null) {
      orthanc.close();
    }
    if (hospital != null) {
      hospital.close();
    }
  }

  private static void node(String trusted, String... capabilities) {
    hospital
        .as("TENANT_ADMIN")
        .send(
            "PUT",
            "api/pacs-nodes/archive",
            Map.of(
                "kind",
                "dimse",
                "aeTitle",
                Orthanc.AE_TITLE,
                "host",
                "localhost",
                "port",
                orthanc.dicomPort(),
                "tls",
                true,
                "trusted",
                trusted,
                "capabilities",
                List.of(capabilities)))
        .ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"move", "get"})
  void priorsAreFoundAndFetchedOverTls(String how) throws IOException {
    node(certificate.text(), "query", how);
    Visit visit = hospital.normal();
    Visit old =
        visit.with(visit.request().patient(), "OLD" + visit.accession().substring(4), Uids.fresh());
    store(old);

    hospital.sendOrder(visit);
    hospital.sendStudy(visit);

    List<JsonNode> priors =
        Patience.until(
            "the prior to be here",
            () ->
                TestHospital.list(
                    hospital
                        .as("RADIOLOGIST")
                        .get("api/studies/" + visit.study())
                        .ok()
                        .path("priors")),
            all -> all.stream().anyMatch(p -> p.path("state").asText().equals("stored")));
    assertThat(priors.get(0).path("studyInstanceUid").asText()).isEqualTo(old.study());
  }

  /** By dcmtk's storescu, since Orthanc takes nothing without TLS. */
  private static void store(Visit visit) throws IOException {
    Attributes film = visit.dicom();
    film.setString(Tag.StudyDate, VR.DA, "20250317");
    film.setString(Tag.StudyDescription, VR.LO, "Chest PA");
    Path file = folder.resolve(visit.study() + ".dcm");
    DicomWriter.write(file, film, UID.ExplicitVRLittleEndian);
    Program.Result stored =
        Program.STORESCU.run(
            "-v",
            "+tla",
            "+cf",
            certificate.pem(),
            "-aec",
            Orthanc.AE_TITLE,
            "localhost",
            Integer.toString(orthanc.dicomPort()),
            file.toString());
    assertThat(stored.exitCode()).as(stored.output()).isZero();
    Files.delete(file);
  }

  @Test
  void anArchiveWhoseCertificateIsNotTheOneKnownIsNotAsked() throws IOException {
    node(Certificate.make(folder, "stranger").text(), "query", "move");
    JsonNode seen = hospital.as("TENANT_ADMIN").post("api/pacs-nodes/archive/echo", Map.of()).ok();
    assertThat(seen.path("state").asText()).isEqualTo("down");

    node(certificate.text(), "query", "move");
    seen = hospital.as("TENANT_ADMIN").post("api/pacs-nodes/archive/echo", Map.of()).ok();
    assertThat(seen.path("state").asText()).isEqualTo("up");
  }
}
