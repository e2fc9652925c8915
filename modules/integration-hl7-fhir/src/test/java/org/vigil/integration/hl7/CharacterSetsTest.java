package org.vigil.integration.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterSetsTest {
  @ParameterizedTest
  @CsvSource({
    "'', UTF-8, Müller",
    "'', ISO-8859-1, Müller",
    "ASCII, UTF-8, Müller",
    "ASCII, ISO-8859-1, Müller",
    "UNICODE UTF-8, UTF-8, Müller",
    "UNICODE, UTF-8, 山田",
    "8859/1, ISO-8859-1, Müller",
    "8859/2, ISO-8859-2, Łódź",
    "8859/5, ISO-8859-5, Иванов",
    "8859/15, ISO-8859-15, Œuvre",
    "ISO IR87, ISO-2022-JP, 山田^太郎",
    "ASCII~ISO IR87, ISO-2022-JP, 山田^太郎",
    "~ISO IR87, ISO-2022-JP, 山田^太郎",
    "GB 18030-2000, GB18030, 张伟",
    "KS X 1001, EUC-KR, 김희중",
    "BIG-5, Big5, 陳大文",
  })
  void readsWhatMsh18Declares(String declared, String written, String name) {
    assertThat(CharacterSets.decode(name.getBytes(Charset.forName(written)), declared))
        .contains(name);
  }

  @Test
  void doesNotGuessAgainstADeclaration() {
    assertThat(
            CharacterSets.decode("Müller".getBytes(StandardCharsets.ISO_8859_1), "UNICODE UTF-8"))
        .isEmpty();
  }

  @Test
  void knowsWhatItDoesNotKnow() {
    assertThat(CharacterSets.decode("A".getBytes(StandardCharsets.US_ASCII), "EBCDIC/9")).isEmpty();
  }
}
