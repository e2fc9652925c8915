package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreResult;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Availability;
import org.vigil.imaging.api.StorageTiers;
import org.vigil.imaging.api.StorageTiers.Overview;
import org.vigil.imaging.api.StorageTiers.Run;
import org.vigil.imaging.application.StoredStudies;
import org.vigil.imaging.lifecycle.StorageLifecycle;
import org.vigil.imaging.storage.ArchivedObjects;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.VigilException;

/** What becomes of stored objects, on a real database and a real S3 server. */
class StorageLifecycleTest {
  private static final String BUCKET = "archive";
  private static final String PATIENT = "LIFE-4711";

  @TempDir private static Path folder;
  private static ImagingHouse house;
  private static S3Server s3;
  private final List<String> settings = new ArrayList<>();

  @BeforeAll
  static void open() {
    s3 = new S3Server(folder.resolve("s3"));
    s3.start();
    s3.createBucket(BUCKET);
    System.setProperty("vigil.imaging.tier.interval", "PT0S");
    System.setProperty("vigil.imaging.tier.removal-delay", "PT0S");
    System.setProperty("vigil.imaging.release.removal-delay", "PT0S");
    System.setProperty("vigil.imaging.s3.endpoint", s3.endpoint());
    System.setProperty("secret.vigil.imaging.s3.access-key", S3Server.ACCESS_KEY);
    System.setProperty("secret.vigil.imaging.s3.secret-key", S3Server.SECRET_KEY);
    house = new ImagingHouse(folder.resolve("home"));
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  @AfterEach
  void forget() throws IOException {
    s3.stop();
    s3.start();
    System.setProperty("vigil.imaging.tier.cold.location", "s3://" + BUCKET + "/vigil");
    settings.remove("vigil.imaging.tier.warm.location");
    System.clearProperty("vigil.imaging.tier.warm.location");
    house.the(ArchivedObjects.class).deleteAll(Surroundings.ST_AGNES);
    System.clearProperty("vigil.imaging.tier.cold.location");
    house.texts("delete from storage_run");
    settings.forEach(System::clearProperty);
    Surroundings.held.clear();
    Surroundings.unread.clear();
    house.texts("delete from storage_removal");
    house.texts("delete from storage_commitment");
    house.texts("delete from instance");
    house.texts("delete from series");
    house.texts("delete from study");
  }

  @Test
  void nothingMovesUnlessASettingSaysSo() {
    Film film = stored(film());

    run();

    assertThat(tier(film)).isEqualTo("HOT");
    assertThat(overview().lastRun()).isNull();
  }

  @Test
  void anObjectGoesToWarmCompressedAndThenIntoTheBucketAndIsReadAlikeEverywhere()
      throws IOException {
    Film film = stored(film());
    int[] pixels = pixels(film);
    long received = view(film).bytes();
    warmAndCold();

    Run warmed = run();

    assertThat(warmed.warmed()).isEqualTo(1);
    assertThat(warmed.compressed()).isEqualTo(1);
    assertThat(warmed.savedBytes()).isPositive();
    assertThat(tier(film)).isEqualTo("WARM");
    assertThat(files("objects")).isEmpty();
    assertThat(files("warm")).hasSize(1);
    assertThat(Files.size(files("warm").get(0))).isLessThan(received);
    assertRead(film, pixels);

    Run cooled = run();

    assertThat(cooled.cooled()).isEqualTo(1);
    assertThat(cooled.failed()).isZero();
    assertThat(tier(film)).isEqualTo("COLD");
    assertThat(files("warm")).isEmpty();
    assertThat(s3.files(BUCKET)).hasSize(1);
    assertThat(Files.readString(s3.files(BUCKET).get(0), StandardCharsets.ISO_8859_1))
        .doesNotContain("DICM", "Invented", PATIENT);
    assertThat(view(film).availability()).isEqualTo(Availability.NEARLINE);
    assertRead(film, pixels);
  }

  @Test
  void whatIsSentAgainIsNotStoredAgainWhereverItLies() throws IOException {
    Film film = stored(film());
    warmAndCold();
    run();
    send(film);
    assertThat(files("objects")).isEmpty();
    assertThat(tier(film)).isEqualTo("WARM");
    run();

    send(film);

    assertThat(files("objects")).isEmpty();
    assertThat(tier(film)).isEqualTo("COLD");
    assertThat(s3.files(BUCKET)).hasSize(1);
  }

  @Test
  void pixelsThatCannotBeRestoredToTheBitAreMovedAsTheyCame() {
    Film film = film();
    byte[] noisy = new byte[512 * 512 * 2];
    new Random(7).nextBytes(noisy);
    // Twelve bits are stored; what lies above them would be lost.
    film.dataset().setBytes(Tag.PixelData, VR.OW, noisy);
    stored(film);
    set("tier.warm.after", "PT0S");

    Run run = run();

    assertThat(run.warmed()).isEqualTo(1);
    assertThat(run.compressed()).isZero();
    assertThat(tier(film)).isEqualTo("WARM");
    assertThat(received(film).getValue(Tag.PixelData)).isNotNull();
  }

  @Test
  void whileTheBucketDoesNotAnswerNothingIsLostAndLaterItGoesOn() {
    Film film = stored(film());
    int[] pixels = pixels(film);
    warmAndCold();
    run();
    s3.stop();

    Run failed = run();

    assertThat(failed.failed()).isPositive();
    assertThat(failed.problem()).isEqualTo("IMAGING-0091");
    assertThat(tier(film)).isEqualTo("WARM");
    assertRead(film, pixels);

    s3.start();
    assertThat(run().cooled()).isEqualTo(1);
    assertRead(film, pixels);

    s3.stop();
    assertThatThrownBy(() -> pixels(film)).satisfies(has(ErrorCode.IMAGING_0091));
    s3.start();
    assertRead(film, pixels);
  }

  @Test
  void aDamagedObjectInTheBucketIsRefused() throws IOException {
    Film film = stored(film());
    warmAndCold();
    run();
    run();
    Path lying = s3.files(BUCKET).get(0);
    byte[] bytes = Files.readAllBytes(lying);
    bytes[bytes.length / 2] ^= 1;
    Files.write(lying, bytes);

    assertThatThrownBy(() -> pixels(film)).satisfies(has(ErrorCode.CRYPTO_0002));
  }

  @Test
  void aDamagedObjectIsNotMovedOnAndTheDamagedFileStaysAsEvidence() throws IOException {
    Film film = stored(film());
    Path lying = files("objects").get(0);
    byte[] bytes = Files.readAllBytes(lying);
    bytes[bytes.length / 2] ^= 1;
    Files.write(lying, bytes);
    set("tier.warm.after", "PT0S");
    set("tier.warm.compress", "false");

    Run run = run();

    assertThat(run.failed()).isPositive();
    assertThat(run.problem()).isEqualTo("CRYPTO-0002");
    assertThat(tier(film)).isEqualTo("HOT");
    assertThat(files("objects")).hasSize(1);
    run();
    assertThat(files("warm")).isEmpty();
  }

  @Test
  void archivesHoldTheObjectsOfAllTiersAndErasureLeavesNone() throws IOException {
    warmAndCold();
    stored(film());
    run();
    run();
    set("tier.cold.after", "off");
    stored(film());
    run();
    set("tier.warm.after", "off");
    stored(film());
    Map<String, byte[]> archive = new java.util.TreeMap<>();
    ArchivedObjects objects = house.the(ArchivedObjects.class);
    objects.forEach(Surroundings.ST_AGNES, (path, in) -> archive.put(path, in.readAllBytes()));
    assertThat(archive).hasSize(3);
    assertThat(archive.keySet()).filteredOn(path -> path.startsWith("warm/")).hasSize(1);
    assertThat(archive.keySet()).filteredOn(path -> path.startsWith("cold/")).hasSize(1);

    objects.deleteAll(Surroundings.ST_AGNES);

    assertThat(s3.files(BUCKET)).isEmpty();
    assertThat(files("")).isEmpty();
    for (Map.Entry<String, byte[]> entry : archive.entrySet()) {
      objects.restore(
          Surroundings.ST_AGNES,
          entry.getKey(),
          new java.io.ByteArrayInputStream(entry.getValue()));
    }
    assertThat(s3.files(BUCKET)).hasSize(1);
    Map<String, byte[]> again = new java.util.TreeMap<>();
    objects.forEach(Surroundings.ST_AGNES, (path, in) -> again.put(path, in.readAllBytes()));
    assertThat(again.keySet()).isEqualTo(archive.keySet());
  }

  @Test
  void whatThePacsHasCommittedGoesAndSaysWhereItIs() throws IOException {
    Film film = stored(film());
    Film other = stored(film());
    committed(film, "25 hours");
    committed(other, "23 hours");
    set("release.after", "PT24H");
    rested(film);
    rested(other);

    Run run = run();

    assertThat(run.released()).isEqualTo(1);
    assertThat(run.removed()).isEqualTo(1);
    assertThat(files("objects")).hasSize(1);
    assertThat(view(film).availability()).isEqualTo(Availability.OFFLINE);
    assertThat(view(other).availability()).isEqualTo(Availability.ONLINE);
    assertThatThrownBy(() -> pixels(film))
        .satisfies(has(ErrorCode.IMAGING_0090))
        .hasMessageContaining("archive");
    assertThat(house.surroundings().audit())
        .filteredOn(e -> e.action() == Action.IMAGES_RELEASED && film.study().equals(e.study()))
        .hasSize(1);

    send(film);

    assertThat(view(film).availability()).isEqualTo(Availability.ONLINE);
    assertThat(pixels(film)).hasSize(512 * 512);
  }

  @Test
  void aLegalHoldForbidsItByAnyPathAndUntilTheLastMoment() throws IOException {
    Film film = stored(film());
    committed(film, "25 hours");
    rested(film);
    set("release.after", "PT24H");
    Surroundings.held.add(PATIENT);

    assertThat(run().held()).isEqualTo(1);
    assertThat(files("objects")).hasSize(1);

    Surroundings.held.clear();
    house.texts("update storage_commitment set state = 'COMMITTED'");
    // Released, but the file is not gone yet when the hold comes.
    house.texts("update instance set released_at = now(), released_to = 'archive'");
    house.texts(
        "insert into storage_removal select location, now() - interval '1 second',"
            + " sop_instance_uid from instance");
    Surroundings.held.add(PATIENT);
    run();

    assertThat(files("objects")).hasSize(1);
    assertThat(view(film).availability()).isEqualTo(Availability.ONLINE);
    assertThat(pixels(film)).hasSize(512 * 512);
    assertThat(house.surroundings().audit())
        .anyMatch(
            e ->
                e.action() == Action.IMAGES_RELEASED
                    && e.outcome() == AuditEvent.Outcome.REFUSED
                    && film.study().equals(e.study()));
  }

  @Test
  void whatIsStillToBeReadStays() throws IOException {
    Film film = stored(film());
    committed(film, "25 hours");
    rested(film);
    set("release.after", "PT24H");
    Surroundings.unread.add(film.study());

    assertThat(run().held()).isEqualTo(1);

    Surroundings.unread.clear();
    assertThat(run().released()).isEqualTo(1);
  }

  @Test
  void onlyTheNodesOfThePolicyCount() throws IOException {
    Film film = stored(film());
    committed(film, "25 hours");
    rested(film);
    set("release.after", "PT24H");
    set("release.nodes", "vault");

    run();

    assertThat(files("objects")).hasSize(1);
  }

  @Test
  void aCopyWhoseWriterDiedIsRemovedAndTheObjectStays() throws IOException {
    Film film = stored(film());
    Path lying = files("objects").get(0);
    Path orphan = storage().resolve("warm/ab/orphan.dcm.enc");
    Files.createDirectories(orphan.getParent());
    Files.write(orphan, new byte[10]);
    house.texts("insert into storage_removal values ('warm/ab/orphan.dcm.enc', now())");
    // Planned by mistake: an object lies there.
    house.texts("insert into storage_removal select location, now() from instance");

    run();

    assertThat(orphan).doesNotExist();
    assertThat(lying).exists();
    assertThat(pixels(film)).hasSize(512 * 512);
    assertThat(house.texts("select location from storage_removal")).isEmpty();
  }

  @Test
  void aSettingThatCannotBeUnderstoodIsNamedAndMovesNothing() {
    set("tier.warm.after", "thirty days");

    assertThatThrownBy(StorageLifecycleTest::overview)
        .satisfies(has(ErrorCode.IMAGING_0092))
        .hasMessageContaining("vigil.imaging.tier.warm.after");

    set("tier.warm.after", "PT0S");
    set("tier.warm.location", "s3://UPPER_CASE/x");
    Film film = stored(film());
    assertThat(run().problem()).isEqualTo("IMAGING-0092");
    assertThat(tier(film)).isEqualTo("HOT");
  }

  private void warmAndCold() {
    set("tier.warm.after", "PT0S");
    set("tier.cold.after", "PT0S");
    set("tier.cold.location", "s3://" + BUCKET + "/vigil");
  }

  private void set(String key, String value) {
    settings.add("vigil.imaging." + key);
    System.setProperty("vigil.imaging." + key, value);
  }

  private static java.util.function.Consumer<Throwable> has(ErrorCode code) {
    return e ->
        assertThat(e)
            .isInstanceOfSatisfying(
                VigilException.class, v -> assertThat(v.code()).isEqualTo(code));
  }

  /** Applies the policy once and gives back the last run, if there was one. */
  private static Run run() {
    house.the(StorageLifecycle.class).runDue();
    return overview().lastRun();
  }

  private static Overview overview() {
    List<Overview> found = new ArrayList<>();
    house.in(() -> found.add(house.the(StorageTiers.class).overview()));
    return found.get(0);
  }

  /** A film with something on it: twelve bits, a gradient with a bright disc. */
  private static Film film() {
    Film film = Film.of(PATIENT, "A1", "20261101", "Chest");
    Attributes dataset = film.dataset();
    dataset.setInt(Tag.Rows, VR.US, 512);
    dataset.setInt(Tag.Columns, VR.US, 512);
    byte[] pixels = new byte[512 * 512 * 2];
    for (int i = 0; i < 512 * 512; i++) {
      int x = i % 512 - 256;
      int y = i / 512 - 256;
      int value = x * x + y * y < 90 * 90 ? 3500 : i / 512 * 4 + i % 3;
      pixels[2 * i] = (byte) value;
      pixels[2 * i + 1] = (byte) (value >> 8);
    }
    dataset.setBytes(Tag.PixelData, VR.OW, pixels);
    return film;
  }

  private static Film stored(Film film) {
    send(film);
    house.texts("update study set complete_due_at = null, complete = true");
    return film;
  }

  private static void send(Film film) {
    try {
      for (StoreResult result :
          StorageScu.storeAll(house.remote("DXROOM1"), List.of(film.item()))) {
        assertThat(result.isStored()).as("%s", result.status()).isTrue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    house.texts("update study set complete_due_at = null, complete = true");
  }

  /** Came two days ago, and nobody has looked at it since. */
  private static void rested(Film film) {
    house.texts(
        "update study set first_instance_at = now() - interval '2 days', last_instance_at = now()"
            + " - interval '2 days'");
    house.texts("update instance set received_at = now() - interval '2 days'");
  }

  private static void committed(Film film, String ago) {
    house.texts(
        "insert into storage_commitment (sop_instance_uid, node, sop_class_uid,"
            + " study_instance_uid, state, attempts, stored_at, settled_at) values ('"
            + film.instance()
            + "', 'archive', '1.2.840.10008.5.1.4.1.1.1.1', '"
            + film.study().value()
            + "', 'COMMITTED', 1, now(), now() - interval '"
            + ago
            + "')");
  }

  private static String tier(Film film) {
    return house
        .texts("select tier from instance where sop_instance_uid = '" + film.instance() + "'")
        .get(0);
  }

  private static InstanceView view(Film film) {
    List<InstanceView> found = new ArrayList<>();
    house.in(
        () ->
            found.add(
                house
                    .the(StoredStudies.class)
                    .instance(SopInstanceUid.of(film.instance()))
                    .orElseThrow()));
    return found.get(0);
  }

  private static int[] pixels(Film film) {
    return house.pixels(film.instance());
  }

  private static Attributes received(Film film) {
    DicomObject found = house.stored(film.instance());
    assertThat(found.transferSyntax()).isEqualTo(UID.ExplicitVRLittleEndian);
    return found.dataset();
  }

  /** What is given out is what came, element by element, and as long as it is said to be. */
  private static void assertRead(Film film, int[] pixels) {
    assertThat(pixels(film)).isEqualTo(pixels);
    assertThat(received(film)).isEqualTo(film.dataset());
    house.in(
        () -> {
          try {
            assertThat(
                    house
                        .the(StoredStudies.class)
                        .source(SopInstanceUid.of(film.instance()))
                        .length())
                .isEqualTo(view(film).bytes());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Path storage() {
    return folder.resolve("home/storage/st-agnes");
  }

  private static List<Path> files(String tier) throws IOException {
    Path root = storage().resolve(tier);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
