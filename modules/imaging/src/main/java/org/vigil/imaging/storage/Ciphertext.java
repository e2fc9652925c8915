package org.vigil.imaging.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an encrypted file, wherever it lies. */
interface Ciphertext {
  /**
   * Opens the bytes for reading anywhere; the caller closes the channel.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such file
   */
  SeekableByteChannel open() throws IOException;

  /**
   * Number of bytes.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such file
   */
  long size() throws IOException;

  /** Those of a file on disk. */
  static Ciphertext of(Path file) {
    return new Ciphertext() {
      @Override
      public SeekableByteChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
      }

      @Override
      public long size() throws IOException {
        return Files.size(file);
      }
    };
  }
}
