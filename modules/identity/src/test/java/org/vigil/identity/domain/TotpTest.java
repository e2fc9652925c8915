package org.vigil.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void codesAreThoseOfRfc6238AppendixB(long seconds, String code) {
    assertThat(Totp.code(SECRET, seconds / 30, 8)).isEqualTo(code);
  }

  @Test
  void aCodeServesOnceAndOneStepBesideItsOwn() {
    Instant now = Instant.ofEpochSecond(1234567890);
    String code = Totp.code(SECRET, now);
    long step = Totp.matchingStep(SECRET, code, now, 0).orElseThrow();

    assertThat(Totp.matchingStep(SECRET, code, now, step)).isEmpty();
    assertThat(Totp.matchingStep(SECRET, code, now.plusSeconds(30), 0)).hasValue(step);
    assertThat(Totp.matchingStep(SECRET, code, now.minusSeconds(30), 0)).hasValue(step);
    assertThat(Totp.matchingStep(SECRET, code, now.plusSeconds(90), 0)).isEmpty();
  }

  @Test
  void whatIsNoCodeIsRefused() {
    Instant now = Instant.ofEpochSecond(1234567890);
    for (String code : new String[] {null, "", "12345", "1234567", "١٢٣٤٥٦", " 12345"}) {
      assertThat(Totp.matchingStep(SECRET, code, now, 0)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void base32IsThatOfRfc4648WithoutPadding(String plain, String encoded) {
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.encode(bytes)).isEqualTo(encoded);
    assertThat(Base32.decode(encoded)).isEqualTo(bytes);
  }
}
