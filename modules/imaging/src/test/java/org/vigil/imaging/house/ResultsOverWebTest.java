package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.net.StorageScu;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNodes;
import org.vigil.imaging.api.ResultObjects;
import org.vigil.imaging.api.StorageCommitments;
import org.vigil.imaging.api.StorageCommitments.Commitment;
import org.vigil.kernel.Actor;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.tenancy.api.Destination;

/** Objects stored at an archive by STOW-RS: at Orthanc, and at one that refuses. */
class ResultsOverWebTest {
  @TempDir private static Path folder;
  private static ImagingHouse house;
  private static Film film;

  @BeforeAll
  static void store() throws IOException {
    house = new ImagingHouse(folder.resolve("house"));
    film = Film.of("STOW-1", "STOW-A1", "20261122", "Chest PA");
    StorageScu.storeAll(house.remote("DXROOM1"), List.of(film.item()));
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
  }

  private static void send(Destination destination) {
    house.in(
        () -> house.the(ResultObjects.class).send(SopInstanceUid.of(film.instance()), destination));
  }

  @Test
  void orthancStoresAndCommits() {
    Assumptions.assumeTrue(OrthancProcess.isInstalled(), "install the Debian package orthanc");
    Assumptions.assumeTrue(
        OrthancProcess.hasDicomWeb(), "install the Debian package orthanc-dicomweb");
    try (OrthancProcess orthanc = new OrthancProcess(folder.resolve("orthanc"), house.port())) {
      house.in(
          () ->
              house
                  .the(PacsNodes.class)
                  .set(
                      orthanc.node(Capability.STORE, Capability.COMMIT),
                      Actor.person("pacs", null)));

      send(orthanc.webDestination());

      assertThat(
              orthanc.post(
                  "/tools/find",
                  Map.of(
                      "Level",
                      "Instance",
                      "Query",
                      Map.of("SOPInstanceUID", film.instance(), "PatientID", "STOW-1"))))
          .hasSize(1);
      house.workUntil(
          () ->
              assertThat(commitments())
                  .extracting(Commitment::state)
                  .containsExactly(StorageCommitments.State.COMMITTED));

      // Sent again, it is the same object.
      assertThatCode(() -> send(orthanc.webDestination())).doesNotThrowAnyException();
      orthanc.stop();
      assertThatThrownBy(() -> send(orthanc.webDestination())).hasMessageContaining("IMAGING-0011");
    }
  }

  private static List<Commitment> commitments() {
    return new ArrayList<>(house.the(StorageCommitments.class).list(null, 1000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {}                                | stored",
        "200 | no JSON at all                    | stored",
        "202 | {\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081197\":{\"vr\":\"US\",\"Value\":[272]}}]}}"
            + " | 0110H",
        "409 | {\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081197\":{\"vr\":\"US\",\"Value\":[273]}}]}}"
            + " | stored",
        "409 | {\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081197\":{\"vr\":\"US\",\"Value\":[42752]}}]}}"
            + " | A700H",
        "409 | {}                                | HTTP 409",
        "401 | {}                                | HTTP 401",
        "503 | busy                              | HTTP 503",
      })
  void whatAnArchiveAnswersCounts(int status, String answer, String result) throws IOException {
    HttpServer archive =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> received = new ArrayList<>();
    archive.createContext(
        "/dicom-web/studies",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    archive.start();
    try {
      Destination destination =
          new Destination(
              null,
              Destination.Kind.DICOM,
              null,
              0,
              null,
              "http://127.0.0.1:" + archive.getAddress().getPort() + "/dicom-web",
              null);
      if (result.equals("stored")) {
        assertThatCode(() -> send(destination)).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> send(destination))
            .hasMessageContaining("IMAGING-0011")
            .hasMessageContaining(result);
      }
      assertThat(received).singleElement().asString().contains("DICM", film.instance());
    } finally {
      archive.stop(0);
    }
  }
}
