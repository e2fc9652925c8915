package org.vigil.integration.mllp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads frames {@code <VT> message <FS><CR>} from a stream in which they may come in any pieces.
 * Bytes before a start block are skipped; a start block inside a frame begins it anew, because its
 * sender gave up the former one. The CR after FS may be missing.
 */
final class MllpFrameReader {
  static final int START = 0x0B;
  static final int END = 0x1C;
  private static final int CR = 0x0D;

  private final InputStream in;
  private final int maxBytes;
  private final Pace pace;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int filled;
  private long skipped;

  /**
   * Reads from a stream.
   *
   * @param maxBytes of a message; longer ones are read to their end and given truncated
   */
  MllpFrameReader(InputStream in, int maxBytes, Pace pace) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.pace = pace;
  }

  /**
   * The next message.
   *
   * @return empty at the end of the stream, also in the middle of a frame
   * @throws SocketTimeoutException when the peer is idle, or slow within a frame
   */
  Optional<Frame> next() throws IOException {
    pace.betweenFrames();
    int read = read();
    while (read != START) {
      if (read < 0) {
        return Optional.empty();
      }
      skipped += read == CR ? 0 : 1;
      read = read();
    }
    pace.withinFrame();
    ByteArrayOutputStream message = new ByteArrayOutputStream(1024);
    boolean tooLong = false;
    while (true) {
      read = read();
      if (read < 0) {
        return Optional.empty();
      }
      if (read == END) {
        return Optional.of(new Frame(message.toByteArray(), tooLong));
      }
      if (read == START) {
        message.reset();
        tooLong = false;
      } else if (message.size() < maxBytes) {
        message.write(read);
      } else {
        tooLong = true;
      }
    }
  }

  /** Bytes outside frames seen so far. */
  long skipped() {
    return skipped;
  }

  private int read() throws IOException {
    if (position == filled) {
      pace.beforeRead();
      filled = in.read(buffer);
      position = 0;
      if (filled < 0) {
        filled = 0;
        return -1;
      }
    }
    return buffer[position++] & 0xFF;
  }

  /**
   * A message as it came.
   *
   * @param tooLong the message was longer than allowed; only its beginning is kept
   */
  record Frame(byte[] message, boolean tooLong) {}

  /** How long the peer may take. */
  interface Pace {
    /** No limits, for streams that are not sockets. */
    Pace FREE =
        new Pace() {
          @Override
          public void betweenFrames() {}

          @Override
          public void withinFrame() {}

          @Override
          public void beforeRead() {}
        };

    void betweenFrames() throws IOException;

    void withinFrame() throws IOException;

    /** Called before each wait; throws SocketTimeoutException when time is up. */
    void beforeRead() throws IOException;

    /** Limits of a socket: idle time between frames, and time for a whole frame. */
    static Pace of(Socket socket, Duration idle, Duration frame) {
      return new Pace() {
        private long deadline;

        @Override
        public void betweenFrames() {
          deadline = System.nanoTime() + idle.toNanos();
        }

        @Override
        public void withinFrame() {
          deadline = System.nanoTime() + frame.toNanos();
        }

        @Override
        public void beforeRead() throws SocketException, SocketTimeoutException {
          long left = (deadline - System.nanoTime()) / 1_000_000;
          if (left <= 0) {
            throw new SocketTimeoutException("the frame was not complete in time");
          }
          socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        }
      };
    }
  }
}
