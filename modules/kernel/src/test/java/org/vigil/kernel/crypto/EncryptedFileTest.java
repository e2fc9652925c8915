package org.vigil.kernel.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EncryptedFileTest {
  private static final int FIRST = EncryptedFile.CHUNK - 88 - 16;
  private static final int NEXT = EncryptedFile.CHUNK - 16;

  private final DataKey key = DataKey.generate();
  private final UUID object = UUID.randomUUID();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 48, FIRST - 1, FIRST, FIRST + 1, FIRST + NEXT, 1_000_003})
  void whatIsWrittenIsRead(int length) throws IOException {
    byte[] plain = bytes(length);
    Path file = write(plain);

    assertThat(read(file, 0)).isEqualTo(plain);
    assertThat(EncryptedFile.plainLength(Files.size(file))).isEqualTo(length);
    assertThat(EncryptedFile.header(file)).contains(new EncryptedFile.Header(key.id(), object));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, FIRST - 1, FIRST, FIRST + 7, FIRST + NEXT, 299_999, 300_000})
  void aReaderStartsAnywhere(int offset) throws IOException {
    byte[] plain = bytes(300_000);

    assertThat(read(write(plain), offset))
        .isEqualTo(Arrays.copyOfRange(plain, offset, plain.length));
  }

  @Test
  void aDamagedChunkDoesNotKeepOthersFromBeingRead() throws IOException {
    byte[] plain = bytes(500_000);
    Path file = write(plain);
    change(file, 300_000);

    try (SeekableByteChannel channel = EncryptedFile.open(file, id -> key, object)) {
      ByteBuffer start = ByteBuffer.allocate(1000);
      channel.read(start);
      assertThat(Arrays.copyOf(start.array(), 100)).isEqualTo(Arrays.copyOf(plain, 100));
    }
    assertThatThrownBy(() -> read(file, 0)).isInstanceOf(DamagedFileException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 48, 60, 88, 200, EncryptedFile.CHUNK, 150_000})
  void aChangedByteIsFound(int at) throws IOException {
    Path file = write(bytes(200_000));
    change(file, at);

    assertThatThrownBy(() -> read(file, 0)).isInstanceOf(DamagedFileException.class);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 47, 48, 90, 103, 104, EncryptedFile.CHUNK, 2 * EncryptedFile.CHUNK, 199_000})
  void aCutFileIsFound(int length) throws IOException {
    Path file = write(bytes(200_000));
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, length));

    assertThatThrownBy(() -> read(file, 0)).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void chunksInAnotherOrderAreFound() throws IOException {
    Path file = write(bytes(400_000));
    byte[] all = Files.readAllBytes(file);
    byte[] second = Arrays.copyOfRange(all, EncryptedFile.CHUNK, 2 * EncryptedFile.CHUNK);
    System.arraycopy(all, 2 * EncryptedFile.CHUNK, all, EncryptedFile.CHUNK, EncryptedFile.CHUNK);
    System.arraycopy(second, 0, all, 2 * EncryptedFile.CHUNK, EncryptedFile.CHUNK);
    Files.write(file, all);

    assertThatThrownBy(() -> read(file, 0)).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void chunksOfAnotherObjectUnderTheSameKeyAreFound() throws IOException {
    byte[] mine = Files.readAllBytes(write(bytes(200_000)));
    Path other = folder.resolve("other");
    encrypt(other, bytes(200_000), UUID.randomUUID());
    byte[] theirs = Files.readAllBytes(other);
    System.arraycopy(theirs, EncryptedFile.CHUNK, mine, EncryptedFile.CHUNK, EncryptedFile.CHUNK);
    Path mixed = folder.resolve("mixed");
    Files.write(mixed, mine);

    assertThatThrownBy(() -> read(mixed, 0)).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void anotherObjectInItsPlaceIsRefusedBeforeAnythingIsRead() throws IOException {
    Path other = folder.resolve("other");
    encrypt(other, bytes(10), UUID.randomUUID());

    assertThatThrownBy(() -> EncryptedFile.open(other, id -> key, object))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("another object");
  }

  @Test
  void anotherKeyUnderTheSameIdDoesNotOpenIt() throws IOException {
    Path file = write(bytes(1000));
    DataKey other = new DataKey(key.id(), new byte[32]);

    assertThatThrownBy(
            () -> {
              try (SeekableByteChannel channel = EncryptedFile.open(file, id -> other, object)) {
                channel.read(ByteBuffer.allocate(10));
              }
            })
        .isInstanceOf(DamagedFileException.class);
  }

  @Test
  void nothingOfThePlainTextIsOnDisk() throws IOException {
    byte[] plain = "SECRETPATIENTNAME".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

    assertThat(Files.readString(write(plain), StandardCharsets.ISO_8859_1))
        .doesNotContain("SECRET", "PATIENT");
  }

  @Test
  void aFileThatIsNotEncryptedIsTold() throws IOException {
    Path file = folder.resolve("plain.dcm");
    Files.write(file, new byte[500]);

    assertThat(EncryptedFile.isEncrypted(file)).isFalse();
    assertThatThrownBy(() -> EncryptedFile.open(file, id -> key, null))
        .isInstanceOf(DamagedFileException.class);
  }

  private Path write(byte[] plain) throws IOException {
    Path file = folder.resolve("object");
    encrypt(file, plain, object);
    return file;
  }

  private void encrypt(Path file, byte[] plain, UUID id) throws IOException {
    try (OutputStream out = EncryptedFile.encrypt(Files.newOutputStream(file), key, id)) {
      for (int at = 0; at < plain.length; at += 7001) {
        out.write(plain, at, Math.min(7001, plain.length - at));
      }
    }
  }

  private byte[] read(Path file, long offset) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (SeekableByteChannel channel = EncryptedFile.open(file, id -> key, object)) {
      channel.position(offset);
      ByteBuffer buffer = ByteBuffer.allocate(10_000);
      while (channel.read(buffer) >= 0) {
        all.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
    }
    return all.toByteArray();
  }

  private static void change(Path file, int at) throws IOException {
    byte[] all = Files.readAllBytes(file);
    all[at] ^= 1;
    Files.write(file, all);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
