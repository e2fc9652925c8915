package org.vigil.identity.domain;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "short-one-1",
        "aaaaaaaaaaaaaaaa",
        "passwordpassword",
        "Administrator2026!",
        "123456789012",
        "1qaz2wsx3edc",
        "m.halloran2026",
        "Radiology2026!"
      })
  void weakOnesAreRefused(String password) {
    assertThatThrownBy(() -> PasswordRules.check("m.halloran", password.toCharArray()))
        .hasMessageContaining("IDENTITY-0009")
        .message()
        .doesNotContain(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a long pass phrase",
        "Test-passphrase-217",
        "überaus-lange-Kette",
        "Tr7$kqLw92mx"
      })
  void longOnesOfAnyCharactersAreTaken(String password) {
    assertThatCode(() -> PasswordRules.check("m.halloran", password.toCharArray()))
        .doesNotThrowAnyException();
  }
}
