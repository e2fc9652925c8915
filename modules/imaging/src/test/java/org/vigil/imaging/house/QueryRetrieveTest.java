package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.net.CStoreHandler;
import org.vigil.dicom.net.DicomServer;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.QueryScu;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;
import org.vigil.dicom.pixel.PixelCompressor;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.PacsNodes;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent.Action;

/** A workstation that queries what is stored and retrieves it. */
class QueryRetrieveTest {
  private static final Actor ADMIN = Actor.person("admin", "127.0.0.1");
  private static final String FIND = UID.StudyRootQueryRetrieveInformationModelFind;
  private static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMove;
  private static final String GET = UID.StudyRootQueryRetrieveInformationModelGet;
  private static final String PATIENT_FIND = UID.PatientRootQueryRetrieveInformationModelFind;
  private static final String PATIENT_MOVE = UID.PatientRootQueryRetrieveInformationModelMove;
  private static final String DX = "1.2.840.10008.5.1.4.1.1.1.1";

  @TempDir private static Path folder;
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final Map<String, Attributes> RECEIVED = new LinkedHashMap<>();
  private static ImagingHouse house;
  private static CStoreHandler receiver;
  private static DicomServer workstation;
  private static Film chest;
  private static Film lateral;
  private static Film knee;

  @BeforeAll
  static void open() throws IOException {
    house = new ImagingHouse(folder);
    receiver =
        request -> {
          ByteArrayOutputStream file = new ByteArrayOutputStream();
          request.writeFile(file);
          RECEIVED.put(
              request.sopInstanceUid(),
              DicomReader.of(new ByteArrayInputStream(file.toByteArray())).read().dataset());
          return DimseStatus.SUCCESS;
        };
    workstation = DicomServer.builder(THREADS).port(0).storeHandler(receiver).start();
    chest = Film.of("QR-1", "QR-A1", "20261120", "Chest PA");
    lateral = chest.another();
    knee = Film.of("QR-1", "QR-A2", "20250317", "Knee");
    knee.dataset().setString(Tag.PatientName, VR.PN, "Invented^Ida^^");
    StorageScu.storeAll(
        house.remote("DXROOM1"), List.of(chest.item(), lateral.item(), knee.item()));
  }

  @AfterAll
  static void close() {
    if (workstation != null) {
      workstation.close();
    }
    THREADS.shutdownNow();
    if (house != null) {
      house.close();
    }
  }

  @BeforeEach
  void letTheWorkstationAsk() {
    node("127.0.0.1", Capability.CLIENT);
    RECEIVED.clear();
  }

  private static void node(String host, Capability... capabilities) {
    PacsNode node =
        new PacsNode(
            "workstation",
            PacsNode.Kind.DIMSE,
            "WORKSTATION",
            host,
            workstation.port(),
            false,
            null,
            null,
            Set.of(capabilities));
    house.in(() -> house.the(PacsNodes.class).set(node, null, ADMIN));
  }

  private static Attributes identifier(String level, Object... keys) {
    Attributes identifier = new Attributes();
    identifier.setString(Tag.QueryRetrieveLevel, VR.CS, level);
    for (int i = 0; i < keys.length; i += 3) {
      String[] values = ((String) keys[i + 2]).split("\\\\");
      identifier.setString((int) keys[i], (VR) keys[i + 1], values);
    }
    return identifier;
  }

  private static List<Attributes> find(String model, Attributes identifier) throws IOException {
    List<Attributes> matches = new ArrayList<>();
    assertThat(status(model, identifier, matches)).isZero();
    return matches;
  }

  private static int status(String model, Attributes identifier, List<Attributes> matches)
      throws IOException {
    try (QueryScu scu = QueryScu.open(house.remote("WORKSTATION"), List.of(model))) {
      return scu.find(model, identifier, matches::add).code();
    }
  }

  private static List<String> studies(Object... keys) throws IOException {
    return find(FIND, identifier("STUDY", keys)).stream()
        .map(match -> match.getString(Tag.StudyInstanceUID))
        .toList();
  }

  @Test
  void findsStudiesByEveryKindOfKey() throws IOException {
    String first = chest.study().value();
    String second = knee.study().value();
    assertThat(studies()).contains(first, second);
    assertThat(studies(Tag.PatientID, VR.LO, "?R-1")).containsExactlyInAnyOrder(first, second);
    assertThat(studies(Tag.PatientName, VR.PN, "INVENTED^IDA")).contains(first, second);
    assertThat(studies(Tag.PatientName, VR.PN, "INVENTED")).isEmpty();
    assertThat(studies(Tag.PatientName, VR.PN, "Inv*")).contains(first, second);
    assertThat(studies(Tag.StudyDate, VR.DA, "20260101-20261120")).containsExactly(first);
    assertThat(studies(Tag.StudyDate, VR.DA, "-20251231")).containsExactly(second);
    assertThat(studies(Tag.StudyDate, VR.DA, "20250317")).containsExactly(second);
    assertThat(studies(Tag.AccessionNumber, VR.SH, "QR-A1")).containsExactly(first);
    assertThat(studies(Tag.StudyDescription, VR.LO, "Kn*")).containsExactly(second);
    assertThat(studies(Tag.ModalitiesInStudy, VR.CS, "CT")).isEmpty();
    assertThat(studies(Tag.StudyInstanceUID, VR.UI, second + "\\1.2.3")).containsExactly(second);
  }

