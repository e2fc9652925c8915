package org.vigil.imaging.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

class FileObjectStoreTest {
  private static final TenantId TENANT = TenantId.of("st-agnes");
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path root;

  @Test
  void whatIsKeptCanBeReadFromAnyOffset() throws IOException {
    FileObjectStore store = store(10);
    try (Draft draft = draft(store, "abc")) {
      assertThat(draft.sha256()).isEqualTo(SHA256_OF_ABC);
      assertThat(draft.length()).isEqualTo(3);
      draft.keep("ab/cd/ef.0123.dcm");
    }

    assertThat(store.holds(TENANT, "ab/cd/ef.0123.dcm", 3)).isTrue();
    assertThat(store.holds(TENANT, "ab/cd/ef.0123.dcm", 4)).isFalse();
    assertThat(store.holds(TENANT, "ab/cd/other.dcm", 3)).isFalse();
    try (InputStream in = store.source(TENANT, "ab/cd/ef.0123.dcm").open(1)) {
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
    assertThat(folder.resolve(last + ".dcm")).hasContent("object 4");
    assertThat(folder.resolve(last + ".txt")).content().contains("number 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "a//b", "a/../b", "a/..", "A", "", "a\\b", ".x"})
  void aPlaceOutsideIsRefused(String location) {
    FileObjectStore store = store(10);

    assertThatThrownBy(() -> store.source(TENANT, location))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void belowTheWatermarkNothingIsTaken() {
    FileObjectStore store = new FileObjectStore(root, Long.MAX_VALUE, 10);

    assertThatThrownBy(() -> store.begin(TENANT))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGING_0006));
    assertThatThrownBy(store::checkWritable).isInstanceOf(VigilException.class);
  }

  @Test
  void aFolderThatCannotBeMadeIsAStorageError() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "in the way");
    FileObjectStore store = new FileObjectStore(file.resolve("storage"), 0, 10);

    assertThatThrownBy(() -> store.begin(TENANT))
        .isInstanceOfSatisfying(
            VigilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGING_0006));
  }

  private FileObjectStore store(int rejectedLimit) {
    return new FileObjectStore(root, 0, rejectedLimit);
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
