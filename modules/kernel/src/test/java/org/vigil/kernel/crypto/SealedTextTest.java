package org.vigil.kernel.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTextTest {
  private static final String TEXT = "3f0c1f5e-6f3b-4c43-8a56-0d3b1f0f9a11";
  private final DataKey key = DataKey.generate();

  @Test
  void whatWasSealedOpensAndDoesNotShowItsText() throws GeneralSecurityException {
    String sealed = SealedText.seal(key, "queue", TEXT);

    assertThat(SealedText.open(id -> key, "queue", sealed)).isEqualTo(TEXT);
    assertThat(new String(Base64.getUrlDecoder().decode(sealed))).doesNotContain(TEXT);
    assertThat(SealedText.seal(key, "queue", TEXT)).as("never the same twice").isNotEqualTo(sealed);
  }

  @Test
  void itNamesItsKey() throws GeneralSecurityException {
    SealedText.open(
        id -> {
          assertThat(id).isEqualTo(key.id());
          return key;
        },
        "queue",
        SealedText.seal(key, "queue", TEXT));
  }

  @Test
  void anotherContextAnotherKeyAndAnyChangedByteAreRefused() {
    String sealed = SealedText.seal(key, "queue\nst-agnes", TEXT);
    assertRefused(key, "queue\nst-barbara", sealed);
    assertRefused(DataKey.generate(), "queue\nst-agnes", sealed);

    byte[] bytes = Base64.getUrlDecoder().decode(sealed);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      if (i < 1 || i > 16) { // the key's id is for the key source to judge
        assertRefused(
            key,
            "queue\nst-agnes",
            Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AQ", "not base64!", TEXT, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoSealedTextIsRefusedWithoutBeingQuoted(String text) {
    assertThatThrownBy(() -> SealedText.open(id -> key, "queue", text))
        .isInstanceOf(GeneralSecurityException.class)
        .message()
        .doesNotContain(TEXT);
  }

  private static void assertRefused(DataKey key, String context, String sealed) {
    assertThatThrownBy(() -> SealedText.open(id -> key, context, sealed))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
