package org.vigil.imaging.storage;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.ByteSource;
import org.vigil.imaging.api.RejectedObjects.RejectedObject;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.EncryptedFile;
import org.vigil.tenancy.api.StorageLocations;
import org.vigil.tenancy.api.TenantKeys;

/**
 * Objects as files in the tenant's folder ({@link StorageLocations}): {@code objects/} for those
 * kept, {@code incoming/} while they are written, {@code rejected/} for those refused; all
 * encrypted by the tenant's key. Folders are readable by the server's user alone.
 */
@ApplicationScoped
public class FileObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileObjectStore.class);
  private static final Pattern REJECTED_NAME = Pattern.compile("[0-9]{8}T[0-9.]{10}-[0-9a-f]{8}");
  private static final String OBJECTS = Shelves.OBJECTS;
  private static final Pattern LOCATION = Pattern.compile("[a-z0-9]+(?:[/.][a-z0-9]+)*");

  private StorageLocations locations;
  private Path root;
  private long minimumFreeBytes;
  private int rejectedLimit;
  private TenantKeys keys;
  private OpenDrafts open = new OpenDrafts();
  private Shelves shelves;

  /** For the container. */
  public FileObjectStore() {}

  FileObjectStore(Path root, long minimumFreeBytes, int rejectedLimit, TenantKeys keys) {
    this.root = root;
    this.minimumFreeBytes = minimumFreeBytes;
    this.rejectedLimit = rejectedLimit;
    this.keys = keys;
  }

  @Inject
  void configure(
      StorageLocations tenantFolders,
      Shelves tenantShelves,
      TenantKeys tenantKeys,
      OpenDrafts openDrafts,
      @ConfigProperty(name = "vigil.home") String home,
      @ConfigProperty(name = "vigil.imaging.minimum-free-bytes", defaultValue = "1073741824")
          long minimumFree,
      @ConfigProperty(name = "vigil.imaging.rejected-limit", defaultValue = "200") int limit) {
    this.locations = tenantFolders;
    this.shelves = tenantShelves;
    this.keys = tenantKeys;
    this.open = openDrafts;
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
    return begin(tenant, UUID.randomUUID());
  }

  @Override
  public ByteSource content(TenantId tenant, String location) {
    return storedAs(tenant, location).isPresent()
        ? new EncryptedSource(ciphertext(tenant, location), id -> keys.key(tenant, id), null)
        : inTheClear(tenant, location);
  }

  @Override
  public Optional<UUID> storedAs(TenantId tenant, String location) {
    try (SeekableByteChannel file = ciphertext(tenant, location).open()) {
      return EncryptedFile.header(file).map(EncryptedFile.Header::object);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public Draft begin(TenantId tenant, UUID storedAs) {
    OpenDrafts.Entry entry = open.enter(tenant);
    try {
      Path folder = tenantFolder(tenant);
      Path incoming = folder.resolve(FileDraft.INCOMING);
      createFolders(incoming);
      checkRoom();
      return new FileDraft(
          folder,
          tier -> shelf(tenant, tier),
          rejectedLimit,
          keys.current(tenant),
          storedAs,
          entry);
    } catch (IOException e) {
      entry.close();
      throw unwritable(e);
    } catch (RuntimeException e) {
      entry.close();
      throw e;
    }
  }

  @Override
  public ByteSource source(TenantId tenant, String location, UUID storedAs) {
    return storedAs == null
        ? inTheClear(tenant, location)
        : new EncryptedSource(ciphertext(tenant, location), id -> keys.key(tenant, id), storedAs);
  }

  /** Only earlier versions stored so, and none but the hot tier was there then. */
  private ByteSource inTheClear(TenantId tenant, String location) {
    return ByteSource.of(objectPath(tenantFolder(tenant), location));
  }

  private Ciphertext ciphertext(TenantId tenant, String location) {
    String bare = checked(location);
    return shelf(tenant, StorageTier.of(location)).at(bare);
  }

  private Shelf shelf(TenantId tenant, StorageTier tier) {
    return shelves == null
        ? new FolderShelf(
            tenantFolder(tenant).resolve(tier == StorageTier.HOT ? OBJECTS : tier.key()))
        : shelves.shelf(tenant, tier);
  }

  @Override
  public boolean holds(TenantId tenant, String location, long length) {
    try (SeekableByteChannel file = ciphertext(tenant, location).open()) {
      long size = file.size();
      boolean encrypted = EncryptedFile.header(file).isPresent();
      return (encrypted ? EncryptedFile.plainLength(size) : size) == length;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void remove(TenantId tenant, String location) {
    try {
      String bare = checked(location);
      shelf(tenant, StorageTier.of(location)).remove(bare);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void copy(TenantId tenant, String from, String to) throws NoSuchFileException {
    String bare = checked(to);
    try (OpenDrafts.Entry entry = open.enter(tenant)) {
      shelf(tenant, StorageTier.of(to)).copy(bare, ciphertext(tenant, from));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void removeAll(TenantId tenant) throws IOException {
    for (StorageTier tier : StorageTier.values()) {
      shelf(tenant, tier).removeAll();
    }
  }

  @Override
  public List<RejectedObject> rejected(TenantId tenant) {
    Path folder = tenantFolder(tenant).resolve(FileDraft.REJECTED);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> notes = Files.list(folder)) {
      List<RejectedObject> objects = new ArrayList<>();
      for (Path note :
          notes
              .filter(f -> f.toString().endsWith(".txt"))
              .sorted(Comparator.reverseOrder())
              .toList()) {
        String file = note.getFileName().toString();
        String name = file.substring(0, file.length() - 4);
        objects.add(
            new RejectedObject(
                name, rejectedSource(tenant, name).length(), Files.readString(note).strip()));
      }
      return objects;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public ByteSource rejectedSource(TenantId tenant, String name) {
    if (!REJECTED_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not a name of an object set aside: " + name);
    }
    Path folder = tenantFolder(tenant).resolve(FileDraft.REJECTED);
    Path earlier = folder.resolve(name + ".dcm");
    return Files.exists(earlier)
        ? ByteSource.of(earlier)
        : new EncryptedSource(
            Ciphertext.of(folder.resolve(name + FileDraft.SUFFIX)),
            id -> keys.key(tenant, id),
            null);
  }

  @Override
  public boolean isOlderThan(TenantId tenant, String location, Instant time) {
    try {
      return shelf(tenant, StorageTier.of(location))
          .writtenAt(StorageTier.bare(location))
          .filter(at -> at.isBefore(time))
          .isPresent();
    } catch (IOException e) {
      return false; // gone meanwhile
    }
  }

  @Override
  public Stream<String> locations(TenantId tenant) {
    return Stream.of(StorageTier.values())
        .flatMap(
            tier -> {
              try {
                return shelf(tenant, tier).locations().map(tier::place);
              } catch (IOException e) {
                throw unwritable(e);
              }
            });
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
    // Not by Files.getFileStore, which reads the list of all mounts each time.
    long free = root.toFile().getUsableSpace();
    if (free < minimumFreeBytes) {
      throw new VigilException(
          ErrorCode.IMAGING_0006, Map.of("freeBytes", free, "minimumFreeBytes", minimumFreeBytes));
    }
  }

  /** The place of an object in the hot tier; a location that could lead elsewhere is refused. */
  static Path objectPath(Path tenantFolder, String location) {
    return tenantFolder.resolve(OBJECTS).resolve(checked(location));
  }

  /** A location inside its tier; one that could lead elsewhere is refused. */
  static String checked(String location) {
    if (!LOCATION.matcher(location).matches()) {
      throw new IllegalArgumentException("Not a location inside the store: " + location);
    }
    return StorageTier.bare(location);
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
