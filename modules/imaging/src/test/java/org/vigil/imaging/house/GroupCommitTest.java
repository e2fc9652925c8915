package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.net.StorageScu;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.imaging.application.ObjectIntake;
import org.vigil.imaging.application.ObjectRegister.Receipt;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.Actor;

/** Objects that come while another is being recorded. */
class GroupCommitTest {
  @TempDir private static Path folder;
  private static ImagingHouse house;

  private final List<Thread> threads = new ArrayList<>();
  private Film first;

  @BeforeAll
  static void open() {
    house = new ImagingHouse(folder);
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
  }

  @BeforeEach
  void oneIsThere() throws IOException {
    first = film();
    StorageScu.storeAll(house.remote("DX1"), List.of(first.item()));
  }

  @Test
  void theyShareOneTransaction() {
    List<Film> films = Stream.generate(GroupCommitTest::film).limit(5).toList();

    List<FutureTask<Receipt>> answers = whileTheFirstWaits(films);

    assertThat(answers).allSatisfy(answer -> assertThat(answer.get().isNew()).isTrue());
    assertThat(stored(films)).hasSize(5);
    assertThat(transactions(films)).hasSize(1);
    assertKept(films);
  }

  @Test
  void oneThatIsRefusedTakesNoOtherWithIt() {
    List<Film> films = new ArrayList<>(Stream.generate(GroupCommitTest::film).limit(3).toList());
    Film other = first.another();
    other.dataset().setString(Tag.SOPInstanceUID, VR.UI, first.instance());
    other.dataset().setString(Tag.ImageComments, VR.LT, "not what was sent before");
    films.add(1, other);

    List<FutureTask<Receipt>> answers = whileTheFirstWaits(films);

    assertThatThrownBy(() -> answers.remove(1).get()).hasMessageContaining("IMAGING-0007");
    films.remove(1);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.get().isNew()).isTrue());
    assertThat(stored(films)).hasSize(3);
    assertKept(films);
  }

  /** Another image of the first study cannot be recorded until all others wait for their turn. */
  private List<FutureTask<Receipt>> whileTheFirstWaits(List<Film> films) {
    List<FutureTask<Receipt>> answers = new ArrayList<>();
    house.holding(
        "select 1 from study where study_instance_uid = '" + first.study() + "' for update",
        () -> {
          start(first.another());
          Awaitility.await()
              .until(
                  () -> house.texts("select 1 from pg_locks where not granted"),
                  waiting -> !waiting.isEmpty());
          films.forEach(film -> answers.add(start(film)));
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () ->
                      threads.stream().skip(1).allMatch(t -> t.getState() == Thread.State.WAITING));
        });
    return answers;
  }

  private FutureTask<Receipt> start(Film film) {
    FutureTask<Receipt> task = new FutureTask<>(() -> receive(film));
    Thread thread = new Thread(task);
    threads.add(thread);
    thread.start();
    return task;
  }

  private static Receipt receive(Film film) throws IOException {
    return house
        .the(ObjectIntake.class)
        .receive(
            new IntakeAssociation(Surroundings.ST_AGNES, Actor.person("modality", null)),
            film.dataset().getString(Tag.SOPClassUID),
            film.instance(),
            UID.ExplicitVRLittleEndian,
            new ByteArrayInputStream(encoded(film)));
  }

  private static Film film() {
    return Film.of("P-1", "A-1", "20261122", "Chest");
  }

  private static byte[] encoded(Film film) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(bytes, film.dataset(), UID.ExplicitVRLittleEndian);
    return bytes.toByteArray();
  }

  /** Each file opens with the id that its row remembers, and ends with what was sent. */
  private static void assertKept(List<Film> films) {
    for (Film film : films) {
      String row = " from instance where " + among(List.of(film));
      String location = house.texts("select location" + row).get(0);
      UUID storedAs = UUID.fromString(house.texts("select stored_as" + row).get(0));
      house.in(
          () -> {
            try (InputStream object =
                house
                    .the(ObjectStore.class)
                    .source(Surroundings.ST_AGNES, location, storedAs)
                    .open(0)) {
              assertThat(object.readAllBytes()).endsWith(encoded(film));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static List<String> stored(List<Film> films) {
    return house.texts("select sop_instance_uid from instance where " + among(films));
  }

  private static List<String> transactions(List<Film> films) {
    return house.texts("select distinct xmin::text from instance where " + among(films));
  }

  private static String among(List<Film> films) {
    return films.stream()
        .map(film -> "'" + film.instance() + "'")
        .collect(Collectors.joining(", ", "sop_instance_uid in (", ")"));
  }
}