  @Test
  void tellsWhatWasAskedForAtEachLevel() throws IOException {
    Attributes study =
        find(
                FIND,
                identifier(
                    "STUDY",
                    Tag.AccessionNumber,
                    VR.SH,
                    "QR-A1",
                    Tag.PatientName,
                    VR.PN,
                    "",
                    Tag.NumberOfStudyRelatedInstances,
                    VR.IS,
                    "",
                    Tag.StudyTime,
                    VR.TM,
                    ""))
            .get(0);
    assertThat(study.getString(Tag.PatientName)).isEqualTo("Invented^Ida");
    assertThat(study.getInt(Tag.NumberOfStudyRelatedInstances, 0)).isEqualTo(2);
    assertThat(study.getString(Tag.RetrieveAETitle)).isEqualTo(Surroundings.AE_TITLE);
    assertThat(study.contains(Tag.StudyTime)).isTrue();
    assertThat(study.contains(Tag.PatientID)).isFalse();

    Attributes series =
        find(
                FIND,
                identifier(
                    "SERIES",
                    Tag.StudyInstanceUID,
                    VR.UI,
                    chest.study().value(),
                    Tag.Modality,
                    VR.CS,
                    "",
                    Tag.NumberOfSeriesRelatedInstances,
                    VR.IS,
                    ""))
            .get(0);
    assertThat(series.getString(Tag.Modality)).isEqualTo("DX");
    assertThat(series.getInt(Tag.NumberOfSeriesRelatedInstances, 0)).isEqualTo(2);

    assertThat(
            find(
                FIND,
                identifier(
                    "IMAGE",
                    Tag.StudyInstanceUID,
                    VR.UI,
                    chest.study().value(),
                    Tag.SeriesInstanceUID,
                    VR.UI,
                    series.getString(Tag.SeriesInstanceUID))))
        .extracting(image -> image.getString(Tag.SOPInstanceUID))
        .containsExactlyInAnyOrder(chest.instance(), lateral.instance());

    Attributes patient =
        find(
                PATIENT_FIND,
                identifier(
                    "PATIENT",
                    Tag.PatientID,
                    VR.LO,
                    "QR-1",
                    Tag.NumberOfPatientRelatedStudies,
                    VR.IS,
                    ""))
            .get(0);
    assertThat(patient.getInt(Tag.NumberOfPatientRelatedStudies, 0)).isEqualTo(2);
  }

  @Test
  void refusesIdentifiersThatDoNotFitTheModel() throws IOException {
    List<Attributes> none = new ArrayList<>();
    assertThat(status(FIND, identifier("PATIENT"), none)).isEqualTo(0xA900);
    assertThat(status(FIND, identifier("NONSENSE"), none)).isEqualTo(0xA900);
    assertThat(status(FIND, new Attributes(), none)).isEqualTo(0xA900);
    assertThat(status(FIND, identifier("SERIES"), none)).isEqualTo(0xA900);
    assertThat(retrieve(MOVE, identifier("STUDY"), "WORKSTATION").status().code())
        .isEqualTo(0xA900);
    assertThat(none).isEmpty();
  }

  private static QueryScu.Retrieval retrieve(
      String model, Attributes identifier, String destination) throws IOException {
    try (QueryScu scu = QueryScu.open(house.remote("WORKSTATION"), List.of(model))) {
      return scu.move(model, identifier, destination, progress -> {});
    }
  }

  private static Attributes study(Film film) {
    return identifier("STUDY", Tag.StudyInstanceUID, VR.UI, film.study().value());
  }

  @Test
  void movesToANodeItKnows() throws IOException {
    QueryScu.Retrieval moved = retrieve(MOVE, study(chest), "WORKSTATION");

    assertThat(moved.isComplete()).isTrue();
    assertThat(moved.subOperations().completed()).isEqualTo(2);
    assertThat(RECEIVED.keySet()).containsExactlyInAnyOrder(chest.instance(), lateral.instance());
    assertThat(RECEIVED.get(chest.instance())).isEqualTo(chest.dataset());
    assertThat(house.surroundings().audit())
        .filteredOn(event -> event.action() == Action.IMAGE_ACCESSED)
        .last()
        .satisfies(
            event -> {
              assertThat(event.actor().name()).isEqualTo("WORKSTATION");
              assertThat(event.study()).isEqualTo(chest.study());
              assertThat(event.details()).containsEntry("what", "sent to WORKSTATION by C-MOVE");
            });

    assertThat(retrieve(MOVE, study(chest), "NOWHERE").status().code()).isEqualTo(0xA801);
    Attributes unknown = identifier("STUDY", Tag.StudyInstanceUID, VR.UI, "1.2.3.4");
    assertThat(retrieve(MOVE, unknown, "WORKSTATION").isComplete()).isTrue();
  }

