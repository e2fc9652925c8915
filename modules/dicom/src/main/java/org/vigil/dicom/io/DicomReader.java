package org.vigil.dicom.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

/**
 * Reads DICOM objects: Part 10 files (PS3.10 §7), with or without preamble, and bare data sets, in
 * every uncompressed transfer syntax and with encapsulated pixel data of any other.
 *
 * <pre>{@code
 * DicomObject object = DicomReader.of(file).leaveBulk(64 * 1024).read();
 * String study = object.dataset().getString(Tag.StudyInstanceUID);
 * }</pre>
 *
 * <p>It tolerates what is seen in the field and lists it as warnings; a stream that ends too early
 * is refused with the byte offset and the tag. A reader reads once and belongs to one thread.
 */
public final class DicomReader {

  private static final int LONGEST_META_VALUE = 64 * 1024;

  private final ByteSource source;
  private final InputStream stream;
  private final ReaderLimits.Builder limits = new ReaderLimits.Builder();
  private final List<String> warnings = new ArrayList<>();
  private long datasetOffset;
  private Map<Attributes, Long> itemOffsets;

  private DicomReader(ByteSource source, InputStream stream) {
    this.source = source;
    this.stream = stream;
  }

  /** Reads a file. */
  public static DicomReader of(Path file) {
    return new DicomReader(ByteSource.of(file), null);
  }

  /** Reads a source that can be read again, so that {@link #leaveBulk} is possible. */
  public static DicomReader of(ByteSource source) {
    return new DicomReader(source, null);
  }

  /** Reads a stream, which is left open; it may be read beyond the end of the object. */
  public static DicomReader of(InputStream in) {
    return new DicomReader(null, in);
  }

  /**
   * Leaves binary values of at least this many bytes where they lie, as {@link
   * org.vigil.dicom.data.BulkData}. Has no effect on streams, and on big-endian data sets, whose
   * values cannot be used as they lie.
   */
  public DicomReader leaveBulk(int fromBytes) {
    limits.bulkFrom = fromBytes;
    return this;
  }

  /** Stops before the first top-level element whose tag is this or greater. */
  public DicomReader stopAt(int tag) {
    limits.stopAt = tag;
    return this;
  }

  /** Notes where the items of top-level sequences begin, in bytes from the start of the file. */
  DicomReader itemOffsets(Map<Attributes, Long> offsets) {
    itemOffsets = offsets;
    return this;
  }

  /** Sets how deep sequences may be nested; 32 unless told otherwise. */
  public DicomReader maxNesting(int levels) {
    limits.maxNesting = levels;
    return this;
  }

  /** Sets how long a value held in memory may be, in bytes; 1 GiB unless told otherwise. */
  public DicomReader maxValueLength(long bytes) {
    limits.maxValueLength = bytes;
    return this;
  }

  /**
   * Reads one object.
   *
   * @throws DicomException if the stream is no DICOM object, ends too early or exceeds a limit
   */
  public DicomObject read() throws IOException {
    if (stream != null) {
      return read(new DicomInput(stream, 0, -1));
    }
    try (InputStream in = source.open(0)) {
      return read(new DicomInput(in, 0, source.length()));
    }
  }

  /**
   * Reads a bare data set, as it travels in a P-DATA-TF, to the end of the stream.
   *
   * @param transferSyntaxUid how it is encoded
   */
  public static Attributes readDataset(InputStream in, String transferSyntaxUid)
      throws IOException {
    DicomReader reader = of(in);
    return reader
        .readDataset(new DicomInput(in, 0, -1), new Attributes(0), transferSyntaxUid)
        .dataset();
  }

