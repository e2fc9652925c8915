package org.vigil.dicom.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;

/**
 * PDUs over one socket (PS3.8 §9.3): buffered reading with deadlines, and writing in which a whole
 * message, as far as it fits the buffer, goes out in one write.
 *
 * <p>Reading and writing belong to the association's thread; {@link #sendAbort} and {@link #close}
 * may come from any.
 */
final class PduChannel implements AutoCloseable {

  static final int ASSOCIATE_RQ = 1;
  static final int ASSOCIATE_AC = 2;
  static final int ASSOCIATE_RJ = 3;
  static final int P_DATA_TF = 4;
  static final int RELEASE_RQ = 5;
  static final int RELEASE_RP = 6;
  static final int ABORT = 7;

  /** Longest A-ASSOCIATE PDU taken; 128 contexts of 20 transfer syntaxes stay below it. */
  private static final int MAX_CONTROL_PDU = 512 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] input = new byte[64 * 1024];
  private final int maxReceive;
  private int next;
  private int limit;
  private long deadline;
  private int idleMillis;
  private int timeoutSet = -1;

  /** What is left of the P-DATA-TF being read, and of the PDV inside it. */
  private long pduRemaining;

  private byte[] output = new byte[16 * 1024];
  private int count;

  PduChannel(Socket socket, int maxReceive) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.maxReceive = maxReceive;
  }

  /** From now on all reading must be over by then: the ARTIM timer (PS3.8 §9.1.5). */
  void deadline(long millis) {
    deadline = System.nanoTime() + millis * 1_000_000L;
    if (deadline == 0) {
      deadline = 1;
    }
  }

  /** From now on each read may take this long. */
  void idleTimeout(long millis) {
    deadline = 0;
    idleMillis = (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  // --- reading ----------------------------------------------------------------------------------

  private void armTimeout() throws IOException {
    int millis = idleMillis;
    if (deadline != 0) {
      long left = (deadline - System.nanoTime()) / 1_000_000L;
      if (left <= 0) {
        throw timeout(null);
      }
      millis = (int) Math.min(left, Integer.MAX_VALUE);
    }
    if (millis != timeoutSet) {
      socket.setSoTimeout(millis);
      timeoutSet = millis;
    }
  }

  private static DicomException timeout(IOException cause) {
    return new DicomException(DicomError.PEER_TIMEOUT, "The peer did not send in time", cause);
  }

  private int read(byte[] target, int offset, int length) throws IOException {
    armTimeout();
    try {
      return in.read(target, offset, length);
    } catch (SocketTimeoutException e) {
      throw timeout(e);
    } catch (SocketException e) {
      throw new DicomException(DicomError.CONNECTION_LOST, "The connection was lost", e);
    }
  }

  private void need(int n) throws IOException {
    if (limit - next >= n) {
      return;
    }
    System.arraycopy(input, next, input, 0, limit - next);
    limit -= next;
    next = 0;
    while (limit < n) {
      int got = read(input, limit, input.length - limit);
      if (got < 0) {
        if (limit == 0) {
          throw new DicomException(
              DicomError.CONNECTION_LOST, "The peer closed the connection without release");
        }
        throw new DicomException(
            DicomError.CONNECTION_LOST,
            "The connection ended inside a PDU",
            new EOFException("end of stream"));
      }
      limit += got;
    }
  }

  private int u8() {
    return input[next++] & 0xFF;
  }

  private long u32() {
    return ((long) u8() << 24 | u8() << 16 | u8() << 8 | u8()) & 0xFFFFFFFFL;
  }

  /**
   * Reads the header of the next PDU and returns its type. Of a P-DATA-TF, PDVs follow; of any
   * other, {@link #body}.
   */
  int nextPdu() throws IOException {
    if (pduRemaining > 0) {
      throw new ProtocolException("A PDU was not read to its end", 6);
    }
    need(6);
    int type = u8();
    next++;
    long length = u32();
    if (type < ASSOCIATE_RQ || type > ABORT) {
      throw new ProtocolException("PDU of unknown type " + type, 1);
    }
    long most = type == P_DATA_TF ? maxReceive : type <= ASSOCIATE_AC ? MAX_CONTROL_PDU : 64;
    if (length > most) {
      throw new ProtocolException(
          "PDU of type " + type + " has " + length + " bytes, at most " + most + " are allowed", 6);
    }
    pduRemaining = length;
    return type;
  }

  /** The rest of a PDU that is no P-DATA-TF. */
  byte[] body() throws IOException {
    byte[] body = new byte[(int) pduRemaining];
    int done = Math.min(body.length, limit - next);
    System.arraycopy(input, next, body, 0, done);
    next += done;
    while (done < body.length) {
      int got = read(body, done, body.length - done);
      if (got < 0) {
        throw new DicomException(DicomError.CONNECTION_LOST, "The connection ended inside a PDU");
      }
      done += got;
    }
    pduRemaining = 0;
    return body;
  }

  /** Whether the beginning of a PDU has arrived; over TLS it may be noticed late. */
  boolean hasArrived() throws IOException {
    return limit > next || in.available() > 0;
  }

  boolean pduHasMore() {
    return pduRemaining > 0;
  }

  /** Header of one presentation data value (PS3.8 §9.3.5.1, annex E.2). */
  record Pdv(int contextId, boolean command, boolean last, int length) {}

  Pdv nextPdv() throws IOException {
    if (pduRemaining < 6) {
      throw new ProtocolException("P-DATA-TF is too short for a presentation data value", 6);
    }
    need(6);
    long length = u32();
    int contextId = u8();
    int flags = u8();
    if (length < 2 || length > pduRemaining - 4) {
      throw new ProtocolException("Presentation data value reaches beyond its P-DATA-TF", 6);
    }
    pduRemaining -= 6;
    return new Pdv(contextId, (flags & 1) != 0, (flags & 2) != 0, (int) length - 2);
  }

  /** Reads some bytes of the present PDV, of which {@code length} are left at most. */
  int readData(byte[] target, int offset, int length) throws IOException {
    int n;
    if (limit > next) {
      n = Math.min(length, limit - next);
      System.arraycopy(input, next, target, offset, n);
      next += n;
    } else {
      // Long reads go past the buffer, short ones fill it.
      if (length >= 8192) {
        n = read(target, offset, length);
        if (n < 0) {
          throw new DicomException(DicomError.CONNECTION_LOST, "The connection ended inside a PDU");
        }
      } else {
        need(1);
        n = Math.min(length, limit - next);
        System.arraycopy(input, next, target, offset, n);
        next += n;
      }
    }
    pduRemaining -= n;
    return n;
  }

  /** Waits until at least one byte of the present PDV is in the buffer. */
  void awaitData() throws IOException {
    need(1);
  }

  /** Hands some bytes of the present PDV to a stream, straight from the buffer. */
  int writeDataTo(OutputStream target, int length) throws IOException {
    int n = Math.min(length, limit - next);
    target.write(input, next, n);
    next += n;
    pduRemaining -= n;
    return n;
  }

  // --- writing ----------------------------------------------------------------------------------

  /** Sizes the output buffer for P-DATA-TF of this length, header not counted. */
  void outputPduLength(int length) {
    output = new byte[length + 6 + 1024];
  }

  int room() {
    return output.length - count;
  }

  /** Reserves {@code n} bytes of the output buffer and returns where they begin. */
  int reserve(int n) throws IOException {
    if (room() < n) {
      flush();
    }
    int at = count;
    count += n;
    return at;
  }

  byte[] output() {
    return output;
  }

  int count() {
    return count;
  }

  void advance(int n) {
    count += n;
  }

  static void put32(byte[] b, int at, long value) {
    b[at] = (byte) (value >>> 24);
    b[at + 1] = (byte) (value >>> 16);
    b[at + 2] = (byte) (value >>> 8);
    b[at + 3] = (byte) value;
  }

  /** Sends a PDU at once. */
  void send(int type, byte[] body) throws IOException {
    flush();
    byte[] pdu = new byte[6 + body.length];
    pdu[0] = (byte) type;
    put32(pdu, 2, body.length);
    System.arraycopy(body, 0, pdu, 6, body.length);
    write(pdu, 0, pdu.length);
  }

  void flush() throws IOException {
    if (count > 0) {
      int n = count;
      count = 0;
      write(output, 0, n);
    }
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
      out.flush();
    } catch (SocketException e) {
      throw new DicomException(DicomError.CONNECTION_LOST, "The connection was lost", e);
    }
  }

  /**
   * Sends A-ABORT past everything waiting.
   *
   * @param source 0 service user, 2 service provider
   */
  void sendAbort(int source, int reason) throws IOException {
    byte[] pdu = {ABORT, 0, 0, 0, 0, 4, 0, 0, (byte) source, (byte) reason};
    out.write(pdu);
    out.flush();
  }

  /**
   * Waits until the peer closes, at most until the deadline: closing first would let the system
   * answer the peer's last bytes with a reset that overtakes ours.
   */
  void awaitClose(long millis) throws IOException {
    deadline(millis);
    socket.shutdownOutput();
    while (read(input, 0, input.length) >= 0) {
      // What still comes is of no interest (PS3.8 §9.2.3, state 13, AA-6).
      next = 0;
      limit = 0;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