  @Test
  void movesAPatientsStudiesOrASingleImage() throws IOException {
    Attributes patient = identifier("PATIENT", Tag.PatientID, VR.LO, "QR-1");
    assertThat(retrieve(PATIENT_MOVE, patient, "WORKSTATION").subOperations().completed())
        .isEqualTo(3);
    RECEIVED.clear();

    Attributes image = study(chest);
    image.setString(Tag.QueryRetrieveLevel, VR.CS, "IMAGE");
    image.setString(Tag.SOPInstanceUID, VR.UI, lateral.instance());
    assertThat(retrieve(MOVE, image, "WORKSTATION").isComplete()).isTrue();
    assertThat(RECEIVED.keySet()).containsExactly(lateral.instance());
  }

  @Test
  void getsOverTheSameAssociation() throws IOException {
    assertThat(get(DX).subOperations().completed()).isEqualTo(2);
    assertThat(RECEIVED).hasSize(2);

    QueryScu.Retrieval other = get(UID.CTImageStorage);
    assertThat(other.status().code()).isEqualTo(0xA702);
    assertThat(other.failedInstances())
        .containsExactlyInAnyOrder(chest.instance(), lateral.instance());
  }

  private static QueryScu.Retrieval get(String storageClass) throws IOException {
    try (QueryScu scu =
        QueryScu.openForGet(
            house.remote("WORKSTATION"),
            List.of(GET),
            List.of(storageClass),
            List.of(UID.ExplicitVRLittleEndian))) {
      return scu.get(GET, study(chest), receiver, progress -> {});
    }
  }

  @Test
  void decompressesForWhoTakesNothingElse() throws IOException {
    Film film = Film.of("QR-2", "QR-A3", "20261121", "Hand");
    byte[] pixels = new byte[512];
    new Random(217).nextBytes(pixels);
    for (int i = 1; i < pixels.length; i += 2) {
      pixels[i] &= 0x0F;
    }
    film.dataset().setBytes(Tag.PixelData, VR.OW, pixels);
    StoreItem compressed =
        StoreItem.of(
            PixelCompressor.compress(
                film.dataset(), UID.ExplicitVRLittleEndian, UID.JPEGLSLossless),
            UID.JPEGLSLossless);
    assertThat(StorageScu.storeAll(house.remote("DXROOM1"), List.of(compressed)))
        .allMatch(StoreResult::isStored);

    try (QueryScu scu =
        QueryScu.openForGet(
            house.remote("WORKSTATION"),
            List.of(GET),
            List.of(DX),
            List.of(UID.ImplicitVRLittleEndian))) {
      assertThat(scu.get(GET, study(film), receiver, progress -> {}).isComplete()).isTrue();
    }
    assertThat(RECEIVED.get(film.instance()).getBytes(Tag.PixelData)).isEqualTo(pixels);
    RECEIVED.clear();

    assertThat(retrieve(MOVE, study(film), "WORKSTATION").isComplete()).isTrue();
    assertThat(RECEIVED).containsOnlyKeys(film.instance());
  }

  /** It chooses what anything can be sent in, whatever the workstation likes best. */
  @Test
  void getsWhatIsNotCompressedThoughACompressedSyntaxIsOfferedFirst() throws IOException {
    try (QueryScu scu =
        QueryScu.openForGet(
            house.remote("WORKSTATION"),
            List.of(GET),
            List.of(DX),
            List.of(UID.JPEGLosslessSV1, UID.JPEGLSLossless, UID.ExplicitVRLittleEndian))) {
      assertThat(scu.get(GET, study(chest), receiver, progress -> {}).isComplete()).isTrue();
    }
    assertThat(RECEIVED.get(chest.instance())).isEqualTo(chest.dataset());
  }

  @Test
  void aDestinationThatDoesNotListenFailsEveryObject() throws IOException {
    PacsNode gone =
        new PacsNode(
            "gone",
            PacsNode.Kind.DIMSE,
            "GONE",
            "127.0.0.1",
            1,
            false,
            null,
            null,
            Set.of(Capability.CLIENT));
    house.in(() -> house.the(PacsNodes.class).set(gone, null, ADMIN));

    QueryScu.Retrieval moved = retrieve(MOVE, study(chest), "GONE");

    assertThat(moved.status().code()).isEqualTo(0xA702);
    assertThat(moved.subOperations().failed()).isEqualTo(2);
    assertThat(moved.failedInstances()).hasSize(2);
  }

  @Test
  void whoIsNotLetAskHearsNothing() throws IOException {
    List<Attributes> none = new ArrayList<>();
    node("127.0.0.1", Capability.STORE);
    assertThat(status(FIND, identifier("STUDY"), none)).isEqualTo(0x0124);
    node("192.0.2.7", Capability.CLIENT);
    assertThat(status(FIND, identifier("STUDY"), none)).isEqualTo(0x0124);
    assertThat(retrieve(MOVE, study(chest), "WORKSTATION").status().code()).isEqualTo(0x0124);
    assertThat(get(DX).status().code()).isEqualTo(0x0124);
    assertThat(none).isEmpty();
    assertThat(RECEIVED).isEmpty();
  }
}