  /**
   * Reads only as far as needed to send the object on: file meta information, the UIDs of class and
   * instance, and where the data set begins.
   *
   * @throws DicomException if the source is no DICOM object or lacks one of the UIDs
   */
  public static DicomHeader readHeader(ByteSource source) throws IOException {
    DicomReader reader = of(source).stopAt(Tag.SOPInstanceUID + 1);
    DicomObject object = reader.read();
    Attributes dataset = object.dataset();
    Attributes meta = object.fileMetaInformation();
    String sopClass =
        dataset.getString(Tag.SOPClassUID, meta.getString(Tag.MediaStorageSOPClassUID));
    String sopInstance =
        dataset.getString(Tag.SOPInstanceUID, meta.getString(Tag.MediaStorageSOPInstanceUID));
    if (sopClass == null || sopInstance == null) {
      throw new DicomException(
          DicomError.ELEMENT_MISSING,
          sopClass == null ? Tag.SOPClassUID : Tag.SOPInstanceUID,
          "The object cannot be sent without this element");
    }
    return new DicomHeader(
        meta, sopClass, sopInstance, object.transferSyntax(), reader.datasetOffset);
  }

  /** Java closes one part of a sequence of streams before it reads the next. */
  private static final class LeftOpen extends FilterInputStream {
    LeftOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // The caller's, who may have more to read.
    }
  }

  /**
   * Reads preamble and file meta information from a stream and leaves it at the data set, so that
   * an object of any size can be passed on while it arrives. The stream is never closed here.
   *
   * @throws DicomException if it is no Part 10 stream (PS3.10 §7.1) or names no transfer syntax
   */
  public static DicomStream openStream(InputStream in) throws IOException {
    DicomReader reader = of(in).maxValueLength(LONGEST_META_VALUE);
    DicomInput input = new DicomInput(new LeftOpen(in), 0, -1);
    if (input.fill(132) < 132 || !isDicm(input)) {
      throw new DicomException(
          DicomError.MALFORMED, "The prefix DICM at byte 128 was not found: no DICOM file");
    }
    input.skip(132, -1);
    Attributes meta = reader.readMeta(input);
    return new DicomStream(
        DicomWriter.required(meta, Tag.MediaStorageSOPClassUID),
        DicomWriter.required(meta, Tag.MediaStorageSOPInstanceUID),
        DicomWriter.required(meta, Tag.TransferSyntaxUID),
        input.rest());
  }

  private DicomObject read(DicomInput in) throws IOException {
    if (in.fill(132) >= 132 && isDicm(in)) {
      in.skip(132, -1);
    } else if (in.fill(8) < 8) {
      throw new DicomException(
          DicomError.MALFORMED, "The stream has fewer than 8 bytes: no DICOM object");
    } else if (in.peek(1) == 0 && in.peek(0) == 2 && in.peek(3) == 0) {
      warnings.add("The preamble and its prefix DICM are missing");
    } else {
      return readWithoutMeta(in);
    }
    Attributes meta = readMeta(in);
    String transferSyntax = meta.getString(Tag.TransferSyntaxUID);
    if (transferSyntax == null) {
      warnings.add("(0002,0010) Transfer Syntax UID is missing; guessed from the first element");
      transferSyntax = guess(in);
    }
    return readDataset(in, meta, transferSyntax);
  }

  private static boolean isDicm(DicomInput in) {
    return in.peek(128) == 'D' && in.peek(129) == 'I' && in.peek(130) == 'C' && in.peek(131) == 'M';
  }

  private DicomObject readWithoutMeta(DicomInput in) throws IOException {
    if (in.fill(9) >= 9 && looksLikeDataset(in, 1) && !looksLikeDataset(in, 0)) {
      warnings.add("A stray byte before the data set was passed over");
      in.skip(1, -1);
    }
    int first = in.peek(1) << 8 | in.peek(0);
    int swapped = in.peek(0) << 8 | in.peek(1);
    // Data sets begin with group 0008, or at least with a low even group.
    if (Math.min(first, swapped) > 0x0040 || first == 0 && in.peek(2) == 0 && in.peek(4) == 0) {
      throw new DicomException(
          DicomError.MALFORMED,
          "Neither the prefix DICM at byte 128 nor a data set at byte 0 was found: no DICOM object");
    }
    warnings.add("The file meta information is missing; transfer syntax guessed");
    return readDataset(in, new Attributes(0), guess(in));
  }

  /** Group 0008 with an explicit VR: hardly by chance. */
  private static boolean looksLikeDataset(DicomInput in, int at) {
    return in.peek(at) == 8
        && in.peek(at + 1) == 0
        && VR.ofCode(in.peek(at + 4) << 8 | in.peek(at + 5)) != null;
  }

  private static String guess(DicomInput in) throws IOException {
    if (in.fill(6) < 6) {
      return UID.ImplicitVRLittleEndian;
    }
    if (VR.ofCode(in.peek(4) << 8 | in.peek(5)) == null) {
      return UID.ImplicitVRLittleEndian;
    }
    return in.peek(0) == 0 && in.peek(1) != 0
        ? UID.ExplicitVRBigEndian
        : UID.ExplicitVRLittleEndian;
  }

  /** Group 0002 is explicit VR little endian whatever follows (PS3.10 §7.1). */
  private Attributes readMeta(DicomInput in) throws IOException {
    Attributes meta = new Attributes(16);
    if (in.fill(6) >= 6) {
      boolean explicit = VR.ofCode(in.peek(4) << 8 | in.peek(5)) != null;
      if (!explicit) {
        warnings.add("The file meta information is encoded with implicit VR");
      }
      new ElementReader(in, explicit, limits.build(null), warnings).readMetaGroup(meta);
    }
    return meta;
  }

  /** Some writers leave zlib's header (RFC 1950 §2.2) before a deflated data set. */
  private boolean hasZlibHeader(DicomInput in) throws IOException {
    boolean zlib =
        in.fill(2) >= 2 && in.peek(0) == 0x78 && (in.peek(0) << 8 | in.peek(1)) % 31 == 0;
    if (zlib) {
      warnings.add("The deflated data set has a zlib header");
    }
    return zlib;
  }

  private DicomObject readDataset(DicomInput in, Attributes meta, String transferSyntaxUid)
      throws IOException {
    TransferSyntax syntax = TransferSyntax.of(transferSyntaxUid);
    datasetOffset = in.position();
    DicomInput data = in;
    ByteSource values = syntax.bigEndian() ? null : source;
    if (syntax.deflated() && in.fill(6) >= 6 && looksLikeDataset(in, 0)) {
      warnings.add(
          "The transfer syntax is " + syntax.name() + ", but the data set is not deflated");
    } else if (syntax.deflated()) {
      // Offsets from here on count inflated bytes.
      boolean zlib = hasZlibHeader(in);
      data = new DicomInput(DeflatedDataset.inflate(in.rest(), zlib), 0, -1);
      values = source == null ? null : new DeflatedDataset(source, datasetOffset, zlib);
    }
    boolean explicit = syntax.explicitVr();
    String real = transferSyntaxUid;
    if (data.fill(6) >= 6 && !syntax.bigEndian()) {
      boolean looksExplicit = VR.ofCode(data.peek(4) << 8 | data.peek(5)) != null;
      boolean group2 = data.peek(0) == 2 && data.peek(1) == 0;
      if (looksExplicit != explicit && !group2 && !syntax.encapsulated()) {
        warnings.add(
            "The transfer syntax is "
                + syntax.name()
                + ", but the data set is encoded with "
                + (looksExplicit ? "explicit" : "implicit")
                + " VR");
        explicit = looksExplicit;
        real = looksExplicit ? UID.ExplicitVRLittleEndian : UID.ImplicitVRLittleEndian;
        if (syntax.deflated()) {
          real = transferSyntaxUid;
        }
      }
    }
    data.bigEndian(syntax.bigEndian());
    Attributes dataset = new Attributes(96);
    new ElementReader(data, explicit, limits.build(values), warnings)
        .bigEndian(syntax.bigEndian())
        .itemOffsets(itemOffsets)
        .readTopLevel(dataset);
    return new DicomObject(meta, dataset, real, List.copyOf(warnings));
  }
}
