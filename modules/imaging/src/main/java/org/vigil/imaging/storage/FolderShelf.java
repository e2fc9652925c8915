package org.vigil.imaging.storage;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A shelf that is a folder of its tenant's own. What is written goes to a hidden file beside its
 * place first, under a name that a repetition writes again.
 */
record FolderShelf(Path folder) implements Shelf {
  private static final int BUFFER = 256 * 1024;

  @Override
  public Ciphertext at(String location) {
    return Ciphertext.of(file(location));
  }

  Path file(String location) {
    return folder.resolve(location);
  }

  @Override
  public void take(String location, Path file) throws IOException {
    Path target = file(location);
    FileObjectStore.createFolders(target.getParent());
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      copy(location, Ciphertext.of(file));
    }
  }

  @Override
  public void force(String location) throws IOException {
    FileObjectStore.force(file(location).getParent());
  }

  @Override
  public void copy(String location, Ciphertext from) throws IOException {
    Path target = file(location);
    FileObjectStore.createFolders(target.getParent());
    Path part = target.resolveSibling("." + target.getFileName());
    try (SeekableByteChannel in = from.open();
        FileChannel out =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      while (in.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        buffer.clear();
      }
      out.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    FileObjectStore.force(target.getParent());
  }

  @Override
  public void remove(String location) throws IOException {
    Files.deleteIfExists(file(location));
  }

  @Override
  public Stream<String> locations() throws IOException {
    return Files.isDirectory(folder)
        ? Files.walk(folder)
            .filter(Files::isRegularFile)
            .filter(file -> !file.getFileName().toString().startsWith("."))
            .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
        : Stream.empty();
  }

  @Override
  public Optional<Instant> writtenAt(String location) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file(location)).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void removeAll() throws IOException {
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
