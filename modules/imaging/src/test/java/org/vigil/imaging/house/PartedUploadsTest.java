package org.vigil.imaging.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomJson;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomXml;
import org.vigil.dicom.pixel.PixelCompressor;
import org.vigil.imaging.api.StudyUploads;
import org.vigil.imaging.api.StudyUploads.Answer;
import org.vigil.imaging.api.StudyUploads.Upload;
import org.vigil.imaging.api.StudyUploads.Value;
import org.vigil.kernel.Actor;

/** Objects whose metadata and bulk data come apart (PS3.18 §10.5.1). */
class PartedUploadsTest {
  private static final String OCTETS = "application/octet-stream";

  @TempDir private static Path folder;
  private static ImagingHouse house;

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

  /** What a request does. */
  private interface Request {
    void perform(Upload upload) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anObjectIsWhatItWasBeforeItWasTakenApart(boolean xml) throws IOException {
    Film film = film();
    film.dataset().setString(Tag.PatientComments, VR.LT, "Grüße, 山田");
    film.dataset().setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    Attributes item = new Attributes();
    item.setBytes(Tag.PixelData, VR.OW, new byte[] {1, 2, 3, 4});
    film.dataset().newSequence(0x00880200, 1).add(item);

    Answer answer =
        upload(
            request -> {
              describe(request, xml, film.dataset());
              keep(request, "bulk/00880200/1/7FE00010", OCTETS, null, new byte[] {1, 2, 3, 4});
              keep(request, "bulk/7FE00010", OCTETS, null, film.dataset().getBytes(Tag.PixelData));
            });

    assertThat(answer.stored()).as(new String(answer.json(), StandardCharsets.UTF_8)).isEqualTo(1);
    assertThat(answer.failed()).isZero();
    DicomObject kept = stored(film);
    assertThat(kept.transferSyntax()).isEqualTo(UID.ExplicitVRLittleEndian);
    assertThat(kept.dataset()).isEqualTo(film.dataset());
    assertNothingIsLeft();
  }

  @Test
  void severalObjectsOfOneRequestEachHaveTheirOutcome() throws IOException {
    Film good = film();
    Film missing = film();
    Film twice = film();

    Answer answer =
        upload(
            request -> {
              describe(request, "a/", good.dataset());
              describe(request, "b/", missing.dataset());
              describe(request, "c/", twice.dataset());
              keep(request, "a/7FE00010", OCTETS, null, new byte[512]);
              keep(request, "c/7FE00010", OCTETS, null, new byte[512]);
              keep(request, "c/7FE00010", OCTETS, null, new byte[512]);
              keep(request, "nobody", OCTETS, null, new byte[512]);
              keep(request, null, OCTETS, null, new byte[512]);
            });

    assertThat(answer.stored()).as(new String(answer.json(), StandardCharsets.UTF_8)).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(answer.json());
    assertThat(json.at("/00081199/Value/0/00081155/Value/0").asText()).isEqualTo(good.instance());
    assertThat(json.at("/00081198/Value"))
        .extracting(failed -> failed.at("/00081155/Value/0").asText())
        .containsExactly(missing.instance(), twice.instance());
    assertThat(json.at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC000);
    assertThat(json.at("/0008119A/Value")).hasSize(2);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "image/jls, 1.2.840.10008.1.2.4.80, ''",
    "image/jls, 1.2.840.10008.1.2.4.81, 1.2.840.10008.1.2.4.81",
    "application/octet-stream, 1.2.840.10008.1.2.4.80, 1.2.840.10008.1.2.4.80",
    "image/jp2, 1.2.840.10008.1.2.4.90, ''",
    "image/dicom-rle, 1.2.840.10008.1.2.5, ''",
  })
  void compressedPixelsAreEncapsulatedInTheSyntaxOfTheirMediaType(
      String mediaType, String syntax, String said) throws IOException {
    Film film = film();
    byte[] pixels = film.dataset().getBytes(Tag.PixelData);
    for (int i = 0; i < 256; i++) {
      pixels[2 * i] = (byte) i;
    }
    film.dataset().setBytes(Tag.PixelData, VR.OW, pixels);
    byte[] frame = compressed(film.dataset(), syntax);

    Answer answer =
        upload(
            request -> {
              describe(request, false, film.dataset());
              keep(request, "bulk/7FE00010", mediaType, said.isEmpty() ? null : said, frame);
            });

    assertThat(answer.stored()).as(new String(answer.json(), StandardCharsets.UTF_8)).isEqualTo(1);
    DicomObject kept = stored(film);
    assertThat(kept.transferSyntax()).isEqualTo(syntax);
    Fragments fragments = kept.dataset().getFragments(Tag.PixelData);
    assertThat(fragments.size()).isEqualTo(2);
    assertThat(decoded(film)).startsWith(0, 1, 2, 3);
  }

