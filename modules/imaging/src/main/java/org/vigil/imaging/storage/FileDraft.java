package org.vigil.imaging.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.ByteSource;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.kernel.crypto.EncryptedFile;

/**
 * A draft in a file of the tenant's {@code incoming} folder, encrypted as it arrives: no byte of it
 * touches the disk in the clear. Used by one thread.
 */
final class FileDraft implements Draft {
  static final String INCOMING = "incoming";
  static final String REJECTED = "rejected";
  static final String SUFFIX = ".dcm.enc";
  private static final Logger LOG = LoggerFactory.getLogger(FileDraft.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);
  private static final int BUFFER = 64 * 1024;

  /** Room for the header of all but a few objects. */
  private static final int HEAD = 64 * 1024;

  private final Path tenantFolder;
  private final Function<StorageTier, Shelf> shelves;
  private final int rejectedLimit;
  private final Path file;
  private final UncachedFile disk;
  private final MessageDigest digest;
  private final DataKey key;
  private final UUID storedAs;
  private final OutputStream encrypting;
  private final OutputStream out;
  private final OpenDrafts.Entry entry;
  private final byte[] head = new byte[HEAD];
  private long length;
  private String sha256;
  private String placed;
  private boolean atHome;

  FileDraft(
      Path tenantFolder,
      Function<StorageTier, Shelf> shelves,
      int rejectedLimit,
      DataKey key,
      UUID storedAs,
      OpenDrafts.Entry entry)
      throws IOException {
    this.entry = entry;
    this.storedAs = storedAs;
    this.tenantFolder = tenantFolder;
    this.shelves = shelves;
    this.rejectedLimit = rejectedLimit;
    this.key = key;
    this.file = tenantFolder.resolve(INCOMING).resolve(UUID.randomUUID() + ".part");
    this.disk = new UncachedFile(file);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    this.encrypting = EncryptedFile.encrypt(new DiskOutput(), key, storedAs);
    this.out = new BufferedOutputStream(new Sink(), BUFFER);
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void seal() {
    try {
      finish();
    } catch (IOException e) {
      throw FileObjectStore.unwritable(e);
    }
    sha256 = HexFormat.of().formatHex(digest.digest());
  }

  /** Writes the last chunk, without which the file does not open. */
  private void finish() throws IOException {
    out.flush();
    encrypting.close();
    disk.finish();
  }

  @Override
  public ByteSource content() {
    ByteSource written = new EncryptedSource(Ciphertext.of(file), id -> key, storedAs);
    return new RememberedHead(head, (int) Math.min(length, HEAD), written, length);
  }

  @Override
  public UUID storedAs() {
    return storedAs;
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void place(String location) {
    if (location.equals(placed)) {
      return;
    }
    try {
      shelf(location).take(FileObjectStore.checked(location), file);
      // What was uploaded or copied, rather than moved, is still to be removed here.
      atHome = Files.notExists(file);
      placed = location;
    } catch (IOException e) {
      throw FileObjectStore.unwritable(e);
    }
  }

  @Override
  public void force() {
    if (placed == null) {
      return;
    }
    try {
      // After it has been moved: the file system writes its journal once for both.
      disk.force();
      shelf(placed).force(FileObjectStore.checked(placed));
    } catch (IOException e) {
      throw FileObjectStore.unwritable(e);
    }
  }

  private Shelf shelf(String location) {
    return shelves.apply(StorageTier.of(location));
  }

  @Override
  public String reject(String note) {
    try {
      if (sha256 == null) {
        finish();
      }
      disk.force();
      Path folder = tenantFolder.resolve(REJECTED);
      FileObjectStore.createFolders(folder);
      makeRoom(folder);
      String name =
          STAMP.format(Clock.systemUTC().instant())
              + "-"
              + UUID.randomUUID().toString().substring(0, 8);
      Files.move(file, folder.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
      atHome = true;
      Files.writeString(folder.resolve(name + ".txt"), note + "\n", StandardCharsets.UTF_8);
      return name;
    } catch (IOException e) {
      throw FileObjectStore.unwritable(e);
    }
  }

  /** Names begin with the time, so the first in order are the oldest. */
  private void makeRoom(Path folder) throws IOException {
    List<Path> objects;
    try (Stream<Path> files = Files.list(folder)) {
      objects = files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
    }
    for (int i = 0; i <= objects.size() - rejectedLimit; i++) {
      Path oldest = objects.get(i);
      String name = oldest.getFileName().toString();
      Files.deleteIfExists(oldest);
      Files.deleteIfExists(
          folder.resolve(name.substring(0, name.length() - SUFFIX.length()) + ".txt"));
    }
  }

  @Override
  public void close() {
    try {
      disk.close();
      if (!atHome) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The sender has its answer; the leftover is removed at the next start.
      LOG.warn("Draft {} could not be removed", file.getFileName(), e);
    } finally {
      entry.close();
    }
  }

  /** Hashes, counts and encrypts. */
  private final class Sink extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      digest.update(bytes, offset, count);
      if (length < HEAD) {
        System.arraycopy(bytes, offset, head, (int) length, Math.min(count, HEAD - (int) length));
      }
      length += count;
      encrypting.write(bytes, offset, count);
    }
  }

  /** The file; the draft closes it, not the cipher. */
  private final class DiskOutput extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    /** A full disk is told apart from a sender that broke off: it is not an IOException here. */
    @Override
    public void write(byte[] bytes, int offset, int count) {
      try {
        disk.write(bytes, offset, count);
      } catch (IOException e) {
        throw FileObjectStore.unwritable(e);
      }
    }
  }
}
