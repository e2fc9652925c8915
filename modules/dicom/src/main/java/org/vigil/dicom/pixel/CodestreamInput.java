package org.vigil.dicom.pixel;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import jj2000.j2k.io.EndianType;
import jj2000.j2k.io.RandomAccessIO;

/**
 * A JPEG 2000 code stream as its decoder reads it. At the end it throws, as the interface demands;
 * the library's own adapter returns -1 there, which its packet reader takes for 1-bits without end.
 */
final class CodestreamInput implements RandomAccessIO {
  private final ByteBuffer bytes;
  private int lastFullByte = -2;

  CodestreamInput(byte[] codestream) {
    this.bytes = ByteBuffer.wrap(codestream);
  }

  private <T> T atEnd(BufferUnderflowException e) throws EOFException {
    EOFException end = new EOFException("The JPEG 2000 code stream ends too early");
    end.initCause(e);
    throw end;
  }

  @Override
  public int getPos() {
    return bytes.position();
  }

  @Override
  public int length() {
    return bytes.limit();
  }

  @Override
  public void seek(int offset) throws IOException {
    if (offset < 0 || offset > bytes.limit()) {
      throw new EOFException("The JPEG 2000 code stream points beyond its end");
    }
    bytes.position(offset);
  }

  @Override
  public int read() throws IOException {
    int at = bytes.position();
    int b = readUnsignedByte();
    if (b == 0xFF) {
      // The packet reader takes the second for a stuffed one, and goes on with 1-bits without end.
      if (lastFullByte == at - 1) {
        throw new IOException("JPEG 2000: a packet header has two bytes FF in a row");
      }
      lastFullByte = at;
    }
    return b;
  }

  @Override
  public void readFully(byte[] to, int offset, int count) throws IOException {
    try {
      bytes.get(to, offset, count);
    } catch (BufferUnderflowException e) {
      atEnd(e);
    }
  }

  @Override
  public int getByteOrdering() {
    return EndianType.BIG_ENDIAN;
  }

  @Override
  public byte readByte() throws IOException {
    try {
      return bytes.get();
    } catch (BufferUnderflowException e) {
      return this.<Byte>atEnd(e);
    }
  }

  @Override
  public int readUnsignedByte() throws IOException {
    return readByte() & 0xFF;
  }

  @Override
  public short readShort() throws IOException {
    try {
      return bytes.getShort();
    } catch (BufferUnderflowException e) {
      return this.<Short>atEnd(e);
    }
  }

  @Override
  public int readUnsignedShort() throws IOException {
    return readShort() & 0xFFFF;
  }

  @Override
  public int readInt() throws IOException {
    try {
      return bytes.getInt();
    } catch (BufferUnderflowException e) {
      return this.<Integer>atEnd(e);
    }
  }

  @Override
  public long readUnsignedInt() throws IOException {
    return readInt() & 0xFFFFFFFFL;
  }

  @Override
  public long readLong() throws IOException {
    return (readUnsignedInt() << 32) | readUnsignedInt();
  }

  @Override
  public float readFloat() throws IOException {
    return Float.intBitsToFloat(readInt());
  }

  @Override
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(readLong());
  }

  @Override
  public int skipBytes(int count) throws IOException {
    seek(bytes.position() + count);
    return count;
  }

  @Override
  public void close() {}

  @Override
  public void flush() {}

  private static IOException readOnly() {
    return new IOException("A code stream that is decoded is not written");
  }

  @Override
  public void write(int b) throws IOException {
    throw readOnly();
  }

  @Override
  public void writeByte(int value) throws IOException {
    throw readOnly();
  }

  @Override
  public void writeShort(int value) throws IOException {
    throw readOnly();
  }

  @Override
  public void writeInt(int value) throws IOException {
    throw readOnly();
  }

  @Override
  public void writeLong(long value) throws IOException {
    throw readOnly();
  }

  @Override
  public void writeFloat(float value) throws IOException {
    throw readOnly();
  }

  @Override
  public void writeDouble(double value) throws IOException {
    throw readOnly();
  }
}
