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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;

/** Talks to dcmtk where it is installed; with CI=true its absence is a failure. */
@EnabledIf("dcmtkIsThereOrMustBe")
class DcmtkPeerTest {

  private static final List<String> PROGRAMS =
      List.of("echoscu", "storescu", "storescp", "dcmdump");

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final StoreRecorder recorder = new StoreRecorder();
  private DicomServer server;

  @TempDir Path folder;

  static boolean dcmtkIsThereOrMustBe() {
    return "true".equals(System.getenv("CI"))
        || PROGRAMS.stream().allMatch(DcmtkPeerTest::isOnPath);
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  @BeforeEach
  void start() throws IOException {
    assertThat(PROGRAMS).as("dcmtk (Debian package dcmtk)").allMatch(DcmtkPeerTest::isOnPath);
    server =
        DicomServer.builder(executor)
            .storeHandler(recorder)
            .acceptor(
                request ->
                    request.calledAe().equals("VIGIL")
                        ? AssociationDecision.accept()
                        : AssociationDecision.reject(RejectReason.CALLED_AE_TITLE_NOT_RECOGNIZED))
            .start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    executor.shutdownNow();
  }

  private record Outcome(int exit, String output) {}

  private Outcome run(String... command) throws Exception {
    Path log = Files.createTempFile(folder, "peer", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("TCP_NODELAY", "1");
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(log));
  }

  private String port() {
    return String.valueOf(server.port());
  }

  @Test
  void echoscuIsAnswered() throws Exception {
    Outcome outcome = run("echoscu", "-v", "-aec", "VIGIL", "localhost", port());
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("Received Echo Response (Success)");
  }

  @Test
  void echoscuReadsTheReasonOfARejection() throws Exception {
    Outcome outcome = run("echoscu", "-aec", "NOBODY", "localhost", port());
    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.output())
        .contains("Rejected Permanent")
        .contains("Service User")
        .contains("Called AE Title Not Recognized");
  }

  @Test
  void storescuDeliversWhatDcmdumpReads() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("storescu", "-aec", "VIGIL", "localhost", port()));
    List<Attributes> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Attributes slice = Samples.slice(256);
      Path file = folder.resolve("out" + i + ".dcm");
      DicomWriter.write(
          file, slice, i % 2 == 0 ? UID.ExplicitVRLittleEndian : UID.ImplicitVRLittleEndian);
      Outcome dump = run("dcmdump", "-q", file.toString());
      assertThat(dump.exit()).as(dump.output()).isZero();
      command.add(file.toString());
      sent.add(slice);
    }
    Outcome outcome = run(command.toArray(String[]::new));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    for (Attributes slice : sent) {
      Path stored = folder.resolve("stored.dcm");
      Files.write(stored, recorder.files.get(slice.getString(Tag.SOPInstanceUID)));
      assertThat(DicomReader.of(stored).read().dataset().getBytes(Tag.PixelData))
          .isEqualTo(slice.getBytes(Tag.PixelData));
      Outcome dump = run("dcmdump", "-q", stored.toString());
      assertThat(dump.exit()).as(dump.output()).isZero();
      assertThat(dump.output()).contains("VIGIL_0_1").contains("STORESCU");
    }
    await().until(() -> recorder.events.contains("released"));
  }

  @Test
  void storescuThatAbortsIsNoticed() throws Exception {
    Path file = folder.resolve("a.dcm");
    DicomWriter.write(file, Samples.slice(16), UID.ExplicitVRLittleEndian);
    run("storescu", "--abort", "-aec", "VIGIL", "localhost", port(), file.toString());
    await().until(() -> recorder.events.contains("aborted"));
    assertThat(recorder.files).hasSize(1);
  }

  @Test
  void storescpTakesWhatWeSend() throws Exception {
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    int port;
    try (ServerSocket probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }
    Process storescp =
        new ProcessBuilder(
                "storescp", "-aet", "PACS", "-od", inbox.toString(), String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("storescp.log").toFile())
            .start();
    try {
      RemoteAe remote = RemoteAe.of("localhost", port, "PACS", "VIGIL");
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> EchoScu.echo(remote).toNanos() > 0);
      List<StoreItem> items = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        items.add(StoreItem.of(Samples.slice(512), UID.ExplicitVRLittleEndian));
      }
      Path file = folder.resolve("f.dcm");
      DicomWriter.write(file, Samples.slice(512), UID.ImplicitVRLittleEndian);
      items.add(StoreItem.of(file));
      assertThat(StorageScu.storeAll(remote, items)).hasSize(6).allMatch(StoreResult::isStored);
      try (Stream<Path> stored = Files.list(inbox)) {
        List<Path> files = stored.toList();
        assertThat(files).hasSize(6);
        for (Path received : files) {
          assertThat(DicomReader.of(received).read().dataset().getBytes(Tag.PixelData))
              .isEqualTo(Samples.slice(512).getBytes(Tag.PixelData));
        }
      }
    } finally {
      storescp.destroy();
      assertThat(storescp.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
