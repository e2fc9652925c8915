package org.vigil.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;

/** Query, retrieve, commitment and procedure steps between our own two sides. */
class DimseServicesTest {
  private static final String FIND = UID.StudyRootQueryRetrieveInformationModelFind;
  private static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMove;
  private static final String GET = UID.StudyRootQueryRetrieveInformationModelGet;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Archive archive = new Archive();
  private final List<AssociationRequest> requests = new ArrayList<>();
  private DicomServer server;
  private RemoteAe remote;

  @BeforeEach
  void start() throws IOException {
    server =
        DicomServer.builder(executor)
            .storeHandler(archive.store)
            .service(archive)
            .acceptor(
                request -> {
                  requests.add(request);
                  return request.identity() == null
                      ? AssociationDecision.accept()
                      : AssociationDecision.acceptUser("checked");
                })
            .start();
    remote = RemoteAe.of("localhost", server.port(), "ARCHIVE", "TEST");
  }

  @AfterEach
  void stop() {
    server.close();
    executor.shutdownNow();
  }

  private List<StoreItem> stored(int count) throws Exception {
    List<StoreItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(StoreItem.of(Samples.slice(64), UID.ExplicitVRLittleEndian));
    }
    assertThat(StorageScu.storeAll(remote, items)).allMatch(StoreResult::isStored);
    return items;
  }

  private static Attributes anyStudy() {
    Attributes identifier = new Attributes();
    identifier.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
    identifier.setString(Tag.StudyInstanceUID, VR.UI, "");
    identifier.setString(Tag.PatientName, VR.PN, "");
    return identifier;
  }

  @Test
  void severalStoresAreOnTheirWayAtOnce() throws Exception {
    List<StoreItem> items = stored(40);

    assertThat(archive.store.files).hasSize(items.size());
    assertThat(requests).hasSize(1);
  }

  @Test
  void aWindowIsGrantedUpToTheServersOwn() throws Exception {
    List<PresentationContext> proposal =
        List.of(new PresentationContext(1, UID.Verification, List.of(UID.ImplicitVRLittleEndian)));
    try (Association wide =
            Association.open(remote, proposal, AssociationOptions.NONE.withOperationsInvoked(500));
        Association one = Association.open(remote, proposal)) {
      assertThat(wide.operationsInvoked()).isEqualTo(16);
      assertThat(one.operationsInvoked()).isEqualTo(1);
      assertThat(wide.echo().code()).isZero();
    }
  }

  @Test
  void findsMatches() throws Exception {
    stored(3);
    List<String> names = new ArrayList<>();
    try (QueryScu scu = QueryScu.open(remote, List.of(FIND))) {
      DimseStatus status =
          scu.find(FIND, anyStudy(), match -> names.add(match.getString(Tag.PatientName)));
      assertThat(status.code()).isZero();
    }
    assertThat(names).containsExactly("Phantom^One", "Phantom^One", "Phantom^One");
  }

  @Test
  void aQueryThatHasEnoughIsCancelled() throws Exception {
    archive.invented = 1_000_000;
    List<Attributes> some = new ArrayList<>();
    try (QueryScu scu = QueryScu.open(remote, List.of(FIND))) {
      DimseStatus status =
          scu.find(
              FIND,
              anyStudy(),
              match -> {
                some.add(match);
                return some.size() < 10;
              });
      assertThat(status.code()).isEqualTo(DimseStatus.CANCEL);
      // The association lives on.
      archive.invented = 1;
      assertThat(scu.find(FIND, anyStudy(), match -> true).code()).isZero();
    }
    assertThat(some).hasSize(10);
    assertThat(archive.sent).isLessThan(1_000_000);
  }

  @Test
  void getsInstancesOverTheSameAssociation() throws Exception {
    stored(3);
    StoreRecorder here = new StoreRecorder();
    List<SubOperations> progress = new ArrayList<>();
    try (QueryScu scu =
        QueryScu.openForGet(
            remote,
            List.of(GET),
            List.of(UID.CTImageStorage),
            List.of(UID.ExplicitVRLittleEndian))) {
      QueryScu.Retrieval retrieval = scu.get(GET, anyStudy(), here, progress::add);
      assertThat(retrieval.isComplete()).isTrue();
      assertThat(retrieval.subOperations().completed()).isEqualTo(3);
    }
    assertThat(here.files.keySet()).isEqualTo(archive.store.files.keySet());
    assertThat(progress).hasSize(3);
  }

  @Test
  void whatTheRequestorDidNotOfferToTakeFailsInTheGet() throws Exception {
    stored(2);
    try (QueryScu scu =
        QueryScu.openForGet(
            remote,
            List.of(GET),
            List.of(UID.MRImageStorage),
            List.of(UID.ExplicitVRLittleEndian))) {
      QueryScu.Retrieval retrieval = scu.get(GET, anyStudy(), new StoreRecorder(), progress -> {});
      assertThat(retrieval.isComplete()).isFalse();
      assertThat(retrieval.subOperations().failed()).isEqualTo(2);
    }
  }

  @Test
  void movesToADestinationItKnows() throws Exception {
    stored(2);
    StoreRecorder there = new StoreRecorder();
    List<String> originators = new ArrayList<>();
    try (DicomServer destination =
            DicomServer.builder(executor)
                .storeHandler(
                    request -> {
                      originators.add(
                          request.command().getString(Tag.MoveOriginatorApplicationEntityTitle));
                      return there.store(request);
                    })
                .start();
        QueryScu scu = QueryScu.open(remote, List.of(MOVE))) {
      archive.destinations.put(
          "THERE", RemoteAe.of("localhost", destination.port(), "THERE", "ARCHIVE"));
      assertThat(scu.move(MOVE, anyStudy(), "THERE", progress -> {}).isComplete()).isTrue();
      assertThat(scu.move(MOVE, anyStudy(), "NOWHERE", progress -> {}).status().code())
          .isEqualTo(DimseStatus.MOVE_DESTINATION_UNKNOWN);
    }
    assertThat(there.files).hasSize(2);
    assertThat(originators).containsExactly("TEST", "TEST");
  }

  @Test
  void aProcedureStepIsCreatedAndSet() throws Exception {
    String uid = Uids.fresh();
    Attributes step = new Attributes();
    step.setString(Tag.PerformedProcedureStepStatus, VR.CS, "IN PROGRESS");
    Attributes end = new Attributes();
    end.setString(Tag.PerformedProcedureStepStatus, VR.CS, "COMPLETED");
    try (NormalizedScu scu = NormalizedScu.open(remote, UID.ModalityPerformedProcedureStep)) {
      assertThat(scu.create(uid, step).status().code()).isZero();
      assertThat(scu.create(uid, step).status().code())
          .isEqualTo(DimseStatus.DUPLICATE_SOP_INSTANCE);
      NormalizedScu.Answer answer = scu.set(uid, end);
      assertThat(answer.dataset().getString(Tag.PerformedProcedureStepStatus))
          .isEqualTo("COMPLETED");
      assertThat(scu.set(Uids.fresh(), end).status().code())
          .isEqualTo(DimseStatus.NO_SUCH_OBJECT_INSTANCE);
    }
  }

  @Test
  void commitmentIsAskedForAndReportedWithTurnedRoles() throws Exception {
    Attributes reference = new Attributes();
    reference.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.CTImageStorage);
    reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.3");
    String transaction = Uids.fresh();
    try (NormalizedScu scu = NormalizedScu.open(remote, UID.StorageCommitmentPushModel)) {
      assertThat(scu.requestCommitment(transaction, List.of(reference)).code()).isZero();
      assertThat(scu.awaitEvent(Duration.ofMillis(50))).isEmpty();
    }
    try (NormalizedScu scp = NormalizedScu.openAsScp(remote, UID.StorageCommitmentPushModel)) {
      assertThat(scp.association().requestorIsScp(UID.StorageCommitmentPushModel)).isTrue();
      scp.report(UID.StorageCommitmentPushModelInstance, 1, archive.commitments.get(0));
    }
    assertThat(archive.commitments)
        .extracting(c -> c.getString(Tag.TransactionUID))
        .containsExactly(transaction, transaction);
  }

  @Test
  void aUserIsNamedAndTheAnswerSaysThatHeWasChecked() throws Exception {
    List<PresentationContext> proposal =
        List.of(new PresentationContext(1, UID.Verification, List.of(UID.ImplicitVRLittleEndian)));
    AssociationOptions options =
        AssociationOptions.NONE.withIdentity(UserIdentity.of("reader", "a secret"));
    try (Association association = Association.open(remote, proposal, options)) {
      assertThat(association.identityResponse()).isEmpty();
      assertThat(association.identityResponse()).isNotNull();
    }
    UserIdentity seen = requests.get(0).identity();
    assertThat(seen.type()).isEqualTo(UserIdentity.Type.USERNAME_AND_PASSCODE);
    assertThat(new String(seen.primary(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("reader");
    assertThat(requests.get(0).toString()).doesNotContain("secret");
  }

  @Test
  void aModelThatIsNotServedIsRefusedBeforeTheQuery() throws Exception {
    String worklist = UID.ModalityWorklistInformationModelFind;
    try (QueryScu scu = QueryScu.open(remote, List.of(worklist))) {
      assertThatThrownBy(() -> scu.find(worklist, anyStudy(), match -> true))
          .isInstanceOfSatisfying(
              DicomException.class,
              e -> assertThat(e.error()).isEqualTo(DicomError.NO_PRESENTATION_CONTEXT));
    }
  }
}
