package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.NormalizedScu;
import org.vigil.dicom.net.QueryScu;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreResult;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNode.Reachability;
import org.vigil.imaging.api.PacsNode.State;
import org.vigil.imaging.api.PacsNodes;
import org.vigil.imaging.api.PriorStudy;
import org.vigil.imaging.api.ProcedureOrdered;
import org.vigil.imaging.api.StorageCommitments;
import org.vigil.imaging.api.StorageCommitments.Commitment;
import org.vigil.imaging.application.OrderedProcedures;
import org.vigil.imaging.application.PacsCommitments;
import org.vigil.imaging.application.PriorShelf;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.Priority;
import org.vigil.kernel.SopInstanceUid;

/** What Vigil asks of an archive and what archives and modalities ask of it, with Orthanc. */
class PacsPeersTest {
  private static final Actor ADMIN = Actor.person("admin", "127.0.0.1");
  private static final String WORKLIST = UID.ModalityWorklistInformationModelFind;

  @TempDir private static Path folder;
  private static ImagingHouse house;
  private static OrthancProcess orthanc;
  private static int number;

  @BeforeAll
  static void open() {
    boolean installed = OrthancProcess.isInstalled();
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(installed).as("install the Debian package orthanc").isTrue();
    }
    Assumptions.assumeTrue(installed, "Orthanc is missing: install the Debian package orthanc");
    house = new ImagingHouse(folder);
    orthanc = new OrthancProcess(folder.resolve("orthanc"), house.port());
  }

  @AfterAll
  static void close() {
    if (orthanc != null) {
      orthanc.close();
    }
    if (house != null) {
      house.close();
    }
  }

  private static void node(Capability... capabilities) {
    house.in(() -> house.the(PacsNodes.class).set(orthanc.node(capabilities), ADMIN));
  }

  private static UUID order(String patient, String accession) {
    UUID id = UUID.randomUUID();
    house.in(
        () ->
            house
                .the(OrderedProcedures.class)
                .onOrdered(
                    new ProcedureOrdered(
                        id,
                        false,
                        accession,
                        null,
                        "ORD" + accession,
                        "FIL" + accession,
                        patient,
                        "MERCY",
                        "Invented^Ida",
                        LocalDate.of(1958, 3, 14),
                        "F",
                        "RPID1482",
                        "XR Chest PA",
                        "DX",
                        Priority.STAT,
                        "Halloran^Maeve",
                        "Dyspnoea",
                        Instant.now())));
    return id;
  }

  private static String fresh(String prefix) {
    return prefix + System.nanoTime() % 1_000_000_000 + ++number;
  }

  private static String today() {
    return LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static void send(Film... films) {
    try {
      for (StoreResult result :
          StorageScu.storeAll(
              house.remote("DXROOM1"), java.util.Arrays.stream(films).map(Film::item).toList())) {
        assertThat(result.isStored()).as("%s", result.status()).isTrue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasArrived(Film film) {
    return house.surroundings().arrived().stream()
        .anyMatch(e -> e.study().studyInstanceUid().equals(film.study()));
  }

  private static boolean isCompleted(Film film) {
    return house.surroundings().completed().stream()
        .anyMatch(e -> e.study().studyInstanceUid().equals(film.study()));
  }

  private static void awaitCompleted(Film film) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isCompleted(film));
  }

  private static List<PriorStudy> priors(Film of) {
    List<PriorStudy> found = new ArrayList<>();
    house.in(() -> found.addAll(house.the(PriorShelf.class).of(of.study())));
    return found;
  }

  private void bringsPriors() {
    String patient = fresh("P");
    Film now = Film.of(patient, fresh("A"), today(), "Chest PA");
    Film chest = Film.of(patient, fresh("B"), "20250317", "Chest PA");
    Film knee = Film.of(patient, fresh("C"), "20250317", "Knee AP");
    Film stranger = Film.of(fresh("P"), fresh("D"), "20250317", "Chest PA");
    orthanc.store(chest.item(), chest.another().item(), knee.item(), stranger.item(), now.item());
    order(patient, now.dataset().getString(Tag.AccessionNumber));
    send(now);

    house.workUntil(
        () ->
            assertThat(priors(now))
                .singleElement()
                .satisfies(
                    prior -> {
                      assertThat(prior.study()).isEqualTo(chest.study());
                      assertThat(prior.state()).isEqualTo(PriorStudy.State.STORED);
                      assertThat(prior.instances()).isEqualTo(2);
                    }));
    awaitCompleted(now);
    assertThat(hasArrived(chest)).isFalse();
    assertThat(isCompleted(chest)).isFalse();
    assertThat(hasArrived(knee)).isFalse();

    // What a modality sends itself is to be read, though it was fetched before.
    send(chest);
    awaitCompleted(chest);
    assertThat(hasArrived(chest)).isTrue();
  }

  @Test
  void priorsComeByMove() {
    node(Capability.QUERY, Capability.MOVE);
    bringsPriors();
    assertThat(house.surroundings().audit())
        .anyMatch(e -> e.action() == Action.PRIORS_QUERIED)
        .anyMatch(e -> e.action() == Action.PRIOR_RETRIEVED);
  }

  @Test
  void priorsComeByGet() {
    node(Capability.QUERY, Capability.GET);
    bringsPriors();
  }

  @Test
  void priorsComeByDicomWeb() {
    Assumptions.assumeTrue(
        OrthancProcess.hasDicomWeb(), "install the Debian package orthanc-dicomweb");
    house.in(
        () -> {
          house.the(PacsNodes.class).set(orthanc.webNode(), ADMIN);
          assertThat(house.the(PacsNodes.class).echo("archive").state()).isEqualTo(State.UP);
        });
    bringsPriors();
  }

  @Test
  void anArchiveThatIsDownIsAskedUntilItAnswers() {
    node(Capability.QUERY, Capability.MOVE);
    String patient = fresh("P");
    Film now = Film.of(patient, fresh("A"), today(), "Chest PA");
    Film chest = Film.of(patient, fresh("B"), "20250317", "Chest PA");
    orthanc.store(chest.item());
    orthanc.stop();
    send(now);
    order(patient, fresh("E"));
    house.work();
    house.in(
        () -> {
          Reachability seen = house.the(PacsNodes.class).echo("archive");
          assertThat(seen.state()).isEqualTo(State.DOWN);
          assertThat(seen.failure()).isNotBlank();
        });
    assertThat(priors(now)).isEmpty();
    orthanc.start();

    house.workUntil(
        () ->
            assertThat(priors(now))
                .extracting(PriorStudy::state)
                .containsExactly(PriorStudy.State.STORED));
    house.in(
        () -> assertThat(house.the(PacsNodes.class).echo("archive").state()).isEqualTo(State.UP));
  }

  private static List<Commitment> commitments(Film film) {
    List<Commitment> found = new ArrayList<>();
    house.in(() -> found.addAll(house.the(StorageCommitments.class).list(null, 1000)));
    return found.stream().filter(c -> c.instance().value().equals(film.instance())).toList();
  }

  @Test
  void whatTheArchiveHasItCommits() {
    node(Capability.STORE, Capability.COMMIT);
    Film film = Film.of(fresh("P"), fresh("A"), today(), "Chest PA");
    send(film);
    orthanc.store(film.item());
    house.in(
        () ->
            house
                .the(PacsCommitments.class)
                .stored(SopInstanceUid.of(film.instance()), OrthancProcess.AE_TITLE));

    house.workUntil(
        () ->
            assertThat(commitments(film))
                .extracting(Commitment::state)
                .containsExactly(StorageCommitments.State.COMMITTED));
  }

  @Test
  void whatTheArchiveHasLostIsSentAgainAndThenCommitted() {
    node(Capability.STORE, Capability.COMMIT);
    Film film = Film.of(fresh("P"), fresh("A"), today(), "Chest PA");
    send(film);
    house.in(
        () ->
            house
                .the(PacsCommitments.class)
                .stored(SopInstanceUid.of(film.instance()), OrthancProcess.AE_TITLE));

    house.workUntil(
        () ->
            assertThat(commitments(film))
                .extracting(Commitment::state)
                .containsExactly(StorageCommitments.State.COMMITTED));
    assertThat(commitments(film).get(0).attempts()).isEqualTo(2);
  }

  @Test
  void vigilCommitsWhatItHasAndNamesWhatItHasNot() {
    node(Capability.STORE, Capability.COMMIT);
    Film film = Film.of(fresh("P"), fresh("A"), today(), "Chest PA");
    send(film);
    orthanc.store(film.item());
    JsonNode asked =
        orthanc.post(
            "/modalities/vigil/storage-commitment",
            Map.of(
                "DicomInstances",
                List.of(
                    Map.of(
                        "SOPClassUID", film.dataset().getString(Tag.SOPClassUID),
                        "SOPInstanceUID", film.instance()),
                    Map.of("SOPClassUID", UID.CTImageStorage, "SOPInstanceUID", "1.2.3.4.5.6"))));
    String[] report = new String[1];
    house.workUntil(
        () -> {
          JsonNode answer = orthanc.get(asked.path("Path").asText());
          report[0] = answer.toString();
          assertThat(answer.path("Status").asText()).isEqualTo("Failure");
          assertThat(answer.path("Success").toString()).contains(film.instance());
          assertThat(answer.path("Failures").toString()).contains("1.2.3.4.5.6");
        });
  }

  @Test
  void nobodyElsesReportIsBelievedAndNobodyUnknownIsPromisedAnything() throws IOException {
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, Uids.fresh());
    Attributes reference = new Attributes();
    reference.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.CTImageStorage);
    reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.3");
    information.newSequence(Tag.ReferencedSOPSequence, 1).add(reference);
    try (NormalizedScu scp =
        NormalizedScu.openAsScp(house.remote("STRANGER"), UID.StorageCommitmentPushModel)) {
      assertThat(scp.report(UID.StorageCommitmentPushModelInstance, 1, information).status().code())
          .isEqualTo(DimseStatus.NO_SUCH_OBJECT_INSTANCE);
    }
    try (NormalizedScu scu =
        NormalizedScu.open(house.remote("STRANGER"), UID.StorageCommitmentPushModel)) {
      assertThat(scu.requestCommitment(Uids.fresh(), List.of(new Attributes(reference))).code())
          .isEqualTo(DimseStatus.NOT_AUTHORIZED);
    }
  }

  private static List<Attributes> worklist(Attributes keys) throws IOException {
    List<Attributes> found = new ArrayList<>();
    try (QueryScu scu = QueryScu.open(house.remote("DXROOM1"), List.of(WORKLIST))) {
      assertThat(scu.find(WORKLIST, keys, found::add).code()).isZero();
    }
    return found;
  }

  private static Attributes keysOf(String patient) {
    Attributes keys = new Attributes();
    keys.setString(Tag.PatientID, VR.LO, patient);
    keys.setNull(Tag.AccessionNumber, VR.SH);
    keys.setNull(Tag.StudyInstanceUID, VR.UI);
    Attributes step = new Attributes();
    step.setString(Tag.Modality, VR.CS, "DX");
    step.setNull(Tag.ScheduledProcedureStepID, VR.SH);
    step.setNull(Tag.ScheduledProcedureStepStatus, VR.CS);
    keys.newSequence(Tag.ScheduledProcedureStepSequence, 1).add(step);
    return keys;
  }

  @Test
  void aStepKeepsItsStudyOpenUntilAllItsImagesAreHere() throws IOException {
    String patient = fresh("P");
    String accession = fresh("A");
    order(patient, accession);
    List<Attributes> todo = worklist(keysOf(patient));
    assertThat(todo).hasSize(1);
    assertThat(todo.get(0).getString(Tag.AccessionNumber)).isEqualTo(accession);

    Film first = Film.of(patient, accession, today(), "Chest PA");
    Film second = first.another();
    String step = Uids.fresh();
    try (NormalizedScu modality =
        NormalizedScu.open(house.remote("DXROOM1"), UID.ModalityPerformedProcedureStep)) {
      assertThat(modality.create(step, begun(first, patient, accession)).status().code()).isZero();
      assertThat(modality.create(step, begun(first, patient, accession)).status().code())
          .isNotZero();
      assertThat(
              worklist(keysOf(patient))
                  .get(0)
                  .getNestedDataset(Tag.ScheduledProcedureStepSequence)
                  .getString(Tag.ScheduledProcedureStepStatus))
          .isEqualTo("STARTED");
      send(first);
      assertThat(modality.set(step, ended(first, second)).status().code()).isZero();
      assertThat(modality.set(step, ended(first)).status().code()).isNotZero();
      assertThat(modality.set(Uids.fresh(), ended(first)).status().code()).isNotZero();
    }
    assertThat(worklist(keysOf(patient))).isEmpty();
    Awaitility.await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .until(() -> !isCompleted(first));
    send(second);

    awaitCompleted(first);
  }

  private static Attributes begun(Film film, String patient, String accession) {
    Attributes step = new Attributes();
    step.setString(Tag.PerformedProcedureStepStatus, VR.CS, "IN PROGRESS");
    step.setString(Tag.PatientID, VR.LO, patient);
    step.setString(Tag.Modality, VR.CS, "DX");
    Attributes scheduled = new Attributes();
    scheduled.setString(Tag.StudyInstanceUID, VR.UI, film.study().value());
    scheduled.setString(Tag.AccessionNumber, VR.SH, accession);
    step.newSequence(Tag.ScheduledStepAttributesSequence, 1).add(scheduled);
    return step;
  }

  private static Attributes ended(Film... films) {
    Attributes step = new Attributes();
    step.setString(Tag.PerformedProcedureStepStatus, VR.CS, "COMPLETED");
    Attributes series = new Attributes();
    Sequence images = series.newSequence(Tag.ReferencedImageSequence, films.length);
    for (Film film : films) {
      Attributes reference = new Attributes();
      reference.setString(
          Tag.ReferencedSOPClassUID, VR.UI, film.dataset().getString(Tag.SOPClassUID));
      reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, film.instance());
      images.add(reference);
    }
    step.newSequence(Tag.PerformedSeriesSequence, 1).add(series);
    return step;
  }
}
