package org.vigil.imaging.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UncachedFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 4095, 4096, 65_535, 65_536, 65_537, 525_312, 1_048_575, 1_048_576, 3_150_017})
  void whatIsWrittenInAnyPiecesIsRead(int length) throws IOException {
    Random random = new Random(length);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    Path file = folder.resolve("object");
    try (UncachedFile disk = new UncachedFile(file)) {
      for (int at = 0; at < length; ) {
        int n = Math.min(length - at, 1 + random.nextInt(200_000));
        disk.write(bytes, at, n);
        at += n;
      }
      disk.finish();

      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);

      disk.force();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void filesThatAreOpenAtOnceDoNotMix() throws IOException {
    byte[] ones = new byte[2_000_000];
    Arrays.fill(ones, (byte) 1);
    byte[] twos = new byte[2_000_000];
    Arrays.fill(twos, (byte) 2);
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    for (int round = 0; round < 2; round++) {
      try (UncachedFile a = new UncachedFile(first);
          UncachedFile b = new UncachedFile(second)) {
        a.write(ones, 0, 1_000_000);
        b.write(twos, 0, 1_000_000);
        a.write(ones, 1_000_000, 1_000_000);
        b.write(twos, 1_000_000, 1_000_000);
        a.finish();
        b.finish();
      }

      assertThat(Files.readAllBytes(first)).isEqualTo(ones);
      assertThat(Files.readAllBytes(second)).isEqualTo(twos);
      Files.delete(first);
      Files.delete(second);
    }
  }

  @Test
  void anotherFileIsNotOverwritten() throws IOException {
    Path file = Files.writeString(folder.resolve("object"), "there");

    assertThatThrownBy(() -> new UncachedFile(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("there");
  }
}
