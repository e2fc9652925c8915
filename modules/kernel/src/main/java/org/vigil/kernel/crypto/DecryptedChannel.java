package org.vigil.kernel.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.security.GeneralSecurityException;

/**
 * Tells damage apart from a disk that cannot be read, and says "end" only when the last chunk is
 * there and says so too: Tink answers 0 bytes for ever where a reader starts at the end. Used by
 * one thread.
 */
final class DecryptedChannel implements SeekableByteChannel {
  private final SeekableByteChannel plain;
  private final long length;
  private boolean endSeen;

  DecryptedChannel(SeekableByteChannel plain, long length) {
    this.plain = plain;
    this.length = length;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    try {
      int count = plain.read(target);
      if (count > 0 || !target.hasRemaining()) {
        return count;
      }
      if (plain.position() < length) {
        throw new DamagedFileException("cut short");
      }
      checkEnd();
      return -1;
    } catch (IOException e) {
      throw e.getCause() instanceof GeneralSecurityException
          ? new DamagedFileException("changed, cut, or decrypted with the wrong key", e)
          : e;
    }
  }

  private void checkEnd() throws IOException {
    if (endSeen || length == 0) {
      return;
    }
    long end = plain.position();
    plain.position(length - 1);
    if (plain.read(ByteBuffer.allocate(1)) != 1) {
      throw new DamagedFileException("cut short");
    }
    plain.position(end);
    endSeen = true;
  }

  @Override
  public long position() throws IOException {
    return plain.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    plain.position(position);
    return this;
  }

  @Override
  public long size() {
    return length;
  }

  @Override
  public boolean isOpen() {
    return plain.isOpen();
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
