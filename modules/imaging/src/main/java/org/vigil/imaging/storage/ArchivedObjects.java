package org.vigil.imaging.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.StorageLocations;
import org.vigil.tenancy.api.TenantFiles;

/**
 * A tenant's objects for its archive: those kept, of every tier, decrypted. Refused ones are no
 * part of the record.
 */
@ApplicationScoped
public class ArchivedObjects implements TenantFiles {
  /** Between an object's location and its id in an archive's paths. */
  private static final String ID = "@";

  /** Longer than a large object takes to be written. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject private ObjectStore store;
  @Inject private OpenDrafts open;
  @Inject private StorageLocations locations;

  @Override
  public void forEach(TenantId tenant, Visitor visitor) throws IOException {
    List<String> kept;
    try (Stream<String> everywhere = store.locations(tenant)) {
      kept = everywhere.sorted().toList();
    }
    for (String location : kept) {
      String path = location + store.storedAs(tenant, location).map(id -> ID + id).orElse("");
      try (InputStream content = store.content(tenant, location).open(0)) {
        visitor.visit(path, content);
      }
    }
  }

  @Override
  public void restore(TenantId tenant, String path, InputStream content) throws IOException {
    int mark = path.indexOf(ID);
    if (mark < 0) {
      putInTheClear(tenant, path, content);
      return;
    }
    // The archived row remembers this id.
    try (Draft draft = store.begin(tenant, UUID.fromString(path.substring(mark + 1)))) {
      content.transferTo(draft.out());
      draft.seal();
      draft.keep(path.substring(0, mark));
    }
  }

  /** As an earlier version stored it, and its row says; the next start encrypts it. */
  private void putInTheClear(TenantId tenant, String path, InputStream content) throws IOException {
    Path file = FileObjectStore.objectPath(locations.storage(tenant), path);
    FileObjectStore.createFolders(file.getParent());
    Files.copy(content, file);
  }

  @Override
  public void deleteAll(TenantId tenant) throws IOException {
    open.awaitNone(tenant, PATIENCE);
    store.removeAll(tenant);
    Path folder = locations.storage(tenant);
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
