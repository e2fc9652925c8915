package org.vigil.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One message's command or data set as it arrives in presentation data values (PS3.8 annex E). */
final class PdvInputStream extends InputStream {

  private final PduChannel channel;
  private final boolean command;
  private int contextId;
  private int remaining;
  private boolean last;
  private boolean closed;
  private IOException failure;

  /**
   * A stream of the fragments of one message part.
   *
   * @param contextId the presentation context they must belong to, or 0 for that of the first
   */
  PdvInputStream(PduChannel channel, boolean command, int contextId) {
    this.channel = channel;
    this.command = command;
    this.contextId = contextId;
  }

  int contextId() {
    return contextId;
  }

  /** What ended the conversation while this stream was read, or null. */
  IOException failure() {
    return failure;
  }

  /** Takes the header of the first fragment, whose P-DATA-TF has been begun already. */
  void begin(PduChannel.Pdv first) throws IOException {
    take(first);
  }

  private void take(PduChannel.Pdv pdv) throws ProtocolException {
    if (pdv.command() != command) {
      throw new ProtocolException(
          command ? "A data set came before its command" : "A command came inside a data set", 2);
    }
    if (contextId == 0) {
      contextId = pdv.contextId();
    } else if (contextId != pdv.contextId()) {
      throw new ProtocolException("A message changes its presentation context", 6);
    }
    remaining = pdv.length();
    last = pdv.last();
  }

  /** Whether a byte is left; reads the next fragment's header if need be. */
  private boolean hasMore() throws IOException {
    if (closed) {
      throw new IOException("The data set can be read only inside the handler's call");
    }
    if (failure != null) {
      throw failure;
    }
    try {
      while (remaining == 0) {
        if (last) {
          return false;
        }
        nextFragment();
      }
      return true;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void nextFragment() throws IOException {
    if (!channel.pduHasMore()) {
      int type = channel.nextPdu();
      if (type == PduChannel.ABORT) {
        throw Association.abortedBy(channel.body());
      }
      if (type != PduChannel.P_DATA_TF) {
        throw new ProtocolException("PDU of type " + type + " inside a message", 2);
      }
    }
    take(channel.nextPdv());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    try {
      int n = channel.readData(target, offset, Math.min(length, remaining));
      remaining -= n;
      return n;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int available() {
    return closed || failure != null ? 0 : remaining;
  }

  /** Hands the bytes on from the receive buffer, without a copy in between. */
  @Override
  public long transferTo(OutputStream target) throws IOException {
    long total = 0;
    while (hasMore()) {
      try {
        channel.awaitData();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
      int n = channel.writeDataTo(target, remaining);
      remaining -= n;
      total += n;
    }
    return total;
  }

  /** Passes over what was not read, so that the next message can be. */
  void drain() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    closed = true;
  }

  /** All bytes of a short message part. */
  byte[] readBounded(int most) throws IOException {
    byte[] bytes = new byte[256];
    int count = 0;
    int n;
    while ((n = read(bytes, count, bytes.length - count)) >= 0) {
      count += n;
      if (count == bytes.length) {
        if (count >= most) {
          throw new ProtocolException("A part of a message is longer than " + most + " bytes", 6);
        }
        bytes = java.util.Arrays.copyOf(bytes, count * 2);
      }
    }
    return java.util.Arrays.copyOf(bytes, count);
  }
}
