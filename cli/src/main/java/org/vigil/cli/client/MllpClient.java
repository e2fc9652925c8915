package org.vigil.cli.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Sends HL7 v2 messages as they are, byte for byte, over MLLP (HL7 v2 Transport Specification,
 * release 1): a frame is {@code 0x0B message 0x1C 0x0D}. It parses nothing, so that a malformed
 * message can be sent and the receiver's answer to it be seen.
 */
public final class MllpClient implements AutoCloseable {

  private static final int START = 0x0B;
  private static final int END = 0x1C;
  private static final int CARRIAGE_RETURN = 0x0D;

  private final Socket socket = new Socket();
  private final InputStream in;

  /**
   * Connects.
   *
   * @param host name or address
   * @param port 1 to 65535
   * @param timeoutMillis for the connection and for each answer
   */
  public MllpClient(String host, int port, int timeoutMillis) throws IOException {
    try {
      socket.connect(new InetSocketAddress(host, port), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends one message and waits for the answer.
   *
   * @param message segments ended by carriage returns
   * @return the answer without its frame
   * @throws EOFException if the other side closed the connection instead of answering
   */
  public byte[] send(byte[] message) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(message.length + 3);
    frame.write(START);
    frame.writeBytes(message);
    frame.write(END);
    frame.write(CARRIAGE_RETURN);
    // In one write: three would wait for each other's acknowledgement.
    socket.getOutputStream().write(frame.toByteArray());
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (int next = in.read(); next != END; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed without an answer");
      }
      if (next != START) {
        answer.write(next);
      }
    }
    if (in.read() != CARRIAGE_RETURN) {
      throw new IOException("the answer's frame does not end in 0x1C 0x0D");
    }
    return answer.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
