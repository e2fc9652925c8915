package org.vigil.dicom.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that can be read again from any offset: a file, or an encrypted blob that decrypts as it is
 * read. Implementations are safe for use by several threads, each with its own stream.
 */
public interface ByteSource {

  /**
   * Opens a stream that starts at an offset. The caller closes it.
   *
   * @param offset bytes to skip, 0 to {@link #length()}
   */
  InputStream open(long offset) throws IOException;

  /** Number of bytes, or -1 where it is not known. */
  long length() throws IOException;

  /** The bytes of a file, which must not change while it is referred to. */
  static ByteSource of(Path file) {
    return new FileSource(file);
  }

  /** A file as a source; equal to another source of the same path. */
  record FileSource(Path file) implements ByteSource {

    @Override
    public InputStream open(long offset) throws IOException {
      SeekableByteChannel channel = Files.newByteChannel(file);
      try {
        return Channels.newInputStream(channel.position(offset));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public long length() throws IOException {
      return Files.size(file);
    }
  }
}
