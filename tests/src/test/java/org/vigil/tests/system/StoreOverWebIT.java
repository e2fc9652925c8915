package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomJson;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.io.DicomXml;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** A PACS stores by STOW-RS what others send by C-STORE: the study is read and reported alike. */
class StoreOverWebIT {
  private static final String BOUNDARY = "a--boundary";
  private static final String RELATED =
      "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY;

  private static TestHospital hospital;
  private static Rest pacs;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
    pacs = hospital.as("PACS_SERVICE");
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void aStudyIsStoredAnsweredAnalysedAndGivenBack() throws IOException {
    Visit visit = hospital.critical();
    hospital.sendOrder(visit);
    byte[] film = file(visit.dicom());

    Rest.Answer answer = pacs.bytes("dicomweb/studies", RELATED, multipart(film));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode stored = answer.ok().at("/00081199/Value/0");
    assertThat(stored.at("/00081155/Value/0").asText())
        .isEqualTo(visit.dicom().getString(Tag.SOPInstanceUID));
    assertThat(answer.ok().has("00081198")).isFalse();
    String url = stored.at("/00081190/Value/0").asText();
    assertThat(url).contains("/dicomweb/studies/" + visit.study() + "/series/");
    assertThat(pacs.get("dicomweb" + url.split("/dicomweb", 2)[1] + "/metadata").ok().toString())
        .contains(visit.dicom().getString(Tag.SOPInstanceUID));
    hospital.waitUntilAnalysed(visit);
    hospital.waitUntilDelivered();
    assertThat(hospital.audit("STUDY_RECEIVED")).isNotEmpty();
  }

  @Test
  void theSameObjectAgainBySomebodyElsesWayIsTheSameObject() throws IOException {
    Visit visit = hospital.normal();
    hospital.sendOrder(visit);
    hospital.sendStudy(visit);

    Rest.Answer answer =
        pacs.bytes("dicomweb/studies/" + visit.study(), "application/dicom", file(visit.dicom()));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    hospital.waitUntilAnalysed(visit);
    assertThat(pacs.get("dicomweb/studies/" + visit.study() + "/instances").ok())
        .filteredOn(
            i ->
                i.at("/00080016/Value/0").asText().equals(visit.dicom().getString(Tag.SOPClassUID)))
        .hasSize(1);
  }

  @Test
  void eachObjectHasItsOwnOutcome() throws IOException {
    Visit visit = hospital.normal();
    byte[] good = file(visit.dicom());
    Attributes nameless = new Attributes(visit.dicom());
    nameless.setString(Tag.SOPInstanceUID, VR.UI, Uids.fresh());
    nameless.remove(Tag.SeriesInstanceUID);
    byte[] cut = Arrays.copyOf(good, 900);

    Rest.Answer answer =
        pacs.bytes(
            "dicomweb/studies",
            RELATED,
            multipart(
                "no DICOM at all, by its own word".getBytes(StandardCharsets.UTF_8),
                good,
                file(nameless),
                cut));

    assertThat(answer.status()).isEqualTo(202);
    JsonNode body = answer.json();
    assertThat(body.at("/00081199/Value")).hasSize(1);
    assertThat(body.at("/00081198/Value"))
        .extracting(item -> item.at("/00081197/Value/0").asInt())
        .containsExactly(0xC000, 0xC000);
    assertThat(body.at("/0008119A/Value")).hasSize(1);
    assertThat(hospital.audit("OBJECT_REFUSED")).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aBodyThatEndsInsideAnObjectStoresNothingOfIt() throws IOException {
    Visit visit = hospital.normal();
    byte[] whole = multipart(file(visit.dicom()));

    Rest.Answer answer =
        pacs.bytes("dicomweb/studies", RELATED, Arrays.copyOf(whole, whole.length - 5000));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("code").asText()).isEqualTo("IMAGING-0020");
    assertThat(pacs.get("dicomweb/studies/" + visit.study() + "/metadata").status()).isEqualTo(404);
  }

