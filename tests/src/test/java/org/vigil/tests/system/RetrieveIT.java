package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.io.DicomXmlReader;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** What a viewer counts on: parts of objects, answers that need not be sent twice, short ones. */
class RetrieveIT {
  private static TestHospital hospital;
  private static Rest viewer;
  private static String object;

  @BeforeAll
  static void storeAFilm() {
    hospital = TestHospital.open();
    Visit visit = hospital.normal();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);
    viewer = hospital.as("RADIOLOGIST");
    object =
        "dicomweb/studies/"
            + visit.study()
            + "/series/"
            + visit.dicom().getString(Tag.SeriesInstanceUID)
            + "/instances/"
            + visit.dicom().getString(Tag.SOPInstanceUID);
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=128-131, 206, DICM",
    "bytes=130-131, 206, CM",
    "bytes=99999999999-, 416, ''",
    "bytes=-0, 416, ''"
  })
  void partsOfAnEncryptedObjectAreReadWhereTheyLie(String range, int status, String bytes) {
    Rest.Answer answer =
        viewer.with("Accept", "application/dicom").with("Range", range).get(object);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(bytes);
    assertThat(answer.headers().toLowerCase(java.util.Locale.ROOT)).contains("content-range");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"bytes=0-1,5-6", "bytes=7-3", "lines=1-2", "bytes=-"})
  void whatIsNoSingleRangeIsAnsweredWhole(String range) {
    assertThat(
            viewer
                .with("Accept", "application/dicom")
                .with("Range", range)
                .open("GET", object)
                .status())
        .isEqualTo(200);
  }

  @Test
  void aRangeOfAnotherVersionIsAnsweredWhole() {
    Rest.Answer answer =
        viewer
            .with("Accept", "application/dicom")
            .with("Range", "bytes=0-1")
            .with("If-Range", "\"of another object\"")
            .open("GET", object);
    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"/frames/1", "/rendered", "/thumbnail", "/metadata", "''"})
  void whatTheViewerHasIsNotSentAgain(String part) {
    Rest.Answer first = viewer.open("GET", object + part);
    assertThat(first.status()).isEqualTo(200);
    String tag = header(first, "etag");

    assertThat(viewer.with("If-None-Match", tag).get(object + part).status()).isEqualTo(304);
    assertThat(viewer.open("GET", object + part).headers()).contains(tag);
    assertThat(hospital.as("NURSE").open("GET", object + part).status())
        .as("what lies in memory is shown to nobody else")
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "series?Modality=DX | 1",
        "series?00080060=D* | 1",
        "series?Modality=CT | 0",
        "instances?limit=0 | 0",
        "instances?limit=1 | 1",
        "instances?offset=1000 | 0",
        "instances?SOPInstanceUID=1.2,1.3 | 0"
      })
  void aSearchInAStudyMatchesAndPages(String query, int found) {
    String study = object.substring(0, object.indexOf("/series/"));
    assertThat(viewer.get(study + "/" + query).ok()).hasSize(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "series?StudyInstanceUID={study}&Modality=DX | 1",
        "series?0020000D={study}&Modality=CT | 0",
        "instances?StudyInstanceUID={study}&limit=1 | 1",
        "instances?StudyInstanceUID={study}&offset=1000 | 0"
      })
  void aSearchOverAllStudiesMatchesAndPages(String query, int found) {
    String study = object.substring("dicomweb/studies/".length(), object.indexOf("/series/"));
    assertThat(viewer.get("dicomweb/" + query.replace("{study}", study)).ok()).hasSize(found);
    assertThat(viewer.get("dicomweb/series?Nonsense=1").status()).isEqualTo(400);
    assertThat(viewer.get("dicomweb/instances?limit=all").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "series?BodyPartExamined=X",
    "series?StudyDate=yesterday",
    "instances?Nonsense=1",
    "instances?limit=-1"
  })
  void aKeyThatIsNotAnsweredIsRefusedRatherThanIgnored(String query) {
    String study = object.substring(0, object.indexOf("/series/"));
    assertThat(viewer.get(study + "/" + query).status()).isEqualTo(400);
  }

  @Test
  void aSearchWarnsOfWhatFollowsAndOfWhatItDoesNotDo() {
    String study = object.substring(0, object.indexOf("/series/"));
    String uid = study.substring(study.lastIndexOf('/') + 1);
    String warning = "There are 1 additional results that can be requested";
    assertThat(viewer.get(study + "/instances?limit=0").headers())
        .contains("299 ", "/dicomweb: There are ");
    assertThat(viewer.get("dicomweb/studies?StudyInstanceUID=" + uid + "&limit=0").headers())
        .contains("/dicomweb: " + warning);
    Rest.Answer whole = viewer.get("dicomweb/studies?0020000D=" + uid + "&fuzzymatching=true");
    assertThat(whole.ok()).hasSize(1);
    assertThat(whole.headers())
        .contains("The fuzzymatching parameter is not supported. Only literal matching has been")
        .doesNotContain("additional results");
  }

  @Test
  void attributesOfTheStudyAreAnsweredWhereAskedFor() {
    String study = object.substring(0, object.indexOf("/series/"));
    assertThat(viewer.get(study + "/series").ok().get(0).has("00100020")).isFalse();
    JsonNode found = viewer.get(study + "/series?includefield=PatientID,Nonsense").ok().get(0);
    assertThat(found.has("00100020")).isTrue();
    assertThat(found.has("00100010")).isFalse();
    assertThat(viewer.get(study + "/series?includefield=all").ok().get(0).has("00100010")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"/series", "/instances", "/metadata"})
  void whoAsksForXmlIsAnsweredInTheNativeModelEachInAPart(String part) throws IOException {
    String study = object.substring(0, object.indexOf("/series/"));
    String xml = "multipart/related; type=\"application/dicom+xml\"";
    Rest.Answer answer = viewer.with("Accept", xml).get(study + part);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "content-type"))
        .startsWith("multipart/related;")
        .contains("type=\"application/dicom+xml\"");
    Matcher boundary = Pattern.compile("boundary=([^;]+)").matcher(header(answer, "content-type"));
    assertThat(boundary.find()).isTrue();
    String[] parts = answer.text().split("--" + boundary.group(1));
    assertThat(parts[parts.length - 1].strip()).isEqualTo("--");
    int read = parts.length - 2;
    for (int i = 1; i <= read; i++) {
      assertThat(parts[i]).contains("Content-Type: application/dicom+xml\r\n");
      Attributes dataset =
          DicomXmlReader.read(
              new StringReader(parts[i].substring(parts[i].indexOf("<?xml")).strip()),
              (attributes, tag, vr, uri) -> assertThat(uri).contains("/dicomweb/studies/"));
      assertThat(study).endsWith(dataset.getString(Tag.StudyInstanceUID));
    }
    assertThat(read).isEqualTo(viewer.get(study + part).ok().size());
  }

  @Test
  void whatIsNotOfferedIsNotAcceptable() {
    String study = object.substring(0, object.indexOf("/series/"));
    for (String path : List.of("dicomweb/studies", study + "/series", study + "/metadata")) {
      assertThat(viewer.with("Accept", "text/csv").get(path).status()).isEqualTo(406);
      assertThat(viewer.with("Accept", "text/csv, */*;q=0.1").get(path).status()).isEqualTo(200);
      assertThat(viewer.with("Accept", "text/csv").get(path + "?accept=application/json").status())
          .isEqualTo(200);
    }
    assertThat(
            viewer
                .with("Accept", "multipart/related;type=\"application/dicom+xml\"")
                .get("dicomweb/studies?StudyInstanceUID=1.2")
                .status())
        .isEqualTo(204);
  }

  @Test
  void metadataTravelsCompressed() {
    Rest.Answer answer = viewer.with("Accept-Encoding", "gzip").open("GET", object + "/metadata");
    assertThat(header(answer, "content-encoding")).isEqualTo("gzip");
  }

  private static String header(Rest.Answer answer, String name) {
    var found =
        java.util.regex.Pattern.compile("(?i)\\b" + name + "=\\[([^\\]]*)\\]")
            .matcher(answer.headers());
    assertThat(found.find()).as(name + " in " + answer.headers()).isTrue();
    return found.group(1);
  }
}
