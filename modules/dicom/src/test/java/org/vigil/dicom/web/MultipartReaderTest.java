package org.vigil.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.DicomException;

class MultipartReaderTest {
  private static final String TYPE =
      "multipart/related; type=\"application/dicom\"; boundary=\"b1\"";

  private static List<String> parts(String body) throws IOException {
    MultipartReader parts =
        MultipartReader.of(
            TYPE, new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
    List<String> found = new ArrayList<>();
    MultipartReader.Part part = parts.next();
    while (part != null) {
      assertThat(part.mediaType()).isEqualTo("application/dicom");
      found.add(new String(part.content().readAllBytes(), StandardCharsets.ISO_8859_1));
      part = parts.next();
    }
    return found;
  }

  private static String part(String content) {
    return "--b1\r\nContent-Type: application/dicom\r\n\r\n" + content + "\r\n";
  }

  @Test
  void eachPartTellsWhereItBelongsAndHowItIsEncoded() throws IOException {
    String body =
        "--b1\r\nContent-Type: application/dicom+json\r\n\r\n[]\r\n"
            + "--b1\r\ncontent-location: https://pacs.example/\r\n  bulk/1\r\n"
            + "Content-Type: image/jpeg; Transfer-Syntax=\"1.2.840.10008.1.2.4.50\"\r\n\r\nx\r\n"
            + "--b1\r\nContent-Type: image/jls;transfer-syntax=1.2.3\r\n\r\ny\r\n--b1--";
    MultipartReader parts =
        MultipartReader.of(
            TYPE, new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(parts.next())
        .matches(part -> part.location() == null && part.transferSyntaxUid() == null);
    MultipartReader.Part second = parts.next();
    assertThat(second.mediaType()).isEqualTo("image/jpeg");
    assertThat(second.location()).isEqualTo("https://pacs.example/bulk/1");
    assertThat(second.transferSyntaxUid()).isEqualTo("1.2.840.10008.1.2.4.50");
    MultipartReader.Part third = parts.next();
    assertThat(third.location()).isNull();
    assertThat(third.transferSyntaxUid()).isEqualTo("1.2.3");
  }

  @Test
  void partsComeOneAfterTheOther() throws IOException {
    assertThat(parts(part("one") + part("") + part("two\r\n--b2") + "--b1--"))
        .containsExactly("one", "", "two\r\n--b2");
  }

  @Test
  void partsLongerThanTheBufferAreWhole() throws IOException {
    String large = "\r\n--b\r\r\n-x".repeat(50_000);
    assertThat(parts("preamble\r\n" + part(large) + part("end") + "--b1--\r\n"))
        .containsExactly(large, "end");
  }

  @Test
  void whatIsNotReadIsSkipped() throws IOException {
    MultipartReader parts =
        MultipartReader.of(
            TYPE,
            new ByteArrayInputStream(
                (part("x".repeat(200_000)) + part("two") + "--b1--")
                    .getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(parts.next().content().read()).isEqualTo('x');
    assertThat(new String(parts.next().content().readAllBytes(), StandardCharsets.ISO_8859_1))
        .isEqualTo("two");
    assertThat(parts.next()).isNull();
  }

  @Test
  void anAnswerThatBreaksOffIsAnError() {
    assertThatThrownBy(
            () -> parts(part("one") + "--b1\r\nContent-Type: application/dicom\r\n\r\nhal"))
        .isInstanceOf(DicomException.class);
    assertThatThrownBy(() -> parts(part("one"))).isInstanceOf(DicomException.class);
    assertThatThrownBy(() -> parts("")).isInstanceOf(DicomException.class);
    for (String type : new String[] {"text/html", "multipart/related", "", "no type"}) {
      assertThatThrownBy(() -> MultipartReader.of(type, InputStream.nullInputStream()).next())
          .as(type)
          .isInstanceOf(DicomException.class);
    }
  }
}
