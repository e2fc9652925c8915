package org.vigil.imaging.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.dicom.data.ByteSource;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.DamagedFileException;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.kernel.crypto.EncryptedFile;
import org.vigil.tenancy.api.TenantKeys;

class FileObjectStoreTest {
  private static final TenantId TENANT = TenantId.of("st-agnes");
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final DataKey KEY = DataKey.generate();
  private static final TenantKeys KEYS =
      new TenantKeys() {
        @Override
        public DataKey current(TenantId tenant) {
          return KEY;
        }

        @Override
        public Optional<DataKey> find(TenantId tenant, UUID id) {
          assertThat(id).isEqualTo(KEY.id());
          return Optional.of(KEY);
        }
      };

  @TempDir private Path root;

  @Test
  void nothingLiesInTheClear() throws IOException {
    FileObjectStore store = store(10);
    String text = "PATIENTNAME".repeat(30_000);
    try (Draft kept = draft(store, text);
        Draft refused = draft(store, text);
        Draft underWay = store.begin(TENANT)) {
      kept.keep("ab/cd/ef.0123.dcm.enc");
      refused.reject("IMAGING-0001");
      underWay.out().write(text.getBytes(StandardCharsets.UTF_8));

      for (Path file : files()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain("PATIENT", "NAME");
      }
    }
  }

  @Test
  void whatAnEarlierVersionStoredInTheClearIsRead() throws IOException {
    Path earlier = root.resolve("st-agnes/objects/ab/cd.dcm");
    Files.createDirectories(earlier.getParent());
    Files.writeString(earlier, "plain");

    assertThat(store(10).source(TENANT, "ab/cd.dcm", null).open(2).readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("ain");
    assertThat(store(10).holds(TENANT, "ab/cd.dcm", 5)).isTrue();
  }

  @Test
  void aFileInTheClearDoesNotPassForAnEncryptedObject() throws IOException {
    Path forged = root.resolve("st-agnes/objects/ab/cd.dcm.enc");
    Files.createDirectories(forged.getParent());
    Files.writeString(forged, "forged ".repeat(100));
    ByteSource source = store(10).source(TENANT, "ab/cd.dcm.enc", UUID.randomUUID());

    assertThatThrownBy(() -> source.open(0)).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void whatIsKeptCanBeReadFromAnyOffset() throws IOException {
    FileObjectStore store = store(10);
    UUID storedAs;
    try (Draft draft = draft(store, "abc")) {
      storedAs = draft.storedAs();
      assertThat(draft.sha256()).isEqualTo(SHA256_OF_ABC);
      assertThat(draft.length()).isEqualTo(3);
      draft.keep("ab/cd/ef.0123.dcm.enc");
    }

    assertThat(store.holds(TENANT, "ab/cd/ef.0123.dcm.enc", 3)).isTrue();
    assertThat(store.holds(TENANT, "ab/cd/ef.0123.dcm.enc", 4)).isFalse();
    assertThat(store.holds(TENANT, "ab/cd/other.dcm", 3)).isFalse();
    try (InputStream in = store.source(TENANT, "ab/cd/ef.0123.dcm.enc", storedAs).open(1)) {
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("bc");
    }
  }

  @Test
  void whatIsNotKeptLeavesNothing() throws IOException {
    FileObjectStore store = store(10);
    draft(store, "abc").close();

    assertThat(files()).isEmpty();
  }

  @Test
  void halfWrittenObjectsOfAKilledServerAreRemovedAtTheNextStart() throws IOException {
    Path leftover = root.resolve("st-agnes/incoming/x.part");
    Files.createDirectories(leftover.getParent());
    Files.writeString(leftover, "half");

    store(10).removeLeftovers();

    assertThat(files()).isEmpty();
  }

  @Test
  void refusedObjectsAreSetAsideWithANoteUpToALimit() throws IOException {
    FileObjectStore store = store(2);
    String last = "";
    for (int i = 0; i < 5; i++) {
      try (Draft draft = draft(store, "object " + i)) {
        last = draft.reject("IMAGING-0001 number " + i);
      }
    }

    Path folder = root.resolve("st-agnes/rejected");
    assertThat(files()).hasSize(4).allMatch(f -> f.getParent().equals(folder));
    try (SeekableByteChannel object =
        EncryptedFile.open(folder.resolve(last + ".dcm.enc"), id -> KEY, null)) {
      ByteBuffer content = ByteBuffer.allocate(20);
      object.read(content);
      assertThat(new String(content.array(), 0, content.position(), StandardCharsets.UTF_8))
          .isEqualTo("object 4");
    }
    assertThat(folder.resolve(last + ".txt")).content().contains("number 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "a//b", "a/../b", "a/..", "A", "", "a\\b", ".x"})
  void aPlaceOutsideIsRefused(String location) {
    FileObjectStore store = store(10);

    assertThatThrownBy(() -> store.source(TENANT, location, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void belowTheWatermarkNothingIsTaken() {
    FileObjectStore store = new FileObjectStore(root, Long.MAX_VALUE, 10, KEYS);

    assertThatThrownBy(() -> store.begin(TENANT))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGING_0006));
    assertThatThrownBy(store::checkWritable).isInstanceOf(VigilException.class);
  }

  @Test
  void aFolderThatCannotBeMadeIsAStorageError() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "in the way");
    FileObjectStore store = new FileObjectStore(file.resolve("storage"), 0, 10, KEYS);

    assertThatThrownBy(() -> store.begin(TENANT))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGING_0006));
  }

  private FileObjectStore store(int rejectedLimit) {
    return new FileObjectStore(root, 0, rejectedLimit, KEYS);
  }

  private static Draft draft(FileObjectStore store, String content) throws IOException {
    Draft draft = store.begin(TENANT);
    draft.out().write(content.getBytes(StandardCharsets.UTF_8));
    draft.seal();
    return draft;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
