package org.vigil.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples of PS3.5 annexes H, I, J and K. */
class SpecificCharacterSetTest {

  private static byte[] hex(String bytes) {
    return HexFormat.ofDelimiter(" ").parseHex(bytes);
  }

  @Test
  void japaneseKanji() throws CharacterCodingException {
    SpecificCharacterSet set = SpecificCharacterSet.of("", "ISO 2022 IR 87");
    byte[] bytes =
        hex(
            "59 61 6D 61 64 61 5E 54 61 72 6F 75 3D 1B 24 42 3B 33 45 44 1B 28 42 5E 1B 24 42 42"
                + " 40 4F 3A 1B 28 42 3D 1B 24 42 24 64 24 5E 24 40 1B 28 42 5E 1B 24 42 24 3F 24"
                + " 6D 24 26 1B 28 42");
    assertThat(set.decode(bytes)).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
    assertThat(set.encode("Yamada^Tarou=山田^太郎=やまだ^たろう")).isEqualTo(bytes);
  }

  @Test
  void japaneseKatakanaInTheFirstGroup() throws CharacterCodingException {
    SpecificCharacterSet set = SpecificCharacterSet.of("ISO 2022 IR 13", "ISO 2022 IR 87");
    byte[] bytes =
        hex(
            "D4 CF C0 DE 5E C0 DB B3 3D 1B 24 42 3B 33 45 44 1B 28 4A 5E 1B 24 42 42 40 4F 3A 1B"
                + " 28 4A");
    assertThat(set.decode(bytes)).isEqualTo("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎");
    assertThat(set.decode(set.encode("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎"))).isEqualTo("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎");
  }

  @Test
  void koreanHangul() throws CharacterCodingException {
    SpecificCharacterSet set = SpecificCharacterSet.of("", "ISO 2022 IR 149");
    byte[] bytes =
        hex(
            "48 6F 6E 67 5E 47 69 6C 64 6F 6E 67 3D 1B 24 29 43 FB F3 5E 1B 24 29 43 D1 CE D4 D7"
                + " 3D 1B 24 29 43 C8 AB 5E 1B 24 29 43 B1 E6 B5 BF");
    assertThat(set.decode(bytes)).isEqualTo("Hong^Gildong=洪^吉洞=홍^길동");
    assertThat(set.encode("Hong^Gildong=洪^吉洞=홍^길동")).isEqualTo(bytes);
  }

  @Test
  void simplifiedChineseByCodeExtension() throws CharacterCodingException {
    SpecificCharacterSet set = SpecificCharacterSet.of("", "ISO 2022 IR 58");
    byte[] bytes = hex("5A 68 61 6E 67 3D 1B 24 29 41 D5 C5 5E 1B 24 29 41 D0 A1 B6 AB");
    assertThat(set.decode(bytes)).isEqualTo("Zhang=张^小东");
    assertThat(set.encode("Zhang=张^小东")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR 100, Äneas^Rüdiger",
    "ISO_IR 101, Wałęsa",
    "ISO_IR 109, Ġorġ",
    "ISO_IR 110, Kārlis",
    "ISO_IR 144, Люкceмбypг",
    "ISO_IR 127, قباني^لنزار",
    "ISO_IR 126, Διονυσιος",
    "ISO_IR 138, שרון^דבורה",
    "ISO_IR 148, Çavuşoğlu",
    "ISO_IR 203, œuvre€",
    "ISO_IR 166, นามสกุล",
    "ISO_IR 192, 王^小東=Émile",
    "GB18030, 王^小东",
    "GBK, 王^小东"
  })
  void singleSetsAndWholeEncodings(String term, String text) throws CharacterCodingException {
    SpecificCharacterSet set = SpecificCharacterSet.of(term);
    assertThat(SpecificCharacterSet.isKnown(term)).isTrue();
    assertThat(set.decode(set.encode(text))).isEqualTo(text);
  }

  @Test
  void germanAndGreekInOneValueByEscapes() throws CharacterCodingException {
    SpecificCharacterSet set = SpecificCharacterSet.of("ISO 2022 IR 100", "ISO 2022 IR 126");
    String text = "Müller^Διον";
    assertThat(set.decode(set.encode(text))).isEqualTo(text);
  }

  @Test
  void highBytesWithoutACharacterSetLoseNothing() {
    assertThat(SpecificCharacterSet.ASCII.decode(new byte[] {'M', (byte) 0xFC})).isEqualTo("Mü");
    assertThat(SpecificCharacterSet.isKnown("ISO_IR 999")).isFalse();
  }
}
