package org.vigil.tenancy.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedStreamTest {
  private static final char[] PASSPHRASE = "a long pass phrase".toCharArray();
  private static final int HEADER = 36;
  private static final int CHUNK = 64 * 1024 + 16;

  private static byte[] plain;
  private static byte[] sealed;

  @BeforeAll
  static void sealThreeChunks() throws IOException {
    plain = new byte[2 * 64 * 1024 + 1000];
    new Random(7).nextBytes(plain);
    sealed = seal(plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64 * 1024, 64 * 1024 + 1})
  void whatWentInComesOut(int length) throws IOException {
    byte[] content = Arrays.copyOf(plain, length);
    assertThat(open(seal(content), PASSPHRASE)).isEqualTo(content);
  }

  @Test
  void threeChunksComeOutWhole() throws IOException {
    assertThat(open(sealed, PASSPHRASE)).isEqualTo(plain);
    assertThat(seal(plain)).as("never the same bytes twice").isNotEqualTo(sealed);
  }

  @Test
  void anotherPassphraseDoesNotOpenIt() {
    refuses(sealed, "a long pass phrasf".toCharArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, HEADER, HEADER + CHUNK, HEADER + 2 * CHUNK, HEADER + 2 * CHUNK + 500})
  void aCutOneDoesNotOpen(int length) {
    refuses(Arrays.copyOf(sealed, length), PASSPHRASE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 20, 30, HEADER, HEADER + CHUNK + 5})
  void aChangedOneDoesNotOpen(int position) {
    byte[] changed = sealed.clone();
    changed[position] ^= 1;
    refuses(changed, PASSPHRASE);
  }

  @Test
  void aLengthenedOneDoesNotOpen() {
    refuses(Arrays.copyOf(sealed, sealed.length + 1), PASSPHRASE);
  }

  @Test
  void chunksThatChangedPlacesDoNotOpen() {
    byte[] swapped = sealed.clone();
    System.arraycopy(sealed, HEADER, swapped, HEADER + CHUNK, CHUNK);
    System.arraycopy(sealed, HEADER + CHUNK, swapped, HEADER, CHUNK);
    refuses(swapped, PASSPHRASE);
  }

  private static void refuses(byte[] bytes, char[] passphrase) {
    assertThatThrownBy(() -> open(bytes, passphrase)).isInstanceOf(IOException.class);
  }

  private static byte[] seal(byte[] content) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream out = SealedStream.seal(target, PASSPHRASE)) {
      out.write(content);
    }
    return target.toByteArray();
  }

  private static byte[] open(byte[] bytes, char[] passphrase) throws IOException {
    return SealedStream.open(new ByteArrayInputStream(bytes), passphrase).readAllBytes();
  }
}
