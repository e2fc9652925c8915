package org.vigil.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;

class DicomServerTest {

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final StoreRecorder recorder = new StoreRecorder();
  private DicomServer server;

  @TempDir Path folder;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    executor.shutdownNow();
  }

  private DicomServer.Builder builder() {
    return DicomServer.builder(executor)
        .storeHandler(recorder)
        .artimTimeout(Duration.ofSeconds(5))
        .idleTimeout(Duration.ofSeconds(20));
  }

  private RemoteAe start(DicomServer.Builder builder) throws IOException {
    server = builder.start();
    return RemoteAe.of("localhost", server.port(), "VIGIL", "TEST");
  }

  private static Attributes dataset(byte[] file) throws IOException {
    return DicomReader.of(new ByteArrayInputStream(file)).read().dataset();
  }

  @Test
  void echoes() throws Exception {
    assertThat(EchoScu.echo(start(builder()))).isPositive();
    await().until(() -> recorder.events.contains("released"));
  }

  @Test
  void storesFromMemoryAndFromFilesOverOneAssociation() throws Exception {
    RemoteAe remote = start(builder().acceptor(r -> AssociationDecision.accept("a tenant")));
    Attributes memory = Samples.slice(300);
    Attributes onDisk = Samples.slice(700);
    Path file = folder.resolve("x.dcm");
    DicomWriter.write(file, onDisk, UID.ExplicitVRBigEndian);
    List<StoreItem> items =
        List.of(StoreItem.of(memory, UID.ImplicitVRLittleEndian), StoreItem.of(file));
    List<StoreResult> results = StorageScu.storeAll(remote, items);
    assertThat(results).allMatch(StoreResult::isStored);
    for (Attributes sent : List.of(memory, onDisk)) {
      Attributes got = dataset(recorder.files.get(sent.getString(Tag.SOPInstanceUID)));
      assertThat(got.getBytes(Tag.PixelData)).isEqualTo(sent.getBytes(Tag.PixelData));
      assertThat(got.getString(Tag.PatientName)).isEqualTo("Phantom^One");
    }
    await()
        .untilAsserted(
            () -> assertThat(recorder.events).containsExactly("opened TEST a tenant", "released"));
  }

  @Test
  void rejectsWithTheReasonTheAcceptorGives() throws Exception {
    for (RejectReason reason : RejectReason.values()) {
      RemoteAe remote = start(builder().acceptor(r -> AssociationDecision.reject(reason)));
      assertThatThrownBy(() -> EchoScu.echo(remote))
          .isInstanceOfSatisfying(
              AssociationRejectedException.class,
              e -> {
                assertThat(e.result()).isEqualTo(reason.result());
                assertThat(e.source()).isEqualTo(reason.source());
                assertThat(e.reason()).isEqualTo(reason.reason());
              });
      server.close();
    }
    assertThat(recorder.events).isEmpty();
  }

  @Test
  void anAcceptorThatFailsRefusesForNow() throws Exception {
    RemoteAe remote =
        start(
            builder()
                .acceptor(
                    r -> {
                      throw new IllegalStateException("database down");
                    }));
    assertThatThrownBy(() -> EchoScu.echo(remote))
        .isInstanceOfSatisfying(
            AssociationRejectedException.class, e -> assertThat(e.isTransient()).isTrue());
  }

  @Test
  void refusesAssociationsBeyondTheBoundAndRecovers() throws Exception {
    RemoteAe remote = start(builder().maxAssociations(1));
    List<PresentationContext> proposal =
        List.of(new PresentationContext(1, UID.Verification, List.of(UID.ImplicitVRLittleEndian)));
    try (Association first = Association.open(remote, proposal)) {
      assertThat(first.isOpen()).isTrue();
      assertThatThrownBy(() -> Association.open(remote, proposal))
          .isInstanceOfSatisfying(
              AssociationRejectedException.class,
              e -> assertThat(e.reason()).isEqualTo(RejectReason.LOCAL_LIMIT_EXCEEDED.reason()));
      assertThat(first.echo().code()).isZero();
    }
    await().until(() -> server.activeAssociations() == 0);
    assertThat(EchoScu.echo(remote)).isPositive();
  }

  @Test
  void aHandlersExceptionBecomesAStatusAndTheAssociationGoesOn() throws Exception {
    List<Exception> thrown = new ArrayList<>();
    CStoreHandler handler =
        request -> {
          if (thrown.isEmpty()) {
            // Nothing of the data set is read.
            thrown.add(new IllegalStateException("disk full"));
            throw thrown.get(0);
          }
          if (thrown.size() == 1) {
            request.data().readNBytes(10);
            thrown.add(new DicomException(DicomError.MALFORMED, "no data set"));
            throw thrown.get(1);
          }
          return DimseStatus.of(0xB000, "coerced");
        };
    RemoteAe remote = start(builder().storeHandler(handler));
    List<StoreItem> items = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      items.add(StoreItem.of(Samples.slice(400), UID.ExplicitVRLittleEndian));
    }
    List<StoreResult> results = StorageScu.storeAll(remote, items);
    assertThat(results.get(0).status().code()).isEqualTo(DimseStatus.PROCESSING_FAILURE);
    assertThat(results.get(0).status().comment()).doesNotContain("disk");
    assertThat(results.get(1).status().code()).isEqualTo(DimseStatus.CANNOT_UNDERSTAND);
    assertThat(results.get(1).status().comment()).contains("DICOM-0002");
    assertThat(results.get(2).status()).isEqualTo(DimseStatus.of(0xB000, "coerced"));
    assertThat(results.get(2).isStored()).isTrue();
  }

  @Test
  void whatIsNotAcceptedIsNotSent() throws Exception {
    RemoteAe remote = start(builder().storageAccepted((sopClass, syntax) -> false));
    List<StoreItem> items = List.of(StoreItem.of(Samples.slice(8), UID.ExplicitVRLittleEndian));
    StoreResult result = StorageScu.storeAll(remote, items).get(0);
    assertThat(result.sent()).isFalse();
    assertThat(result.isStored()).isFalse();
  }

  @Test
  void aFileIsConvertedWhereThePeerTakesOnlyImplicitVr() throws Exception {
    RemoteAe remote =
        start(
            builder().storageAccepted((sop, syntax) -> syntax.equals(UID.ImplicitVRLittleEndian)));
    Attributes slice = Samples.slice(64);
    Path file = folder.resolve("e.dcm");
    DicomWriter.write(file, slice, UID.DeflatedExplicitVRLittleEndian);
    assertThat(StorageScu.storeAll(remote, List.of(StoreItem.of(file))).get(0).isStored()).isTrue();
    byte[] stored = recorder.files.get(slice.getString(Tag.SOPInstanceUID));
    assertThat(DicomReader.of(new ByteArrayInputStream(stored)).read().transferSyntax())
        .isEqualTo(UID.ImplicitVRLittleEndian);
    assertThat(dataset(stored).getBytes(Tag.PixelData)).isEqualTo(slice.getBytes(Tag.PixelData));
  }

  @Test
  void severalAssociationsAtATime() throws Exception {
    RemoteAe remote = start(builder());
    List<Future<List<StoreResult>>> running = new ArrayList<>();
    for (int sender = 0; sender < 8; sender++) {
      running.add(
          executor.submit(
              () -> {
                List<StoreItem> items = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                  items.add(StoreItem.of(Samples.slice(128), UID.ExplicitVRLittleEndian));
                }
                return StorageScu.storeAll(remote, items);
              }));
    }
    for (Future<List<StoreResult>> sender : running) {
      assertThat(sender.get()).hasSize(20).allMatch(StoreResult::isStored);
    }
    assertThat(recorder.files).hasSize(160);
    await().until(() -> recorder.events.stream().filter("released"::equals).count() == 8);
  }

  @Test
  void smallPdusOfThePeerAreRespected() throws Exception {
    RemoteAe remote = start(builder().maxPduLength(4096));
    Attributes slice = Samples.slice(512);
    assertThat(
            StorageScu.storeAll(remote, List.of(StoreItem.of(slice, UID.ExplicitVRLittleEndian)))
                .get(0)
                .isStored())
        .isTrue();
    assertThat(
            dataset(recorder.files.get(slice.getString(Tag.SOPInstanceUID)))
                .getBytes(Tag.PixelData))
        .isEqualTo(slice.getBytes(Tag.PixelData));
  }

  @Test
  void anAbortReachesTheListener() throws Exception {
    RemoteAe remote = start(builder());
    StorageScu scu =
        StorageScu.open(
            remote, List.of(StoreItem.of(Samples.slice(8), UID.ExplicitVRLittleEndian)));
    scu.association().abort();
    await().until(() -> recorder.events.contains("aborted"));
    assertThat(recorder.events).doesNotContain("released");
  }

  @Test
  void halfAnInstanceIsNeverStored() throws Exception {
    RemoteAe remote = start(builder());
    Attributes slice = Samples.slice(1024);
    List<StoreItem> items = List.of(StoreItem.of(slice, UID.ExplicitVRLittleEndian));
    try (StorageScu scu = StorageScu.open(remote, items)) {
      PresentationContext context =
          scu.association().acceptedContext(UID.CTImageStorage, UID.ExplicitVRLittleEndian);
      assertThatThrownBy(
              () ->
                  scu.association()
                      .request(
                          context,
                          CommandSet.cStoreRequest(1, UID.CTImageStorage, "1.2.3"),
                          out -> {
                            out.write(new byte[500_000]);
                            throw new IOException("the source broke");
                          }))
          .hasMessage("the source broke");
    }
    await().until(() -> recorder.events.contains("aborted"));
    assertThat(recorder.files).isEmpty();
  }

  @Test
  void stoppingAbortsWhatIsOpen() throws Exception {
    RemoteAe remote = start(builder());
    StorageScu scu =
        StorageScu.open(
            remote, List.of(StoreItem.of(Samples.slice(8), UID.ExplicitVRLittleEndian)));
    server.stop(Duration.ofMillis(50));
    assertThat(server.activeAssociations()).isZero();
    assertThatThrownBy(() -> scu.store(StoreItem.of(Samples.slice(8), UID.ExplicitVRLittleEndian)))
        .isInstanceOf(DicomException.class);
    assertThatThrownBy(() -> EchoScu.echo(remote))
        .isInstanceOfSatisfying(
            DicomException.class,
            e -> assertThat(e.error()).isEqualTo(DicomError.PEER_UNREACHABLE));
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    start(builder());
    assertThatThrownBy(() -> builder().port(server.port()).start())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(server.port()));
  }

  // --- peers that do not keep to the protocol
  // -----------------------------------------------------

  /** Sends bytes and returns the PDU that comes back: type in [0], then its body. */
  private byte[] answerTo(byte[] bytes) throws IOException {
    try (Socket socket = new Socket("localhost", server.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      return pdu(new DataInputStream(socket.getInputStream()));
    }
  }

  private static byte[] pdu(DataInputStream in) throws IOException {
    int type = in.readByte();
    in.readByte();
    byte[] body = new byte[in.readInt()];
    in.readFully(body);
    return ByteBuffer.allocate(1 + body.length).put((byte) type).put(body).array();
  }

  private static byte[] frame(int type, int length, byte[] body) {
    return ByteBuffer.allocate(6 + body.length)
        .put((byte) type)
        .put((byte) 0)
        .putInt(length)
        .put(body)
        .array();
  }

  private static byte[] request(int protocolVersion, String applicationContext) {
    return new AssociatePdu(
            protocolVersion,
            "VIGIL",
            "RAW",
            applicationContext,
            List.of(
                new PresentationContext(1, UID.Verification, List.of(UID.ImplicitVRLittleEndian))),
            16384,
            "1.2",
            "RAW",
            AssociatePdu.Negotiation.NONE)
        .encode(true);
  }

  @Test
  void malformedPdusAreAnsweredWithAbortAndItsReason() throws Exception {
    start(builder());
    byte[] good = request(1, UID.DICOMApplicationContext);
    byte[] unknown = answerTo(frame(0x47, 100, "GET / HTTP/1.0".getBytes()));
    assertThat(unknown[0]).isEqualTo((byte) PduChannel.ABORT);
    assertThat(unknown[4]).isEqualTo((byte) 1);
    assertThat(answerTo(frame(PduChannel.P_DATA_TF, 0, new byte[0]))[4]).isEqualTo((byte) 2);
    assertThat(answerTo(frame(PduChannel.ASSOCIATE_RQ, Integer.MAX_VALUE, good))[4])
        .isEqualTo((byte) 6);
    assertThat(answerTo(frame(PduChannel.ASSOCIATE_RQ, 10, new byte[10]))[4]).isEqualTo((byte) 6);
    byte[] itemTooLong = good.clone();
    itemTooLong[70] = 0x7F;
    assertThat(answerTo(frame(PduChannel.ASSOCIATE_RQ, good.length, itemTooLong))[4])
        .isEqualTo((byte) 6);
    assertThat(EchoScu.echo(RemoteAe.of("localhost", server.port(), "VIGIL", "T"))).isPositive();
  }

  @Test
  void aForeignProtocolVersionOrApplicationContextIsRejected() throws Exception {
    start(builder());
    byte[] version = request(2, UID.DICOMApplicationContext);
    assertThat(answerTo(frame(PduChannel.ASSOCIATE_RQ, version.length, version)))
        .containsExactly(PduChannel.ASSOCIATE_RJ, 0, 1, 2, 2);
    byte[] context = request(1, "1.2.3");
    assertThat(answerTo(frame(PduChannel.ASSOCIATE_RQ, context.length, context)))
        .containsExactly(PduChannel.ASSOCIATE_RJ, 0, 1, 1, 2);
  }

  @Test
  void aSilentPeerIsLeftAfterTheArtimTimer() throws Exception {
    start(builder().artimTimeout(Duration.ofMillis(300)));
    try (Socket socket = new Socket("localhost", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(PduChannel.ASSOCIATE_RQ);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    await().until(() -> server.activeAssociations() == 0);
  }

  @Test
  void anIdleAssociationIsAborted() throws Exception {
    start(builder().idleTimeout(Duration.ofMillis(300)));
    byte[] good = request(1, UID.DICOMApplicationContext);
    try (Socket socket = new Socket("localhost", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(frame(PduChannel.ASSOCIATE_RQ, good.length, good));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertThat(pdu(in)[0]).isEqualTo((byte) PduChannel.ASSOCIATE_AC);
      assertThat(pdu(in)[0]).isEqualTo((byte) PduChannel.ABORT);
    }
    await().until(() -> recorder.events.contains("aborted"));
  }

  @Test
  void damagedDataPdusAreAborted() throws Exception {
    start(builder());
    byte[] good = request(1, UID.DICOMApplicationContext);
    byte[][] damaged = {
      frame(PduChannel.P_DATA_TF, 6, new byte[] {0, 0, 0, 100, 1, 3}),
      frame(PduChannel.P_DATA_TF, 6, new byte[] {0, 0, 0, 2, 1, 0}),
      frame(PduChannel.P_DATA_TF, 10, new byte[] {0, 0, 0, 6, 1, 3, 9, 9, 9, 9}),
      frame(PduChannel.P_DATA_TF, 6, new byte[] {0, 0, 0, 2, 99, 3}),
      frame(PduChannel.ASSOCIATE_RQ, good.length, good),
    };
    for (byte[] pdu : damaged) {
      try (Socket socket = new Socket("localhost", server.port())) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(frame(PduChannel.ASSOCIATE_RQ, good.length, good));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertThat(pdu(in)[0]).isEqualTo((byte) PduChannel.ASSOCIATE_AC);
        socket.getOutputStream().write(pdu);
        assertThat(pdu(in)[0]).isEqualTo((byte) PduChannel.ABORT);
      }
    }
  }
}