  @Test
  void anOrdinaryJpegNeedsNoDescription() throws IOException {
    Film film = film();
    for (int tag :
        new int[] {
          Tag.SamplesPerPixel, Tag.PhotometricInterpretation, Tag.Rows, Tag.Columns,
          Tag.BitsAllocated, Tag.BitsStored, Tag.HighBit, Tag.PixelRepresentation
        }) {
      film.dataset().remove(tag);
    }
    byte[] jpeg = jpeg(40, 24);

    Answer answer =
        upload(
            request -> {
              describe(request, false, film.dataset());
              keep(request, "bulk/7FE00010", "image/jpeg", null, jpeg);
            });

    assertThat(answer.stored()).as(new String(answer.json(), StandardCharsets.UTF_8)).isEqualTo(1);
    DicomObject kept = stored(film);
    assertThat(kept.transferSyntax()).isEqualTo(UID.JPEGBaseline8Bit);
    assertThat(kept.dataset().getInt(Tag.Rows, 0)).isEqualTo(24);
    assertThat(kept.dataset().getInt(Tag.Columns, 0)).isEqualTo(40);
    assertThat(kept.dataset().getInt(Tag.HighBit, 0)).isEqualTo(7);
    assertThat(kept.dataset().getString(Tag.PhotometricInterpretation)).isEqualTo("MONOCHROME2");
    assertThat(decoded(film)).hasSize(24 * 40);
  }

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, 1.2.840.10008.1.2.4.70",
    "image/jpeg, 1.2.840.10008.1.2.4.90",
    "image/jls, ''",
    "image/jp2, ''",
    "image/gif, ''",
    "text/html, ''",
    "application/octet-stream, 1.2.840.10008.1.2.2",
  })
  void pixelsThatAreNotWhatTheirPartSaysAreRefused(String mediaType, String said)
      throws IOException {
    Film film = film();
    byte[] jpeg = jpeg(16, 16);

    Answer answer =
        upload(
            request -> {
              describe(request, false, film.dataset());
              keep(request, "bulk/7FE00010", mediaType, said.isEmpty() ? null : said, jpeg);
            });

    assertThat(answer.stored()).isZero();
    JsonNode json = new ObjectMapper().readTree(answer.json());
    assertThat(json.at("/00081198/Value/0/00081155/Value/0").asText()).isEqualTo(film.instance());
    assertThat(json.at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC122);
  }

  @Test
  void oneCompressedPartIsNotTheFramesOfAMultiFrameImage() throws IOException {
    Film film = film();
    film.dataset().setInt(Tag.NumberOfFrames, VR.IS, 2);
    byte[] jpeg = jpeg(16, 16);

    Answer answer =
        upload(
            request -> {
              describe(request, false, film.dataset());
              keep(request, "bulk/7FE00010", "image/jpeg", null, jpeg);
            });

    assertThat(answer.failed()).isEqualTo(1);
  }

  @Test
  void theSameObjectAgainIsTheSameObjectAndAnotherUnderItsUidIsRefused() throws IOException {
    Film film = film();
    Request whole =
        request -> {
          describe(request, false, film.dataset());
          keep(request, "bulk/7FE00010", OCTETS, null, film.dataset().getBytes(Tag.PixelData));
        };
    upload(whole);
    assertThat(upload(whole).stored()).isEqualTo(1);

    Answer other =
        upload(
            request -> {
              describe(request, false, film.dataset());
              byte[] pixels = film.dataset().getBytes(Tag.PixelData).clone();
              pixels[0] = 1;
              keep(request, "bulk/7FE00010", OCTETS, null, pixels);
            });

    assertThat(
            new ObjectMapper()
                .readTree(other.json())
                .at("/00081198/Value/0/00081197/Value/0")
                .asInt())
        .isEqualTo(0x0111);
  }

  @Test
  void metadataThatIsNoneIsRefusedAndNothingStaysOnDisk() throws IOException {
    for (String text : List.of("[{", "no JSON", "[{\"00100010\":{}}]")) {
      assertThatThrownBy(
              () ->
                  upload(
                      request ->
                          request.describe(
                              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                              false)))
          .hasStackTraceContaining("DICOM");
    }
    assertNothingIsLeft();
  }

  private static Film film() {
    return Film.of("PARTS-1", "A-1", "20261122", "Chest");
  }

  /** An image without loss is one of the near-lossless syntax, too. */
  private static byte[] compressed(Attributes dataset, String syntax) throws IOException {
    String written = syntax.equals(UID.JPEGLSNearLossless) ? UID.JPEGLSLossless : syntax;
    return PixelCompressor.compress(dataset, UID.ExplicitVRLittleEndian, written)
        .getFragments(Tag.PixelData)
        .bytesOf(1);
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "jpeg", jpeg);
    return jpeg.toByteArray();
  }

  private static void describe(Upload upload, boolean xml, Attributes dataset) throws IOException {
    describe(upload, "bulk/", xml, dataset);
  }

  private static void describe(Upload upload, String prefix, Attributes dataset)
      throws IOException {
    describe(upload, prefix, false, dataset);
  }

  private static void describe(Upload upload, String prefix, boolean xml, Attributes dataset)
      throws IOException {
    DicomJson.BulkDataUris uris =
        (path, length) -> path.endsWith("7FE00010") ? prefix + path : null;
    String text = xml ? DicomXml.toXml(dataset, uris) : "[" + DicomJson.toJson(dataset, uris) + "]";
    upload.describe(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), xml);
  }

  private static void keep(
      Upload upload, String location, String mediaType, String syntax, byte[] bytes)
      throws IOException {
    upload.keep(new Value(location, mediaType, syntax, new ByteArrayInputStream(bytes)));
  }

  private static Answer upload(Request request) {
    List<Answer> answers = new ArrayList<>();
    house.in(
        () -> {
          try (Upload upload =
              house.the(StudyUploads.class).begin(null, Actor.peer("a sender", null))) {
            request.perform(upload);
            upload.join();
            answers.add(upload.answer("https://vigil.example/dicomweb"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return answers.get(0);
  }

  private static DicomObject stored(Film film) {
    return house.stored(film.instance());
  }

  private static int[] decoded(Film film) {
    return house.pixels(film.instance());
  }

  private static void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }
}
