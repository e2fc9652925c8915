package org.vigil.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One message's command or data set, cut into presentation data values, each in its own P-DATA-TF
 * (PS3.8 annex E). Closing marks the last fragment; the channel is flushed by the caller.
 */
final class PdvOutputStream extends OutputStream {

  private static final int HEADER = 12;

  private final PduChannel channel;
  private final int contextId;
  private final int flags;
  private final int maxData;
  private int start = -1;
  private int length;

  PdvOutputStream(PduChannel channel, int contextId, boolean command, int maxPduLength) {
    this.channel = channel;
    this.contextId = contextId;
    this.flags = command ? 1 : 0;
    // Fragments have even lengths, so that elements of two bytes are not torn for picky peers.
    this.maxData = (maxPduLength - 6) & ~1;
  }

  private int room() throws IOException {
    if (start >= 0 && (length == maxData || channel.room() == 0)) {
      finish(false);
      channel.flush();
    }
    if (start < 0) {
      if (channel.room() < HEADER + 512) {
        channel.flush();
      }
      start = channel.reserve(HEADER);
      length = 0;
    }
    return Math.min(maxData - length, channel.room());
  }

  private void finish(boolean last) {
    byte[] b = channel.output();
    b[start] = PduChannel.P_DATA_TF;
    b[start + 1] = 0;
    PduChannel.put32(b, start + 2, length + 6L);
    PduChannel.put32(b, start + 6, length + 2L);
    b[start + 10] = (byte) contextId;
    b[start + 11] = (byte) (flags | (last ? 2 : 0));
    start = -1;
  }

  @Override
  public void write(int b) throws IOException {
    room();
    channel.output()[channel.count()] = (byte) b;
    channel.advance(1);
    length++;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    int left = count;
    while (left > 0) {
      int n = Math.min(left, room());
      System.arraycopy(bytes, from, channel.output(), channel.count(), n);
      channel.advance(n);
      length += n;
      from += n;
      left -= n;
    }
  }

  /** Copies a stream to its end, straight into the send buffer. */
  void writeFrom(InputStream in) throws IOException {
    while (true) {
      int room = room();
      int n = in.read(channel.output(), channel.count(), room);
      if (n < 0) {
        return;
      }
      channel.advance(n);
      length += n;
    }
  }

  @Override
  public void close() throws IOException {
    if (start < 0) {
      room();
    }
    finish(true);
  }
}