  @Test
  void anObjectOfAnotherStudyThanTheUrlNamesIsRefused() throws IOException {
    Visit visit = hospital.normal();

    Rest.Answer answer =
        pacs.bytes("dicomweb/studies/" + Uids.fresh(), RELATED, multipart(file(visit.dicom())));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xA900);
    assertThat(pacs.get("dicomweb/studies/" + visit.study() + "/metadata").status()).isEqualTo(404);
  }

  @Test
  void aFormOfABrowserAndAnAnswerInXml() throws IOException {
    Visit visit = hospital.normal();
    hospital.sendOrder(visit);
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"film.dcm\"\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(file(visit.dicom()));
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));

    Rest.Answer answer =
        pacs.with("Accept", "application/dicom+xml")
            .bytes(
                "dicomweb/studies",
                "multipart/form-data; boundary=" + BOUNDARY,
                form.toByteArray());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).contains("<NativeDicomModel").contains("ReferencedSOPSequence");
    hospital.waitUntilAnalysed(visit);
  }

  @ParameterizedTest
  @CsvSource({"application/dicom+json", "application/dicom+xml"})
  void aStudyWhoseMetadataAndPixelsComeApartIsAnalysedLikeAnyOther(String type) throws IOException {
    Visit visit = hospital.critical();
    hospital.sendOrder(visit);

    Rest.Answer answer =
        apart(
            type,
            part(type, null, metadata(type, visit.dicom())),
            part("application/octet-stream", "urn:pixels", visit.dicom().getBytes(Tag.PixelData)));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/00081199/Value/0/00081155/Value/0").asText())
        .isEqualTo(visit.dicom().getString(Tag.SOPInstanceUID));
    assertThat(hospital.waitUntilAnalysed(visit).get("severity").asText()).isEqualTo("critical");
  }

  @Test
  void anObjectWithoutItsPixelsIsRefusedByNameAndTheOthersStay() throws IOException {
    Visit visit = hospital.normal();
    Attributes other = new Attributes(visit.dicom());
    other.setString(Tag.SOPInstanceUID, VR.UI, Uids.fresh());
    String type = "application/dicom+json";
    String second =
        new String(metadata(type, other), StandardCharsets.UTF_8).replace("urn:pixels", "urn:gone");

    Rest.Answer answer =
        apart(
            type,
            part(type, null, metadata(type, visit.dicom())),
            part(type, null, second.getBytes(StandardCharsets.UTF_8)),
            part("application/octet-stream", "urn:pixels", visit.dicom().getBytes(Tag.PixelData)));

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.json().at("/00081198/Value")).hasSize(1);
    assertThat(answer.json().at("/00081198/Value/0/00081155/Value/0").asText())
        .isEqualTo(other.getString(Tag.SOPInstanceUID));
    assertThat(answer.json().at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC000);
    assertThat(pacs.get("dicomweb/studies/" + visit.study() + "/instances").ok()).hasSize(1);
  }

  @Test
  void metadataThatIsNoneStoresNothing() throws IOException {
    String type = "application/dicom+json";
    Rest.Answer answer = apart(type, part(type, null, "[{".getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("code").asText()).isEqualTo("IMAGING-0020");
  }

  private static byte[] metadata(String type, Attributes dataset) throws IOException {
    DicomJson.BulkDataUris uris = (path, length) -> path.equals("7FE00010") ? "urn:pixels" : null;
    String text =
        type.endsWith("xml")
            ? DicomXml.toXml(dataset, uris)
            : "[" + DicomJson.toJson(dataset, uris) + "]";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Rest.Answer apart(String type, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return pacs.bytes(
        "dicomweb/studies",
        "multipart/related; type=\"" + type + "\"; boundary=" + BOUNDARY,
        body.toByteArray());
  }

  private static byte[] part(String type, String location, byte[] content) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes(
        ("--"
                + BOUNDARY
                + "\r\nContent-Type: "
                + type
                + (location == null ? "" : "\r\nContent-Location: " + location)
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    part.writeBytes(content);
    part.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    return part.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/related; type=\"application/dicom\"; boundary=other, 400",
    "multipart/related; type=\"application/dicom\", 400",
    "application/json, 415",
    "application/dicom, 409"
  })
  void aBodyThatIsNotWhatItsTypeSaysIsRefused(String type, int status) {
    byte[] body = "no multipart body".getBytes(StandardCharsets.UTF_8);
    Rest.Answer answer = pacs.bytes("dicomweb/studies", type, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status == 400) {
      assertThat(answer.json().get("code").asText()).isEqualTo("IMAGING-0020");
    }
  }

  private static byte[] file(Attributes dataset) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.write(
        out, DicomWriter.fileMetaInformation(dataset, UID.ExplicitVRLittleEndian), dataset);
    return out.toByteArray();
  }

  private static byte[] multipart(byte[]... objects) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] object : List.of(objects)) {
      body.writeBytes(
          ("--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(object);
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }
}
