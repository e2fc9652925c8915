package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vigil.cli.demo.peer.Modality;
import org.vigil.cli.demo.peer.Pacs;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.net.StoreResult;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;
import org.vigil.tests.server.Visit;

/**
 * Killing the server in the middle ({@code kill -9}) and starting it again finishes the night with
 * the same totals and no duplicate result: some studies are received by then, some analysed, some
 * delivered, the rest still with the modality, which sends again what was not acknowledged.
 */
class KillNineIT {
  private static final int STUDIES = 16;
  private static final int CRITICAL = 11;

  /** So many at most are with Vigil when it is killed; the others come while it is down. */
  private static final int BEFORE = 12;

  private VigilServer server;
  private TestHospital hospital;
  private ExecutorService modality;

  @BeforeEach
  void startAServerOfItsOwn() {
    server = new VigilServer("kill-nine", Map.of("vigil.server.heap", "700m"));
    server.start();
    hospital = TestHospital.open(server);
    modality = Executors.newSingleThreadExecutor();
  }

  @AfterEach
  void stopIt() {
    if (modality != null) {
      modality.shutdownNow();
    }
    if (hospital != null) {
      hospital.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theNightEndsWithTheSameTotalsAndNothingTwice() throws Exception {
    List<Visit> night = new ArrayList<>();
    for (int i = 1; i <= STUDIES; i++) {
      night.add(i == CRITICAL ? hospital.critical() : hospital.normal());
    }
    night.forEach(hospital::sendOrder);
    CountDownLatch killed = new CountDownLatch(1);
    Future<?> sending =
        modality.submit(
            () -> {
              night.subList(0, BEFORE).forEach(this::sendUntilAcknowledged);
              killed.await();
              night.subList(BEFORE, STUDIES).forEach(this::sendUntilAcknowledged);
              return null;
            });
    Patience.until(
        "the first to be analysed", () -> hospital.summary().get("analysed").asInt(), n -> n >= 2);

    server.kill();
    killed.countDown();
    server.start();
    sending.get(15, TimeUnit.MINUTES);

    // What was prepared when it was killed is recovered minutes later.
    Awaitility.await("the night to end")
        .atMost(15, TimeUnit.MINUTES)
        .pollInterval(1, TimeUnit.SECONDS)
        .until(() -> hospital.summary().get("analysed").asInt() == STUDIES);
    hospital.waitUntilDelivered();

    JsonNode summary = hospital.summary();
    assertThat(summary.get("studies").asInt()).isEqualTo(STUDIES);
    assertThat(summary.get("failed").asInt()).isZero();
    assertThat(summary.get("notRun").asInt()).isZero();
    assertThat(summary.get("awaitingOrders").asInt()).isZero();
    for (String kind : List.of("dicom_sr", "dicom_sc", "hl7_oru", "fhir_bundle")) {
      assertThat(summary.get("deliveries").get(kind).get("delivered").asInt())
          .as(kind)
          .isEqualTo(STUDIES);
    }
    assertThat(hospital.audit("ANALYSIS_COMPLETED")).hasSize(STUDIES);
    assertThat(hospital.audit("ORDER_RECEIVED")).hasSize(STUDIES);
    assertThat(hospital.audit("STUDY_MATCHED")).hasSize(STUDIES);

    Set<String> studies = new HashSet<>(night.stream().map(Visit::study).toList());
    assertThat(studiesOf(UID.Comprehensive3DSRStorage))
        .containsExactlyInAnyOrderElementsOf(studies);
    assertThat(studiesOf(UID.SecondaryCaptureImageStorage))
        .containsExactlyInAnyOrderElementsOf(studies);
    assertThat(hospital.pacs().contradictions()).isZero();

    assertThat(hospital.ris().results()).hasSize(STUDIES);
    for (Visit visit : night) {
      assertThat(hospital.ris().results())
          .as("results of one order")
          .filteredOn(result -> result.contains(visit.accession()))
          .hasSize(1);
    }
    assertThat(hospital.ris().contradictions()).isZero();

    assertThat(hospital.chart().all(DiagnosticReport.class)).hasSize(STUDIES);
    assertThat(hospital.chart().all(ImagingStudy.class)).hasSize(STUDIES);
    assertThat(hospital.chart().all(Communication.class)).hasSize(1);
    assertThat(hospital.chart().changes())
        .noneMatch(key -> !key.startsWith("Communication/") && !key.startsWith("Device/"));

    JsonNode top = hospital.worklist().get(0);
    assertThat(top.get("studyInstanceUid").asText()).isEqualTo(night.get(CRITICAL - 1).study());
    assertThat(top.get("position").asInt()).isEqualTo(1);
  }

  /** As a modality does with its own queue: again and again, until the answer is a success. */
  private void sendUntilAcknowledged(Visit visit) {
    Awaitility.await("the study to be acknowledged")
        .atMost(10, TimeUnit.MINUTES)
        .pollDelay(0, TimeUnit.SECONDS)
        .pollInterval(500, TimeUnit.MILLISECONDS)
        .pollInSameThread()
        .until(
            () -> {
              try {
                return new Modality(hospital.dicom())
                    .send(visit.images()).stream().allMatch(StoreResult::isStored);
              } catch (IOException e) {
                // No answer: it keeps what it has.
                return false;
              }
            });
  }

  /** The study of each object of this class, so that a second one of a study shows. */
  private List<String> studiesOf(String sopClass) throws IOException {
    List<String> studies = new ArrayList<>();
    for (Pacs.Stored stored : hospital.pacs().objects(sopClass)) {
      assertThat(Files.size(stored.file())).isPositive();
      Attributes dataset = DicomReader.of(ByteSource.of(stored.file())).read().dataset();
      studies.add(dataset.getString(Tag.StudyInstanceUID));
    }
    return studies;
  }
}
