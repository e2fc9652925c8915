package org.vigil.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

/**
 * Query and retrieve with dcmtk on either side, where it is installed; with CI=true its absence is
 * a failure.
 */
@EnabledIf("dcmtkIsThereOrMustBe")
class DcmtkQueryTest {
  private static final List<String> PROGRAMS =
      List.of("findscu", "getscu", "movescu", "dcmqrscp", "storescp");
  private static final String FIND = UID.StudyRootQueryRetrieveInformationModelFind;
  private static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMove;
  private static final String GET = UID.StudyRootQueryRetrieveInformationModelGet;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Archive archive = new Archive();
  private DicomServer server;

  @TempDir Path folder;

  static boolean dcmtkIsThereOrMustBe() {
    return "true".equals(System.getenv("CI"))
        || PROGRAMS.stream().allMatch(DcmtkQueryTest::isOnPath);
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  @BeforeEach
  void start() throws IOException {
    server = DicomServer.builder(executor).storeHandler(archive.store).service(archive).start();
  }

  @AfterEach
  void stop() {
    server.close();
    executor.shutdownNow();
  }

  @Test
  void dcmtkFindsGetsAndMoves() throws Exception {
    List<StoreItem> items = items(3);
    StorageScu.storeAll(RemoteAe.of("localhost", server.port(), "ARCHIVE", "TEST"), items);
    String port = Integer.toString(server.port());

    String found =
        run(
            "findscu",
            "-v",
            "-S",
            "-aec",
            "ARCHIVE",
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID",
            "-k",
            "PatientName",
            "localhost",
            port);
    assertThat(found).contains("Phantom^One").contains("Success");

    Path got = Files.createDirectory(folder.resolve("got"));
    run(
        "getscu",
        "-v",
        "-S",
        "-aec",
        "ARCHIVE",
        "-od",
        got.toString(),
        "-k",
        "QueryRetrieveLevel=STUDY",
        "-k",
        "StudyInstanceUID=",
        "localhost",
        port);
    assertThat(files(got)).isEqualTo(3);

    StoreRecorder there = new StoreRecorder();
    try (DicomServer destination = DicomServer.builder(executor).storeHandler(there).start()) {
      archive.destinations.put(
          "THERE", RemoteAe.of("localhost", destination.port(), "THERE", "ARCHIVE"));
      run(
          "movescu",
          "-v",
          "-S",
          "-aec",
          "ARCHIVE",
          "-aem",
          "THERE",
          "-k",
          "QueryRetrieveLevel=STUDY",
          "-k",
          "StudyInstanceUID=",
          "localhost",
          port);
      assertThat(there.files).hasSize(3);
    }
  }

  @Test
  void weFindGetAndMoveFromDcmtk() throws Exception {
    int port = freePort();
    StoreRecorder here = new StoreRecorder();
    try (DicomServer destination = DicomServer.builder(executor).storeHandler(here).start()) {
      Path database = Files.createDirectory(folder.resolve("database"));
      Path configuration = folder.resolve("dcmqrscp.cfg");
      Files.writeString(
          configuration,
          """
          MaxPDUSize = 16384
          MaxAssociations = 16
          HostTable BEGIN
          us = (TEST, localhost, %d)
          HostTable END
          VendorTable BEGIN
          VendorTable END
          AETable BEGIN
          QR %s RW (100, 1024mb) ANY
          AETable END
          """
              .formatted(destination.port(), database));
      Process peer = start("dcmqrscp", "-c", configuration.toString(), Integer.toString(port));
      try {
        RemoteAe remote = RemoteAe.of("localhost", port, "QR", "TEST");
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(() -> EchoScu.echo(remote) != null);
        List<StoreItem> items = items(3);
        assertThat(StorageScu.storeAll(remote, items)).allMatch(StoreResult::isStored);
        Attributes identifier = new Attributes();
        identifier.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
        identifier.setString(Tag.StudyInstanceUID, VR.UI, "");
        List<String> studies = new ArrayList<>();
        try (QueryScu scu = QueryScu.open(remote, List.of(FIND, MOVE))) {
          assertThat(
                  scu.find(
                          FIND,
                          identifier,
                          match -> studies.add(match.getString(Tag.StudyInstanceUID)))
                      .code())
              .isZero();
          assertThat(studies).hasSize(3);
          Attributes one = new Attributes(identifier);
          one.setString(Tag.StudyInstanceUID, VR.UI, studies.get(0));
          assertThat(scu.move(MOVE, one, "TEST", progress -> {}).isComplete()).isTrue();
        }
        assertThat(here.files).hasSize(1);
        try (QueryScu scu =
            QueryScu.openForGet(
                remote,
                List.of(GET),
                List.of(UID.CTImageStorage),
                List.of(UID.ExplicitVRLittleEndian))) {
          for (String study : studies) {
            Attributes one = new Attributes(identifier);
            one.setString(Tag.StudyInstanceUID, VR.UI, study);
            assertThat(scu.get(GET, one, here, progress -> {}).isComplete()).isTrue();
          }
        }
        assertThat(here.files).hasSize(3);
      } finally {
        peer.destroy();
        peer.waitFor();
      }
    }
  }

  private static List<StoreItem> items(int count) throws Exception {
    List<StoreItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(StoreItem.of(Samples.slice(64), UID.ExplicitVRLittleEndian));
    }
    return items;
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Files.createTempFile(folder, "peer", ".log").toFile())
        .start();
  }

  private String run(String... command) throws Exception {
    Path log = Files.createTempFile(folder, "peer", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int exit = process.waitFor();
    String output = Files.readString(log);
    assertThat(exit).as(output).isZero();
    return output;
  }
}
