package org.vigil.imaging.storage;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new file, written past the system's page cache where the file system lets it: an image is
 * written once and forced to disk at once, and by way of the cache its bytes would be copied into
 * fresh pages first and push out others that are read again, the database's say. Whatever the file
 * system does not take so, and the last bytes that fill no block, go through the cache: what is in
 * the file is the same. Used by one thread.
 */
final class UncachedFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UncachedFile.class);

  /** What a slice or a scout needs at most, so that it goes out in one write. */
  private static final int BUFFER = 1024 * 1024;

  /** Of this or a fraction of it are the blocks of nearly all file systems. */
  private static final int BLOCK = 4096;

  /** Less than this is cheaper through the cache than by a second channel. */
  private static final int WORTHWHILE = 64 * 1024;

  private static final BlockingQueue<ByteBuffer> BUFFERS = new ArrayBlockingQueue<>(32);

  private final Path file;
  private final FileChannel cached;
  private FileChannel uncached;
  private boolean refused;
  private ByteBuffer buffer;
  private long written;

  /**
   * Creates the file.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one
   */
  UncachedFile(Path file) throws IOException {
    this.file = file;
    this.cached = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    ByteBuffer free = BUFFERS.poll();
    this.buffer =
        free != null
            ? free.clear()
            : ByteBuffer.allocateDirect(BUFFER + BLOCK).alignedSlice(BLOCK).limit(BUFFER).slice();
  }

  void write(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    int end = offset + count;
    while (from < end) {
      int n = Math.min(end - from, buffer.remaining());
      buffer.put(bytes, from, n);
      from += n;
      if (!buffer.hasRemaining()) {
        drain();
      }
    }
  }

  /** Writes what is left in memory: from now on the file can be read. */
  void finish() throws IOException {
    drain();
  }

  /** Forces to disk what is in the file, and its length. */
  void force() throws IOException {
    cached.force(true);
  }

  private void drain() throws IOException {
    buffer.flip();
    int blocks = buffer.limit() / BLOCK * BLOCK;
    if (blocks >= WORTHWHILE && !refused) {
      int all = buffer.limit();
      pastTheCache(buffer.limit(blocks));
      buffer.limit(all);
    }
    while (buffer.hasRemaining()) {
      written += cached.write(buffer, written);
    }
    buffer.clear();
  }

  /** Leaves in the buffer what it could not write so. */
  private void pastTheCache(ByteBuffer blocks) {
    try {
      if (uncached == null) {
        uncached = FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
      }
      while (blocks.hasRemaining()) {
        written += uncached.write(blocks, written);
      }
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without it, with larger blocks, or a full one: that shows in the next write.
      refused = true;
      LOG.debug("{} is written through the page cache", file.getFileName(), e);
    }
  }

  /** Closing it again does nothing. */
  @Override
  public void close() throws IOException {
    if (buffer != null) {
      BUFFERS.offer(buffer);
      buffer = null;
    }
    try (FileChannel first = uncached) {
      cached.close();
    }
  }
}
