package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.StorageScu;
import org.vigil.imaging.api.DicomWeb;
import org.vigil.imaging.api.DicomWeb.ObjectSearch;
import org.vigil.imaging.api.DicomWeb.StudySearch;

/** Searches for series and instances of all studies (PS3.18 §10.6). */
class ObjectSearchTest {
  private static final String BASE = "https://vigil.example/dicomweb";

  @TempDir private static Path folder;
  private static ImagingHouse house;

  /** Two films of Ida's first study in two series, one of her second, one of somebody else. */
  @BeforeAll
  static void store() throws IOException {
    house = new ImagingHouse(folder);
    Film first = film("IDA-1", "A-1", "20240105", 1, 7);
    Film lateral = inAnotherSeries(first, "Lateral", 2);
    Film second = film("IDA-1", "A-2", "20261122", 1, 9);
    Film other = film("OTTO-1", "A-3", "20261122", 3, 1);
    StorageScu.storeAll(
        house.remote("DX1"), List.of(first.item(), lateral.item(), second.item(), other.item()));
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
  }

  private static Film film(String patient, String accession, String date, int series, int number) {
    Film film = Film.of(patient, accession, date, "Chest");
    film.dataset().setInt(Tag.SeriesNumber, VR.IS, series);
    film.dataset().setInt(Tag.InstanceNumber, VR.IS, number);
    film.dataset().setString(Tag.SeriesDescription, VR.LO, "Frontal");
    return film;
  }

  private static Film inAnotherSeries(Film film, String description, int number) {
    Attributes other = new Attributes(film.dataset());
    other.setString(Tag.SOPInstanceUID, VR.UI, Uids.fresh());
    other.setString(Tag.SeriesInstanceUID, VR.UI, Uids.fresh());
    other.setString(Tag.SeriesDescription, VR.LO, description);
    other.setInt(Tag.SeriesNumber, VR.IS, number);
    return new Film(other);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 4",
    "IDA-1, '', 3",
    "IDA*, SeriesDescription=Front*, 2",
    "'', SeriesDescription=Lateral, 1",
    "'', SeriesDescription=100%, 0",
    "'', SeriesNumber=1, 2",
    "IDA-1, Modality=DX, 3",
    "'', Modality=CT, 0",
    "'', Modality=?X, 4",
    "'', SeriesInstanceUID=1.2.3, 0",
    "'', Modality=, 4",
  })
  void seriesAreFoundByTheirKeysAndTheirStudies(String patient, String key, int found) {
    assertThat(search(true, patient, keys(key), null, 0, 100)).hasSize(found);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 4",
    "IDA-1, InstanceNumber=7, 2",
    "'', Rows=16, 4",
    "'', Rows=17, 0",
    "'', NumberOfFrames=1, 4",
    "'', SOPClassUID=1.2.840.10008.5.1.4.1.1.1.1, 4",
    "'', SOPClassUID=1.2.840.10008.5.1.4.1.1.2, 0",
    "OTTO-1, SeriesNumber=3, 1",
  })
  void instancesAreFoundByTheirKeysAndThoseAbove(String patient, String key, int found) {
    assertThat(search(false, patient, keys(key), null, 0, 100)).hasSize(found);
  }

  @Test
  void anAnswerTellsOfTheStudyToo() {
    JsonNode series = search(true, "OTTO-1", Map.of(), null, 0, 1).get(0);
    assertThat(series.at("/00080060/Value/0").asText()).isEqualTo("DX");
    assertThat(series.at("/00201209/Value/0").asInt()).isEqualTo(1);
    JsonNode instance = search(false, "OTTO-1", Map.of(), null, 0, 1).get(0);
    for (JsonNode answer : List.of(series, instance)) {
      assertThat(answer.at("/00080050/Value/0").asText()).isEqualTo("A-3");
      assertThat(answer.at("/00100010/Value/0/Alphabetic").asText()).isEqualTo("Invented^Ida");
      assertThat(answer.at("/00080056/Value/0").asText()).isEqualTo("ONLINE");
      assertThat(answer.at("/00081190/Value/0").asText())
          .startsWith(BASE + "/studies/" + answer.at("/0020000D/Value/0").asText() + "/series/");
    }
    assertThat(instance.at("/00081190/Value/0").asText())
        .endsWith("/instances/" + instance.at("/00080018/Value/0").asText());
  }

  @Test
  void pagesFollowOneAnother() {
    List<String> uids = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      search(false, null, Map.of(), null, 2 * page, 2)
          .forEach(found -> uids.add(found.at("/00080018/Value/0").asText()));
    }
    assertThat(uids).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void aGrantForOtherModalitiesFindsNothing() {
    assertThat(search(true, null, Map.of(), Set.of("CT"), 0, 100)).isEmpty();
    assertThat(search(false, null, Map.of(), Set.of("CT", "DX"), 0, 100)).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "SeriesNumber=one, SeriesNumber",
    "Nonsense=1, Nonsense",
    "SOPClassUID=1, SOPClassUID"
  })
  void aKeyThatIsNotKnownOrNotOfItsKindIsRefused(String key, String named) {
    assertThatThrownBy(() -> search(true, null, keys(key), null, 0, 100))
        .hasMessageContaining("KERNEL-0003")
        .hasMessageContaining(named);
  }

  private static Map<String, String> keys(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0 ? Map.of() : Map.of(pair.substring(0, equals), pair.substring(equals + 1));
  }

  private static List<JsonNode> search(
      boolean series,
      String patient,
      Map<String, String> keys,
      Set<String> only,
      int offset,
      int limit) {
    ObjectSearch search =
        new ObjectSearch(
            new StudySearch(
                Set.of(),
                patient,
                null,
                null,
                LocalDate.of(2024, 1, 1),
                null,
                null,
                only,
                offset,
                limit),
            keys);
    List<JsonNode> found = new ArrayList<>();
    house.in(
        () -> {
          DicomWeb web = house.the(DicomWeb.class);
          byte[] json = series ? web.searchSeries(search, BASE) : web.searchInstances(search, BASE);
          try {
            new ObjectMapper().readTree(json).forEach(found::add);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return found;
  }
}
