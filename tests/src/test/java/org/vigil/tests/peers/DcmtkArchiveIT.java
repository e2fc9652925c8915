package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.cli.server.Port;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.EchoScu;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreResult;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;
import org.vigil.tests.server.Visit;

/** dcmtk's dcmqrscp as the archive that priors come from. */
class DcmtkArchiveIT {
  @TempDir private static Path folder;
  private static TestHospital hospital;
  private static Process archive;
  private static RemoteAe remote;
  private static int port;

  @BeforeAll
  static void open() throws IOException {
    Program.DCMQRSCP.need();
    hospital = TestHospital.open();
    port = VigilServer.freePorts(1).get(0);
    Path configuration = folder.resolve("dcmqrscp.cfg");
    Files.writeString(
        configuration,
        """
        MaxPDUSize = 16384
        MaxAssociations = 16
        HostTable BEGIN
        vigil = (%s, localhost, %d)
        HostTable END
        VendorTable BEGIN
        VendorTable END
        AETable BEGIN
        DCMQR %s RW (100, 1024mb) ANY
        AETable END
        """
            .formatted(
                hospital.aeTitle(),
                hospital.server().port(Port.DICOM),
                Files.createDirectory(folder.resolve("database"))));
    archive =
        new ProcessBuilder("dcmqrscp", "-c", configuration.toString(), Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("dcmqrscp.log").toFile())
            .start();
    remote = RemoteAe.of("localhost", port, "DCMQR", "OLDMODALITY");
    Patience.until("dcmqrscp to start", DcmtkArchiveIT::answers, answers -> answers);
  }

  private static boolean answers() {
    try {
      return EchoScu.echo(remote) != null;
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  @AfterAll
  static void close() throws InterruptedException {
    if (archive != null) {
      archive.destroy();
      archive.waitFor(10, TimeUnit.SECONDS);
    }
    if (hospital != null) {
      hospital.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"move", "get"})
  void thePriorOfAnOrdersPatientIsFoundAndFetched(String how) throws IOException {
    hospital
        .as("TENANT_ADMIN")
        .send(
            "PUT",
            "api/pacs-nodes/dcmqrscp",
            Map.of(
                "kind", "dimse",
                "aeTitle", "DCMQR",
                "host", "localhost",
                "port", port,
                "capabilities", List.of("query", how)))
        .ok();
    Visit visit = hospital.normal();
    Visit old =
        visit.with(visit.request().patient(), "OLD" + visit.accession().substring(4), Uids.fresh());
    assertThat(StorageScu.storeAll(remote, old.images(DcmtkArchiveIT::earlier)))
        .allMatch(StoreResult::isStored);

    hospital.sendOrder(visit);
    hospital.sendStudy(visit);

    JsonNode prior =
        Patience.until(
                "the prior to be here",
                () ->
                    TestHospital.list(
                        hospital
                            .as("RADIOLOGIST")
                            .get("api/studies/" + visit.study())
                            .ok()
                            .path("priors")),
                all -> all.stream().anyMatch(p -> p.path("state").asText().equals("stored")))
            .get(0);
    assertThat(prior.path("studyInstanceUid").asText()).isEqualTo(old.study());
    assertThat(prior.path("instances").asInt()).isEqualTo(1);
    assertThat(prior.path("problem").isNull()).isTrue();
  }

  private static void earlier(Attributes film) {
    film.setString(Tag.StudyDate, VR.DA, "20250317");
    film.setString(Tag.StudyDescription, VR.LO, "Chest PA");
  }
}
