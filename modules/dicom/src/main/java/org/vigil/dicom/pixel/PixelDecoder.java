package org.vigil.dicom.pixel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;

/**
 * Decodes the frames of an image to stored values: native pixels of every uncompressed transfer
 * syntax, deflated frames, RLE, JPEG with a DCT and lossless, JPEG-LS, JPEG 2000.
 *
 * <pre>{@code
 * PixelDecoder decoder = PixelDecoder.of(DicomReader.of(file).leaveBulk(65536).read());
 * Frame frame = decoder.frame(0);
 * }</pre>
 *
 * <p>Only the bytes of the frame asked for are read where pixel data was left in its source. Safe
 * for use by several threads as long as nobody changes the data set.
 */
public final class PixelDecoder {

  /** Up to here, memory is taken for what is described; beyond, the bytes must make it likely. */
  private static final int FREE_VALUES = 1 << 26;

  private static final int MOST_VALUES_A_BYTE = 1024;

  private final PixelDescription description;
  private final String transferSyntax;
  private final Object pixelData;
  private final FrameCodec codec;
  private final List<int[]> frameFragments;
  private final EdgeTiles edgeTiles;

  private PixelDecoder(Attributes dataset, String transferSyntax) throws IOException {
    PixelDescription described = PixelDescription.of(dataset);
    this.transferSyntax = transferSyntax;
    this.pixelData = dataset.getValue(Tag.PixelData);
    if (pixelData instanceof Fragments fragments) {
      frameFragments = FragmentMap.of(dataset, fragments, described.frames());
      if (frameFragments.isEmpty()) {
        throw noPixelData();
      }
      codec = codecFor(transferSyntax, fragments);
    } else {
      codec = null;
      frameFragments = List.of();
      if (nativeLength() == 0) {
        throw noPixelData();
      }
      if (described.isSubsampled() && isWhole(described)) {
        // Named for what the pixels were before: nothing is missing of them now.
        described = described.interleaved();
      }
      // Native pixels in a syntax for compressed ones: some archives forget to change it.
      boolean complete = (nativeLength() + 1) / 2 * 2 == (frameBytes(described) + 1) / 2 * 2;
      if (TransferSyntax.of(transferSyntax).encapsulated()
          && TransferSyntax.isKnown(transferSyntax)
          && !complete) {
        throw new DicomException(
            DicomError.PIXEL_DATA_CORRUPT,
            Tag.PixelData,
            "Pixel data is native, but the transfer syntax "
                + TransferSyntax.of(transferSyntax).name()
                + " encapsulates it");
      }
    }
    this.description = described;
    this.edgeTiles = EdgeTiles.of(dataset, described).orElse(null);
  }

  private static long frameBytes(PixelDescription d) {
    return (d.frameBits() * d.frames() + 7) / 8;
  }

  private boolean isWhole(PixelDescription subsampled) {
    PixelDescription whole = subsampled.interleaved();
    return nativeLength() >= frameBytes(whole) && nativeLength() <= frameBytes(whole) + 1;
  }

  /** A decoder for an image that was read. */
  public static PixelDecoder of(DicomObject object) throws IOException {
    return new PixelDecoder(object.dataset(), object.transferSyntax());
  }

  /** A decoder for a file; its pixels stay there until a frame is asked for. */
  public static PixelDecoder of(Path file) throws IOException {
    return of(DicomReader.of(file).leaveBulk(64 * 1024).read());
  }

  /**
   * A decoder for a data set.
   *
   * @param transferSyntaxUid in which it was read; any uncompressed one where pixels are native
   * @throws DicomException {@link DicomError#NO_PIXEL_DATA}, {@link
   *     DicomError#PIXEL_DESCRIPTION_INVALID} or {@link DicomError#TRANSFER_SYNTAX_UNSUPPORTED}
   */
  public static PixelDecoder of(Attributes dataset, String transferSyntaxUid) throws IOException {
    return new PixelDecoder(dataset, transferSyntaxUid);
  }

  /** Whether frames of a transfer syntax can be decoded here. */
  public static boolean canDecode(String transferSyntaxUid) {
    TransferSyntax syntax = TransferSyntax.of(transferSyntaxUid);
    return syntax.isNative() || codecOf(transferSyntaxUid) != null;
  }

  private static FrameCodec codecFor(String uid, Fragments fragments) throws IOException {
    FrameCodec codec = codecOf(uid);
    if (codec == null && TransferSyntax.isKnown(uid) && TransferSyntax.of(uid).isNative()) {
      // The file meta information names an uncompressed syntax: the image itself knows better.
      codec = codecOf(JpegFamily.transferSyntaxOf(fragments.bytesOf(1)));
    }
    if (codec == null) {
      throw new DicomException(
          DicomError.TRANSFER_SYNTAX_UNSUPPORTED,
          Tag.PixelData,
          "Pixel data in transfer syntax "
              + uid
              + (TransferSyntax.isKnown(uid) ? " (" + TransferSyntax.of(uid).name() + ")" : "")
              + " cannot be decoded here");
    }
    return codec;
  }

