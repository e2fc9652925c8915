package org.vigil.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
  @Test
  void matchesOnlyThePasswordHashed() {
    String stored = PasswordHash.hash("correct horse".toCharArray());
    assertThat(PasswordHash.matches("correct horse".toCharArray(), stored)).isTrue();
    assertThat(PasswordHash.matches("Correct horse".toCharArray(), stored)).isFalse();
  }

  @Test
  void saltsDiffer() {
    char[] password = "same".toCharArray();
    assertThat(PasswordHash.hash(password)).isNotEqualTo(PasswordHash.hash(password));
  }
}
