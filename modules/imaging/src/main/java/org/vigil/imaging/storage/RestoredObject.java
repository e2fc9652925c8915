package org.vigil.imaging.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.pixel.PixelDecoder;

/**
 * An object whose pixels Vigil has compressed, as it was before: every element of the data set and
 * every bit of the pixels. Readable from any offset; frames are decoded as the reader comes through
 * them, one at a time, so a long object costs no more memory than a short one.
 *
 * <p>It is no copy of the received file to the byte: sequences are written with undefined length.
 */
public final class RestoredObject implements ByteSource {
  private static final int BULK_FROM = 16 * 1024;

  private final ByteSource compressed;
  private final String transferSyntax;
  private final boolean described;
  private Layout layout;

  /**
   * An object to be restored.
   *
   * @param compressed the Part 10 object with compressed pixels
   * @param transferSyntax as it was received: implicit or explicit VR little endian
   */
  public RestoredObject(ByteSource compressed, String transferSyntax) {
    this(compressed, transferSyntax, false);
  }

  private RestoredObject(ByteSource compressed, String transferSyntax, boolean described) {
    TransferSyntax syntax = TransferSyntax.of(transferSyntax);
    if (!syntax.isNative() || syntax.bigEndian() || syntax.deflated()) {
      throw new IllegalArgumentException("Nothing is compressed from " + transferSyntax);
    }
    this.compressed = Objects.requireNonNull(compressed, "compressed");
    this.transferSyntax = transferSyntax;
    this.described = described;
  }

  /**
   * An object that was received compressed, uncompressed in explicit VR little endian, for a peer
   * that takes no other; its pixel description is that of the decoded pixels.
   *
   * @param received in a transfer syntax that {@link PixelDecoder#canDecode}
   */
  public static RestoredObject decompressed(ByteSource received) {
    return new RestoredObject(received, UID.ExplicitVRLittleEndian, true);
  }

  @Override
  public InputStream open(long offset) throws IOException {
    return new Restoring(layout(), offset);
  }

  @Override
  public long length() throws IOException {
    return layout().length();
  }

  /** Bytes of the data set besides the pixels, which are held in memory. */
  public long headLength() throws IOException {
    Layout l = layout();
    return (long) l.head.length + l.tail.length;
  }

  private synchronized Layout layout() throws IOException {
    if (layout == null) {
      layout = read();
    }
    return layout;
  }

  private Layout read() throws IOException {
    DicomObject object = DicomReader.of(compressed).leaveBulk(BULK_FROM).read();
    PixelDecoder decoder = PixelDecoder.of(object);
    Attributes dataset = described ? describe(object.dataset(), decoder) : object.dataset();
    int cell = decoder.description().bitsAllocated() / 8;
    int frameBytes = decoder.description().frameValues() * cell;
    long pixelBytes = (long) frameBytes * decoder.frames();
    long padded = pixelBytes + (pixelBytes & 1);
    ByteArrayOutputStream head = new ByteArrayOutputStream(16 * 1024);
    DicomWriter.writeFileMetaInformation(
        head, DicomWriter.fileMetaInformation(dataset, transferSyntax));
    DicomWriter.writeDataset(head, part(dataset, -1), transferSyntax);
    head.write(pixelHeader(cell, padded));
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    if (padded > pixelBytes) {
      tail.write(0);
    }
    DicomWriter.writeDataset(tail, part(dataset, 1), transferSyntax);
    return new Layout(
        head.toByteArray(), decoder, cell, frameBytes, pixelBytes, tail.toByteArray());
  }

  /** The data set with what decoding has changed (PS3.5 §8.2). */
  private static Attributes describe(Attributes dataset, PixelDecoder decoder) throws IOException {
    Attributes plain =
        new Attributes(
            dataset,
            tag -> tag != Tag.ExtendedOffsetTable && tag != Tag.ExtendedOffsetTableLengths);
    plain.setString(Tag.PhotometricInterpretation, VR.CS, decoder.frame(0).photometric());
    if (decoder.description().samples() > 1) {
      plain.setInt(Tag.PlanarConfiguration, VR.US, 0);
    }
    return plain;
  }

  /** The elements before (-1) or behind (1) the pixel data. */
  private static Attributes part(Attributes dataset, int side) {
    return new Attributes(
        dataset, tag -> Integer.signum(Integer.compareUnsigned(tag, Tag.PixelData)) == side);
  }

  /** PS3.5 §8.2: OW where a cell has more than 8 bits; implicit VR says nothing. */
  private byte[] pixelHeader(int cell, long length) {
    boolean explicit = TransferSyntax.of(transferSyntax).explicitVr();
    ByteBuffer header = ByteBuffer.allocate(explicit ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) Tag.group(Tag.PixelData)).putShort((short) Tag.element(Tag.PixelData));
    if (explicit) {
      header.put((byte) 'O').put((byte) (cell > 1 ? 'W' : 'B')).putShort((short) 0);
    }
    return header.putInt((int) length).array();
  }

  /** How the restored bytes lie: head, frames, tail. */
  private record Layout(
      byte[] head, PixelDecoder decoder, int cell, int frameBytes, long pixelBytes, byte[] tail) {
    long length() {
      return head.length + pixelBytes + tail.length;
    }
  }

  /** Used by one thread; holds one frame. */
  private static final class Restoring extends InputStream {
    private final Layout layout;
    private long position;
    private int held = -1;
    private byte[] frame;

    Restoring(Layout layout, long offset) {
      this.layout = layout;
      this.position = offset;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      long pixels = position - layout.head.length;
      if (pixels < 0) {
        return take(layout.head, (int) position, bytes, offset, length);
      }
      if (pixels < layout.pixelBytes) {
        int index = (int) (pixels / layout.frameBytes);
        return take(frame(index), (int) (pixels % layout.frameBytes), bytes, offset, length);
      }
      long behind = pixels - layout.pixelBytes;
      return behind >= layout.tail.length
          ? -1
          : take(layout.tail, (int) behind, bytes, offset, length);
    }

    private int take(byte[] from, int at, byte[] bytes, int offset, int length) {
      int count = Math.min(length, from.length - at);
      System.arraycopy(from, at, bytes, offset, count);
      position += count;
      return count;
    }

    private byte[] frame(int index) throws IOException {
      if (held != index) {
        frame = layout.decoder.frame(index).toLittleEndian(layout.cell);
        held = index;
      }
      return frame;
    }

    @Override
    public long skip(long count) {
      long to = Math.max(position, Math.min(layout.length(), position + count));
      long skipped = to - position;
      position = to;
      return skipped;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      byte[] buffer = new byte[64 * 1024];
      long sent = 0;
      for (int count = read(buffer); count >= 0; count = read(buffer)) {
        out.write(buffer, 0, count);
        sent += count;
      }
      return sent;
    }
  }
}
