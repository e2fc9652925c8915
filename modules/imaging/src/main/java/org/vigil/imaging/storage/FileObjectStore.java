package org.vigil.imaging.storage;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.ByteSource;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.StorageLocations;

/**
 * Objects as files in the tenant's folder ({@link StorageLocations}): {@code objects/} for those
 * kept, {@code incoming/} while they are written, {@code rejected/} for those refused. Folders are
 * readable by the server's user alone.
 */
@ApplicationScoped
public class FileObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileObjectStore.class);
  private static final Pattern LOCATION = Pattern.compile("[a-z0-9]+(?:[/.][a-z0-9]+)*");

  private StorageLocations locations;
  private Path root;
  private long minimumFreeBytes;
  private int rejectedLimit;

  /** For the container. */
  public FileObjectStore() {}

  FileObjectStore(Path root, long minimumFreeBytes, int rejectedLimit) {
    this.root = root;
    this.minimumFreeBytes = minimumFreeBytes;
    this.rejectedLimit = rejectedLimit;
  }

  @Inject
  void configure(
      StorageLocations tenantFolders,
      @ConfigProperty(name = "vigil.home") String home,
      @ConfigProperty(name = "vigil.imaging.minimum-free-bytes", defaultValue = "1073741824")
          long minimumFree,
      @ConfigProperty(name = "vigil.imaging.rejected-limit", defaultValue = "200") int limit) {
    this.locations = tenantFolders;
    this.root = Path.of(home).resolve("storage");
    this.minimumFreeBytes = minimumFree;
    this.rejectedLimit = limit;
  }

  /** What a killed server left half written was never acknowledged: its sender sends it again. */
  @PostConstruct
  void removeLeftovers() {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> tenants = Files.list(root)) {
      for (Path tenant : tenants.toList()) {
        Path incoming = tenant.resolve(FileDraft.INCOMING);
        if (Files.isDirectory(incoming)) {
          try (Stream<Path> leftovers = Files.list(incoming)) {
            for (Path leftover : leftovers.toList()) {
              Files.deleteIfExists(leftover);
            }
          }
        }
      }
    } catch (IOException e) {
      LOG.warn("Half-written objects under {} could not be removed", root, e);
    }
  }

  @Override
  public Draft begin(TenantId tenant) {
    try {
      Path folder = tenantFolder(tenant);
      Path incoming = folder.resolve(FileDraft.INCOMING);
      createFolders(incoming);
      checkRoom();
      return new FileDraft(folder, rejectedLimit);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public ByteSource source(TenantId tenant, String location) {
    return ByteSource.of(objectPath(tenantFolder(tenant), location));
  }

  @Override
  public boolean holds(TenantId tenant, String location, long length) {
    try {
      return Files.size(objectPath(tenantFolder(tenant), location)) == length;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void checkWritable() {
    try {
      createFolders(root);
      checkRoom();
      Path probe = Files.createTempFile(root, ".probe", "");
      Files.delete(probe);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public Path root() {
    return root;
  }

  private Path tenantFolder(TenantId tenant) {
    return locations == null ? root.resolve(tenant.value()) : locations.storage(tenant);
  }

  private void checkRoom() throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    if (free < minimumFreeBytes) {
      throw new VigilException(
          ErrorCode.IMAGING_0006, Map.of("freeBytes", free, "minimumFreeBytes", minimumFreeBytes));
    }
  }

  /** The place of an object; a location that could lead elsewhere is refused. */
  static Path objectPath(Path tenantFolder, String location) {
    if (!LOCATION.matcher(location).matches()) {
      throw new IllegalArgumentException("Not a location inside the store: " + location);
    }
    return tenantFolder.resolve("objects").resolve(location);
  }

  /** Creates a folder and its parents so that a power cut does not lose their entries. */
  static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    createFolders(parent);
    try {
      if (Files.getFileStore(parent).supportsFileAttributeView("posix")) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(folder);
      }
    } catch (java.nio.file.FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    force(parent);
  }

  /** Forces a folder's entries to disk. */
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // Windows cannot open a folder; its file systems journal entries by themselves.
      LOG.debug("Folder {} cannot be forced to disk", folder, e);
    }
  }

  static VigilException unwritable(IOException e) {
    return new VigilException(
        ErrorCode.IMAGING_0006, Map.of("cause", e.getClass().getSimpleName()), e);
  }
}
