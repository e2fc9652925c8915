package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.StorageScu;
import org.vigil.imaging.api.DicomWeb;
import org.vigil.imaging.api.DicomWeb.Search;
import org.vigil.imaging.api.DicomWeb.Target;
import org.vigil.imaging.api.SearchMatches;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.kernel.SeriesInstanceUid;

/** Searches for studies, series and instances (PS3.18 §10.6). */
class ObjectSearchTest {
  private static final String BASE = "https://vigil.example/dicomweb";

  @TempDir private static Path folder;
  private static ImagingHouse house;
  private static Film first;

  /** Two films of Ida's first study in two series, one of her second, one of somebody else. */
  @BeforeAll
  static void store() throws IOException {
    house = new ImagingHouse(folder);
    first = film("IDA-1", "A-1", "20240105", 1, 3);
    Film lateral = inAnotherSeries(first, "Lateral", 2);
    Film second = film("IDA-1", "A-2", "20261122", 1, 2);
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
    film.dataset().setString(Tag.StudyTime, VR.TM, "1" + number + "3015");
    film.dataset().setString(Tag.StudyID, VR.SH, "S" + number);
    film.dataset().setString(Tag.ReferringPhysicianName, VR.PN, "Sender^" + patient);
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
    "'', 3",
    "PatientID=IDA-1, 2",
    "PatientName=invented^*, 3",
    "PatientName=Invented, 0",
    "PatientBirthDate=19580314, 3",
    "StudyDate=20240105, 1",
    "StudyDate=20240106-, 2",
    "StudyDate=-20240105, 1",
    "StudyDate=20240101-20261231, 3",
    "StudyTime=113015, 1",
    "StudyTime=12, 1",
    "StudyTime=1230, 1",
    "StudyTime=1231, 0",
    "StudyTime=1131-1230, 1",
    "StudyTime=-1159, 1",
    "StudyTime=12-, 2",
    "StudyID=S?, 3",
    "StudyID=S2, 1",
    "ReferringPhysicianName=sender^otto*, 1",
    "AccessionNumber=A-2\\A-3, 2",
    "StudyDescription=Chest, 3",
    "ModalitiesInStudy=DX, 3",
    "ModalitiesInStudy=CT\\DX, 3",
    "ModalitiesInStudy=CT, 0",
    "PatientID=*, 3",
  })
  void studiesAreFoundByEveryKeyThatTheStandardAsksFor(String key, int found) {
    assertThat(studies(keys(key), 0, 100).page()).hasSize(found);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 4",
    "PatientID=IDA-1, 3",
    "PatientID=IDA*;SeriesDescription=Front*, 2",
    "SeriesDescription=Lateral, 1",
    "SeriesDescription=100%, 0",
    "SeriesNumber=1, 2",
    "PatientID=IDA-1;Modality=DX, 3",
    "Modality=CT, 0",
    "Modality=?X, 4",
    "StudyTime=12, 1",
    "SeriesInstanceUID=1.2.3, 0",
    "Modality=, 4",
  })
  void seriesAreFoundByTheirKeysAndTheirStudies(String key, int found) {
    assertThat(search(true, key, null, 0, 100).page()).hasSize(found);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 4",
    "PatientID=IDA-1;InstanceNumber=3, 2",
    "Rows=16, 4",
    "Rows=17, 0",
    "NumberOfFrames=1, 4",
    "SOPClassUID=1.2.840.10008.5.1.4.1.1.1.1, 4",
    "SOPClassUID=1.2.840.10008.5.1.4.1.1.2, 0",
    "PatientID=OTTO-1;SeriesNumber=3, 1",
  })
  void instancesAreFoundByTheirKeysAndThoseAbove(String key, int found) {
    assertThat(search(false, key, null, 0, 100).page()).hasSize(found);
  }

  @Test
  void anAnswerTellsOfTheStudyToo() {
    Attributes series = search(true, "PatientID=OTTO-1", null, 0, 1).page().get(0);
    assertThat(series.getString(Tag.Modality)).isEqualTo("DX");
    assertThat(series.getInt(Tag.NumberOfSeriesRelatedInstances, 0)).isEqualTo(1);
    Attributes instance = search(false, "PatientID=OTTO-1", null, 0, 1).page().get(0);
    for (Attributes answer : List.of(series, instance)) {
      assertThat(answer.getString(Tag.AccessionNumber)).isEqualTo("A-3");
      assertThat(answer.getString(Tag.PatientName)).isEqualTo("Invented^Ida");
      assertThat(answer.getString(Tag.InstanceAvailability)).isEqualTo("ONLINE");
      assertThat(answer.getString(Tag.RetrieveURL))
          .startsWith(BASE + "/studies/" + answer.getString(Tag.StudyInstanceUID) + "/series/");
    }
    assertThat(instance.getString(Tag.RetrieveURL))
        .endsWith("/instances/" + instance.getString(Tag.SOPInstanceUID));
  }

  @Test
  void whatThePathNamesIsAnsweredWhereItIsAskedFor() {
    SeriesInstanceUid series =
        SeriesInstanceUid.of(first.dataset().getString(Tag.SeriesInstanceUID));
    Attributes ofStudy = inStudy(null, Set.of()).page().get(0);
    assertThat(ofStudy.contains(Tag.PatientName)).isFalse();
    assertThat(ofStudy.getInt(Tag.SeriesNumber, 0)).isEqualTo(1);
    Attributes ofSeries = inStudy(series, Set.of()).page().get(0);
    assertThat(ofSeries.contains(Tag.SeriesNumber)).isFalse();
    assertThat(ofSeries.getString(Tag.StudyInstanceUID)).isEqualTo(first.study().value());
    Attributes asked = inStudy(series, Set.of(Tag.PatientName)).page().get(0);
    assertThat(asked.getString(Tag.PatientName)).isEqualTo("Invented^Ida");
    assertThat(asked.contains(Tag.SeriesNumber)).isFalse();
    Attributes all = inStudy(series, Set.of(Search.ALL)).page().get(0);
    assertThat(all.getInt(Tag.SeriesNumber, 0)).isEqualTo(1);
    assertThat(all.getString(Tag.StudyDescription)).isEqualTo("Chest");
  }

  @Test
  void aKeyThatContradictsThePathFindsNothing() {
    List<SearchMatches> found = new ArrayList<>();
    house.in(
        () ->
            found.add(
                house
                    .the(DicomWeb.class)
                    .searchSeries(
                        first.study(),
                        new Search(keys("StudyInstanceUID=1.2"), Set.of(), null, 0, 10),
                        BASE)));
    assertThat(found.get(0).page()).isEmpty();
  }

  @Test
  void pagesFollowOneAnother() {
    List<String> uids = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      search(false, "", null, 2 * page, 2)
          .page()
          .forEach(found -> uids.add(found.getString(Tag.SOPInstanceUID)));
    }
    assertThat(uids).hasSize(4).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "STUDY, 0, 1, 2",
    "STUDY, 2, 1, 0",
    "STUDY, 0, 3, 0",
    "STUDY, 9, 1, 0",
    "SERIES, 0, 1, 3",
    "SERIES, 1, 2, 1",
    "IMAGE, 0, 0, 4",
    "IMAGE, 3, 1, 0"
  })
  void aPageTellsHowManyFollow(QueryLevel level, int offset, int limit, int remaining) {
    SearchMatches found =
        level == QueryLevel.STUDY
            ? studies(new Attributes(), offset, limit)
            : search(level == QueryLevel.SERIES, "", null, offset, limit);
    assertThat(found.remaining()).isEqualTo(remaining);
    assertThat(found.counted()).isTrue();
  }

  @Test
  void whatFollowsIsCountedUnderTheSameKeysAndRights() {
    assertThat(search(false, "PatientID=IDA*;Rows=16", Set.of("DX"), 0, 1).remaining())
        .isEqualTo(2);
  }

  @Test
  void aGrantForOtherModalitiesFindsNothing() {
    assertThat(search(true, "", Set.of("CT"), 0, 100).page()).isEmpty();
    assertThat(search(false, "", Set.of("CT", "DX"), 0, 100).page()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "SeriesNumber=one, SeriesNumber",
    "Manufacturer=1, Manufacturer",
    "StudyDate=yesterday, StudyDate",
    "StudyTime=noon, StudyTime",
    "StudyTime=2500, StudyTime",
    "SOPClassUID=1, SOPClassUID"
  })
  void aKeyThatIsNotKnownOrNotOfItsKindIsRefused(String key, String named) {
    assertThatThrownBy(() -> search(true, key, null, 0, 100))
        .hasMessageContaining("KERNEL-0003")
        .hasMessageContaining(named);
  }

  private static Attributes keys(String text) {
    Attributes keys = new Attributes();
    for (String pair : text.isEmpty() ? new String[0] : text.split(";")) {
      String[] key = pair.split("=", 2);
      int tag = ElementDictionary.tagOf(key[0]);
      if (ElementDictionary.vrOf(tag) == VR.US) {
        keys.setInt(tag, VR.US, Integer.parseInt(key[1]));
      } else {
        keys.setString(tag, key[1].split("\\\\"));
      }
    }
    return keys;
  }

  private static SearchMatches studies(Attributes keys, int offset, int limit) {
    List<SearchMatches> found = new ArrayList<>();
    house.in(
        () ->
            found.add(
                house
                    .the(DicomWeb.class)
                    .searchStudies(new Search(keys, Set.of(), null, offset, limit), BASE)));
    return found.get(0);
  }

  private static SearchMatches inStudy(SeriesInstanceUid series, Set<Integer> included) {
    List<SearchMatches> found = new ArrayList<>();
    Search search = new Search(new Attributes(), included, null, 0, 100);
    house.in(
        () ->
            found.add(
                house
                    .the(DicomWeb.class)
                    .searchInstances(new Target(first.study(), series, null), search, BASE)));
    return found.get(0);
  }

  private static SearchMatches search(
      boolean series, String keys, Set<String> only, int offset, int limit) {
    Search search = new Search(keys(keys), Set.of(), only, offset, limit);
    List<SearchMatches> found = new ArrayList<>();
    house.in(
        () -> {
          DicomWeb web = house.the(DicomWeb.class);
          found.add(series ? web.searchSeries(search, BASE) : web.searchInstances(search, BASE));
        });
    return found.get(0);
  }
}
