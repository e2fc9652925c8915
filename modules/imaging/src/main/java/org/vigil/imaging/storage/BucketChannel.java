package org.vigil.imaging.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object of a bucket from anywhere by range requests, a block at a time. Blocks grow while
 * the reading goes straight on, so that a frame costs little and a whole object few requests. Used
 * by one thread.
 */
final class BucketChannel implements SeekableByteChannel {
  private static final int FIRST_BLOCK = 256 * 1024;
  private static final int LONGEST_BLOCK = 4 * 1024 * 1024;

  private final BucketShelf shelf;
  private final String key;
  private final long size;
  private long position;
  private long blockStart;
  private byte[] block;
  private int nextBlock = FIRST_BLOCK;
  private boolean open = true;

  /**
   * Asks for the beginning.
   *
   * @throws NoSuchFileException when there is no such object
   */
  BucketChannel(BucketShelf shelf, String key) throws NoSuchFileException {
    this.shelf = shelf;
    this.key = key;
    ResponseBytes<GetObjectResponse> beginning = get(0, FIRST_BLOCK);
    this.block = beginning.asByteArrayUnsafe();
    this.size = total(beginning.response(), block.length);
  }

  private ResponseBytes<GetObjectResponse> get(long from, int count) throws NoSuchFileException {
    return BucketShelf.found(
        key,
        () ->
            shelf
                .s3()
                .getObjectAsBytes(
                    request ->
                        request
                            .bucket(shelf.bucket())
                            .key(key)
                            .range("bytes=" + from + "-" + (from + count - 1))));
  }

  /** {@code Content-Range: bytes 0-99/1234}; a server that ignores the range sends all there is. */
  private static long total(GetObjectResponse response, int received) {
    String range = response.contentRange();
    return range == null ? received : Long.parseLong(range.substring(range.indexOf('/') + 1));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    if (position >= size) {
      return -1;
    }
    if (position < blockStart || position >= blockStart + block.length) {
      fetch();
    }
    int from = (int) (position - blockStart);
    int count = Math.min(target.remaining(), block.length - from);
    target.put(block, from, count);
    position += count;
    return count;
  }

  private void fetch() throws IOException {
    boolean straightOn = position == blockStart + block.length;
    nextBlock = straightOn ? Math.min(nextBlock * 2, LONGEST_BLOCK) : FIRST_BLOCK;
    int count = (int) Math.min(nextBlock, size - position);
    byte[] next = get(position, count).asByteArrayUnsafe();
    if (next.length != count) {
      throw new IOException("the bucket answered with another range than the one asked for");
    }
    block = next;
    blockStart = position;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }
}
