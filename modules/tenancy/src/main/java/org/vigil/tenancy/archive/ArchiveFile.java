package org.vigil.tenancy.archive;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.archive.ArchiveManifest.StoredFile;
import org.vigil.tenancy.archive.ArchiveManifest.Table;

/** An archive on disk: written once, read twice, the first time only to see that it is whole. */
final class ArchiveFile {
  static final String TABLES = "tables/";
  static final String PLATFORM = "platform/";
  static final String FILES = "files/";
  static final String ROWS = ".copy";
  private static final String MANIFEST = "manifest.json";
  private static final int BUFFER = 1 << 16;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .findAndRegisterModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private ArchiveFile() {}

  /** An archive being written. */
  static final class Writer implements AutoCloseable {
    private final ZipOutputStream zip;

    Writer(Path file, char[] passphrase) throws IOException {
      zip =
          new ZipOutputStream(
              SealedStream.seal(
                  new BufferedOutputStream(Files.newOutputStream(file), BUFFER), passphrase));
      // Rows shrink a lot even so; images hardly do, and it costs little.
      zip.setLevel(Deflater.BEST_SPEED);
    }

    /** Begins an entry; the one before it ends. */
    HashingStream next(String name) throws IOException {
      zip.putNextEntry(new ZipEntry(name));
      return new HashingStream(zip);
    }

    /** Ends the archive with what it says of itself. */
    void finish(ArchiveManifest manifest) throws IOException {
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(JSON.writeValueAsBytes(manifest));
      zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  /** What is done with an entry. */
  @FunctionalInterface
  interface EntryReader {
    void read(String name, InputStream content) throws IOException;
  }

  /** Shows every entry but the manifest, in the order in which they were written. */
  static ArchiveManifest read(Path file, char[] passphrase, EntryReader reader) throws IOException {
    ArchiveManifest manifest = null;
    try (InputStream source = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        InputStream plain = SealedStream.open(source, passphrase);
        ZipInputStream zip = new ZipInputStream(plain)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(MANIFEST)) {
          manifest = JSON.readValue(zip.readAllBytes(), ArchiveManifest.class);
        } else {
          reader.read(entry.getName(), zip);
        }
      }
      // The end too is authenticated, with the last chunk.
      plain.transferTo(OutputStream.nullOutputStream());
    }
    if (manifest == null) {
      throw new IOException("there is no manifest");
    }
    return manifest;
  }

  /**
   * Reads an archive to its end and compares every entry with the manifest.
   *
   * @throws VigilException TENANCY-0016 when anything differs or does not open
   */
  static ArchiveManifest verify(Path file, char[] passphrase) {
    Map<String, Entry> found = new HashMap<>();
    try {
      ArchiveManifest manifest =
          read(
              file,
              passphrase,
              (name, content) -> {
                HashingStream hashing = new HashingStream(OutputStream.nullOutputStream());
                content.transferTo(hashing);
                found.put(name, new Entry(hashing.lines(), hashing.bytes(), hashing.sha256()));
              });
      compare(manifest, found);
      return manifest;
    } catch (IOException e) {
      throw new VigilException(
          ErrorCode.TENANCY_0016, Map.of("problem", String.valueOf(e.getMessage())), e);
    }
  }

  private record Entry(long lines, long bytes, String sha256) {}

  private static void compare(ArchiveManifest manifest, Map<String, Entry> found)
      throws IOException {
    if (manifest.format() != ArchiveManifest.FORMAT) {
      throw new IOException("unknown format " + manifest.format());
    }
    Set<String> named = new HashSet<>();
    for (Table table : manifest.tables()) {
      named.add(same(TABLES + table.name() + ROWS, table, found));
    }
    for (Table table : manifest.platformTables()) {
      named.add(same(PLATFORM + table.name() + ROWS, table, found));
    }
    for (StoredFile stored : manifest.files()) {
      String name = FILES + stored.path();
      Entry entry = found.get(name);
      if (entry == null
          || entry.bytes() != stored.bytes()
          || !entry.sha256().equals(stored.sha256())) {
        throw new IOException("an object differs from the manifest");
      }
      named.add(name);
    }
    if (!named.equals(found.keySet())) {
      throw new IOException("there are entries that the manifest does not name");
    }
  }

  private static String same(String name, Table table, Map<String, Entry> found)
      throws IOException {
    Entry entry = found.get(name);
    if (entry == null || entry.lines() != table.rows() || !entry.sha256().equals(table.sha256())) {
      throw new IOException("table " + table.name() + " differs from the manifest");
    }
    return name;
  }

  /** A statement as one line of JSON, its fields in order. */
  static String line(Map<String, ?> fields) {
    ObjectNode node = JSON.createObjectNode();
    fields.forEach((name, value) -> node.set(name, JSON.valueToTree(value)));
    return node.toString();
  }
}