  private static FrameCodec codecOf(String uid) {
    return switch (uid) {
      case UID.RLELossless -> new RleCodec();
      case UID.JPEGBaseline8Bit,
          UID.JPEGExtended12Bit,
          UID.JPEGSpectralSelectionNonHierarchical68,
          UID.JPEGFullProgressionNonHierarchical1012,
          UID.JPEGLossless,
          UID.JPEGLosslessSV1 ->
          new JpegCodec();
      case UID.JPEGLSLossless, UID.JPEGLSNearLossless -> new JpegLsCodec();
      case UID.JPEG2000Lossless -> new Jpeg2000Codec(false);
      case UID.JPEG2000 -> new Jpeg2000Codec(true);
      case UID.DeflatedImageFrameCompression -> new DeflatedFrameCodec();
      case UID.EncapsulatedUncompressedExplicitVRLittleEndian ->
          (bytes, description) -> NativePixels.decode(bytes, 0, description);
      default -> null;
    };
  }

  private static DicomException noPixelData() {
    return new DicomException(
        DicomError.NO_PIXEL_DATA, Tag.PixelData, "The object's pixel data is empty");
  }

  /** How the pixels are described. */
  public PixelDescription description() {
    return description;
  }

  /** Transfer syntax the pixels are encoded in. */
  public String transferSyntax() {
    return transferSyntax;
  }

  /** Number of frames described, at least 1. */
  public int frames() {
    return description.frames();
  }

  /**
   * Decodes one frame.
   *
   * @param index from 0
   * @throws DicomException {@link DicomError#PIXEL_DATA_CORRUPT} if there are fewer bytes than
   *     described or the codec refuses them
   */
  public Frame frame(int index) throws IOException {
    return frame(index, description);
  }

  /**
   * One frame with every bit of its cells, those beyond Bits Stored included: old overlays lie
   * there (PS3.5 §8.1.2).
   */
  Frame cells(int index) throws IOException {
    return frame(index, description.wholeCells());
  }

  private Frame frame(int index, PixelDescription d) throws IOException {
    checkIndex(index);
    if (codec == null) {
      long firstBit = index * d.frameBits();
      byte[] bytes = nativeBytes(firstBit >>> 3, (firstBit + d.frameBits() + 7) >>> 3);
      return NativePixels.decode(bytes, (int) (firstBit & 7), d);
    }
    byte[] encoded = encodedFrame(index);
    if (d.frameValues() > FREE_VALUES && d.frameValues() / MOST_VALUES_A_BYTE > encoded.length) {
      throw new DicomException(
          DicomError.PIXEL_DATA_CORRUPT,
          Tag.PixelData,
          encoded.length + " bytes cannot be a frame of " + d.frameValues() + " values");
    }
    try {
      if (edgeTiles != null) {
        return edgeTiles.fill(codec.decode(encoded, edgeTiles.describe(encoded)));
      }
      return codec.decode(encoded, d);
    } catch (DicomException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The codecs answer damaged streams with all kinds of exceptions.
      throw new DicomException(
          DicomError.PIXEL_DATA_CORRUPT,
          "Frame "
              + (index + 1)
              + " in transfer syntax "
              + transferSyntax
              + " cannot be decoded"
              + (e instanceof IOException && e.getMessage() != null
                  ? " (" + e.getMessage() + ")"
                  : ""),
          Tag.PixelData,
          -1,
          e);
    }
  }

  /**
   * The bytes of one frame as they are encoded: a compressed image, or native pixels (PS3.18
   * §8.7.3.3, frames as octet-stream or in their compressed media type).
   *
   * @param index from 0
   */
  public byte[] encodedFrame(int index) throws IOException {
    checkIndex(index);
    if (codec == null) {
      long firstBit = index * description.frameBits();
      return nativeBytes(firstBit >>> 3, (firstBit + description.frameBits() + 7) >>> 3);
    }
    Fragments fragments = (Fragments) pixelData;
    int[] range = frameFragments.get(index);
    if (range[1] - range[0] == 1) {
      return fragments.bytesOf(range[0]);
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = range[0]; i < range[1]; i++) {
      fragments.writeTo(i, joined);
    }
    return joined.toByteArray();
  }

  private void checkIndex(int index) throws DicomException {
    if (index < 0 || index >= description.frames()) {
      throw new IndexOutOfBoundsException(
          "Frame " + index + " of " + description.frames() + " (counted from 0)");
    }
    if (codec != null && index >= frameFragments.size()) {
      throw new DicomException(
          DicomError.PIXEL_DATA_CORRUPT,
          Tag.PixelData,
          "There are " + frameFragments.size() + " frames, " + description.frames() + " described");
    }
  }

  private long nativeLength() {
    if (pixelData instanceof BulkData bulk) {
      return bulk.length();
    }
    return pixelData instanceof byte[] bytes ? bytes.length : 0;
  }

  private byte[] nativeBytes(long from, long to) throws IOException {
    if (to > nativeLength()) {
      throw new DicomException(
          DicomError.PIXEL_DATA_CORRUPT,
          Tag.PixelData,
          "Pixel data has " + nativeLength() + " bytes, " + to + " are needed");
    }
    int length = (int) (to - from);
    if (pixelData instanceof BulkData bulk) {
      return new BulkData(bulk.source(), bulk.offset() + from, length).toBytes();
    }
    byte[] all = (byte[]) pixelData;
    return from == 0 && length == all.length
        ? all
        : java.util.Arrays.copyOfRange(all, (int) from, (int) to);
  }
}
