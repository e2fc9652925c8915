package org.vigil.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar stream of a home directory's parts, written while files may still grow or vanish. */
final class BackupArchive implements AutoCloseable {
  private static final int FILE_MODE = 0100600;

  private final Path root;
  private final TarArchiveOutputStream tar;
  private long files;
  private long bytes;

  BackupArchive(Path root, OutputStream out) {
    this.root = root;
    this.tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /** Adds a folder below the root; one that is not there is passed by. */
  void add(String folder, Predicate<Path> wanted) throws IOException {
    Path start = root.resolve(folder);
    if (!Files.exists(start)) {
      return;
    }
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            tar.putArchiveEntry(new TarArchiveEntry(name(dir) + "/"));
            tar.closeArchiveEntry();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && wanted.test(file)) {
              addFile(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }

  /** Adds a file of this text. */
  void add(String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(FILE_MODE);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private void addFile(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      TarArchiveEntry entry = new TarArchiveEntry(name(file));
      entry.setSize(size);
      entry.setMode(FILE_MODE);
      tar.putArchiveEntry(entry);
      byte[] buffer = new byte[256 * 1024];
      long left = size;
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          // Shortened meanwhile: PostgreSQL's log says how it ended, zeros stand in until then.
          java.util.Arrays.fill(buffer, (byte) 0);
          count = (int) Math.min(buffer.length, left);
        }
        tar.write(buffer, 0, count);
        left -= count;
      }
      tar.closeArchiveEntry();
      files++;
      bytes += size;
    } catch (NoSuchFileException e) {
      // Removed since it was listed, so nothing needs it.
      return;
    }
  }

  private String name(Path path) {
    return root.relativize(path).toString();
  }

  long files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** Unpacks an archive below a root; an entry that would lead elsewhere is refused. */
  static long unpack(InputStream in, Path root) throws IOException {
    long files = 0;
    try (TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException("the backup holds a name that leads elsewhere");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
          VigilHome.restrict(target);
          files++;
        }
      }
    }
    return files;
  }
}
