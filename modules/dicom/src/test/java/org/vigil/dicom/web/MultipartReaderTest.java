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
