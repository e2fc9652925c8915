package org.vigil.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/** Reads data elements, items and fragments (PS3.5 §7) from one stream. */
final class ElementReader {

  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int MAX_WARNINGS = 100;
  private static final int BLANK_VR = ' ' << 8 | ' ';

  private final DicomInput in;
  private final boolean explicit;
  private final ReaderLimits limits;
  private final List<String> warnings;
  private boolean bigEndian;
  private Map<Attributes, Long> itemOffsets;

  ElementReader(DicomInput in, boolean explicit, ReaderLimits limits, List<String> warnings) {
    this.in = in;
    this.explicit = explicit;
    this.limits = limits;
    this.warnings = warnings;
  }

  /** Notes where the items of top-level sequences begin. */
  ElementReader itemOffsets(Map<Attributes, Long> offsets) {
    itemOffsets = offsets;
    return this;
  }

  ElementReader bigEndian(boolean on) {
    bigEndian = on;
    return this;
  }

  void readMetaGroup(Attributes meta) throws IOException {
    while (in.fill(4) >= 4 && in.peek(0) == 2 && in.peek(1) == 0) {
      readElement(meta, in.tag(-1), -1, 0, explicit);
    }
  }

  void readTopLevel(Attributes dataset) throws IOException {
    int last = 0;
    while (!in.atEnd()) {
      long start = in.position();
      if (limits.stopAt() != -1 && in.fill(4) >= 4) {
        if (Integer.compareUnsigned(peekTag(), limits.stopAt()) >= 0) {
          return;
        }
      }
      if (Integer.compareUnsigned(last, Tag.PixelData) >= 0 && isRemainder(last)) {
        warn("The data set is followed by bytes that are no elements", last, start);
        return;
      }
      int tag = in.tag(last);
      if (tag == 0 && last != 0) {
        warn("The data set is followed by bytes that are no elements", tag, start);
        return;
      }
      if (tag == Tag.ItemDelimitationItem || tag == Tag.SequenceDelimitationItem) {
        in.u32(tag);
        warn("A delimiter outside of a sequence was passed over", tag, start);
        continue;
      }
      if (Integer.compareUnsigned(tag, last) <= 0 && last != 0) {
        warn("Elements are not in ascending order", tag, start);
      }
      if (dataset.containsValue(tag)) {
        warn("An element comes twice; its first value is kept", tag, start);
        Attributes second = new Attributes(4);
        readElement(second, tag, -1, 0, explicit);
      } else {
        readElement(dataset, tag, -1, 0, explicit);
      }
      last = tag;
    }
  }

  /** Whether what follows the pixels can be no element: padding, or what a transfer appended. */
  private boolean isRemainder(int last) throws IOException {
    if (in.fill(8) < 8 || peekTag() == -1) {
      return true;
    }
    if (Integer.compareUnsigned(peekTag(), last) > 0) {
      return false;
    }
    if (explicit) {
      return VR.ofCode(in.peek(4) << 8 | in.peek(5)) == null;
    }
    long length = lengthOf(in.peek(4) << 8 | in.peek(5), in.peek(6) << 8 | in.peek(7));
    return in.total() >= 0 && length != UNDEFINED && in.position() + 8 + length > in.total();
  }

  private int peekTag() {
    int group = bigEndian ? in.peek(0) << 8 | in.peek(1) : in.peek(1) << 8 | in.peek(0);
    int element = bigEndian ? in.peek(2) << 8 | in.peek(3) : in.peek(3) << 8 | in.peek(2);
    return group << 16 | element;
  }

  /**
   * Reads what follows a tag.
   *
   * @param end where the enclosing item ends, or -1
   */
  private void readElement(Attributes target, int tag, long end, int depth, boolean explicitVr)
      throws IOException {
    long start = in.position() - 4;
    VR vr;
    long length;
    boolean itemsExplicit = explicitVr;
    if (explicitVr) {
      int code = in.code(tag);
      vr = VR.ofCode(code);
      if (vr != null) {
        if (vr.hasLongLength()) {
          in.u16(tag);
          length = in.u32(tag);
        } else {
          length = in.u16(tag);
        }
      } else if (isLetters(code)) {
        // PS3.5 §6.2: a VR of a later edition has the long header.
        warn("Unknown value representation", tag, start);
        vr = VR.UN;
        in.u16(tag);
        length = in.u32(tag);
      } else if (code == BLANK_VR) {
        // Seen in the field: two spaces instead of the VR, then the short header's length, or
        // nothing but the next element.
        warn("The value representation is blank", tag, start);
        length = elementFollows(tag) ? 0 : in.u16(tag);
        vr = dictionaryVr(target, tag);
      } else {
        warn("An element of an explicit VR data set has no value representation", tag, start);
        int rest = in.code(tag);
        length = lengthOf(code, rest);
        vr = dictionaryVr(target, tag);
      }
      if (tag == Tag.PixelData && length == UNDEFINED && vr != VR.OB && vr != VR.OW) {
        // PS3.5 §A.4: nothing but fragments can follow.
        warn("Encapsulated pixel data must have VR OB", tag, start);
        vr = VR.OB;
      }
      if (vr == VR.UN && length == UNDEFINED) {
        // PS3.5 §6.2.2 note 2: such a sequence is encoded with implicit VR.
        vr = VR.SQ;
        itemsExplicit = itemsLookExplicit(tag);
      }
    } else {
      length = in.u32(tag);
      vr = dictionaryVr(target, tag);
      if (length == UNDEFINED && vr == VR.UN) {
        vr = VR.SQ;
      }
    }
    if (vr == VR.SQ) {
      readSequence(target, tag, length, end, depth, itemsExplicit);
    } else if (length == UNDEFINED) {
      if (vr != VR.OB && vr != VR.OW) {
        throw malformed(vr + " cannot have an undefined length", tag, start);
      }
      target.setFragments(tag, new FragmentReader(in, limits, this).read(tag, vr, end));
    } else {
      readValue(target, tag, vr, length, end, depth);
    }
  }

  /**
   * Whether a sequence called UN has explicit VRs in its items all the same, as some writers leave
   * them: the first element's length would be longer than 64 KiB otherwise.
   */
  private boolean itemsLookExplicit(int tag) throws IOException {
    boolean explicitVr =
        in.fill(16) >= 16
            && peekTag() == Tag.Item
            && VR.ofCode(in.peek(12) << 8 | in.peek(13)) != null
            && (in.peek(14) | in.peek(15)) != 0;
    if (explicitVr) {
      warn("A sequence with VR UN is encoded with explicit VR", tag, in.position());
    }
    return explicitVr;
  }

  private boolean elementFollows(int tag) throws IOException {
    return in.fill(6) >= 6
        && Integer.compareUnsigned(peekTag(), tag) > 0
        && peekTag() >>> 16 == tag >>> 16
        && VR.ofCode(in.peek(4) << 8 | in.peek(5)) != null;
  }

  private static boolean isLetters(int code) {
    int a = code >>> 8;
    int b = code & 0xFF;
    return a >= 'A' && a <= 'Z' && b >= 'A' && b <= 'Z';
  }

  private long lengthOf(int firstCode, int secondCode) {
    int b0 = firstCode >>> 8;
    int b1 = firstCode & 0xFF;
    int b2 = secondCode >>> 8;
    int b3 = secondCode & 0xFF;
    return (bigEndian
            ? (long) b0 << 24 | b1 << 16 | b2 << 8 | b3
            : (long) b3 << 24 | b2 << 16 | b1 << 8 | b0)
        & 0xFFFFFFFFL;
  }

  private static VR dictionaryVr(Attributes target, int tag) {
    boolean signed = false;
    for (Attributes a = target; a != null; a = a.parent()) {
      if (a.contains(Tag.PixelRepresentation)) {
        signed = a.getInt(Tag.PixelRepresentation, 0) == 1;
        break;
      }
    }
    return ElementDictionary.vrOf(tag, signed);
  }

  private void readValue(Attributes target, int tag, VR vr, long length, long end, int depth)
      throws IOException {
    checkLength(length, tag, end);
    if ((length & 1) != 0) {
      warn("The value's length is odd", tag, in.position());
    }
    if (length >= limits.bulkFrom() && limits.bulkSource() != null && vr.isBinary()) {
      target.setBulkData(tag, vr, new BulkData(limits.bulkSource(), in.position(), length));
      in.skip(length, tag);
      return;
    }
    byte[] bytes = heapBytes(length, tag);
    if (vr == VR.UN && ElementDictionary.isKnown(tag)) {
      VR known = dictionaryVr(target, tag);
      if (known == VR.SQ) {
        readUnknownAsSequence(target, tag, bytes, depth);
        return;
      }
      // PS3.5 §6.2.2: a UN value is in little-endian order whatever the transfer syntax.
      target.setBytes(tag, known, bytes);
      return;
    }
    if (bigEndian) {
      vr.swap(bytes);
    }
    target.setBytes(tag, vr, bytes);
  }

  private void readUnknownAsSequence(Attributes target, int tag, byte[] bytes, int depth)
      throws IOException {
    long start = in.position() - bytes.length;
    DicomInput nested = new DicomInput(new ByteArrayInputStream(bytes), 0, bytes.length);
    ReaderLimits onHeap =
        new ReaderLimits(null, 0, -1, limits.maxNesting(), limits.maxValueLength());
    try {
      ElementReader reader = new ElementReader(nested, false, onHeap, warnings);
      reader.readSequence(target, tag, bytes.length, -1, depth, reader.itemsLookExplicit(tag));
    } catch (DicomException e) {
      if (e.error() == DicomError.NESTED_TOO_DEEP) {
        throw e;
      }
      warn("A sequence with VR UN could not be read and is kept as bytes", tag, start);
      target.setBytes(tag, VR.UN, bytes);
    }
  }

  byte[] heapBytes(long length, int tag) throws IOException {
    if (length > limits.maxValueLength()) {
      throw new DicomException(
          DicomError.VALUE_TOO_LONG,
          "A value of "
              + length
              + " bytes exceeds the limit of "
              + limits.maxValueLength()
              + " for values held in memory",
          tag,
          in.position(),
          null);
    }
    return in.bytes((int) length, tag);
  }

  void checkLength(long length, int tag, long end) throws DicomException {
    long position = in.position();
    if (end >= 0 && position + length > end) {
      throw new DicomException(
          DicomError.LENGTH_BEYOND_END,
          "A value of "
              + length
              + " bytes reaches beyond its item, which has "
              + (end - position)
              + " left",
          tag,
          position,
          null);
    }
    if (in.total() >= 0 && position + length > in.total()) {
      throw new DicomException(
          DicomError.TRUNCATED,
          "A value of "
              + length
              + " bytes reaches beyond the end of the object, which has "
              + Math.max(0, in.total() - position)
              + " left",
          tag,
          position,
          null);
    }
  }

  private void readSequence(
      Attributes target, int tag, long length, long end, int depth, boolean explicitVr)
      throws IOException {
    if (depth >= limits.maxNesting()) {
      throw new DicomException(
          DicomError.NESTED_TOO_DEEP,
          "Sequences are nested more than " + limits.maxNesting() + " levels deep",
          tag,
          in.position(),
          null);
    }
    long sequenceEnd = -1;
    if (length != UNDEFINED) {
      checkLength(length, tag, end);
      sequenceEnd = in.position() + length;
    }
    Sequence sequence = target.newSequence(tag, 4);
    while (sequenceEnd < 0 || in.position() < sequenceEnd) {
      long start = in.position();
      int itemTag = in.tag(tag);
      long itemLength = in.u32(tag);
      if (itemTag == Tag.SequenceDelimitationItem) {
        if (sequenceEnd >= 0) {
          warn("A sequence of defined length has a delimiter", tag, start);
        }
        return;
      }
      if (itemTag != Tag.Item) {
        throw malformed("An item was expected, " + Tag.toString(itemTag) + " found", tag, start);
      }
      Attributes item = new Attributes(16);
      sequence.add(item);
      if (itemOffsets != null && depth == 0) {
        itemOffsets.put(item, start);
      }
      if (itemLength == UNDEFINED) {
        readItem(item, tag, -1, depth + 1, explicitVr);
      } else {
        if (sequenceEnd >= 0 && in.position() + itemLength > sequenceEnd) {
          // Its elements may all be there nevertheless; if not, they will say so.
          warn("An item's length reaches beyond its sequence", tag, start);
          itemLength = sequenceEnd - in.position();
        }
        checkLength(itemLength, tag, sequenceEnd);
        readItem(item, tag, in.position() + itemLength, depth + 1, explicitVr);
      }
    }
  }

  private void readItem(Attributes item, int sequenceTag, long end, int depth, boolean explicitVr)
      throws IOException {
    int last = sequenceTag;
    while (end < 0 || in.position() < end) {
      long start = in.position();
      int tag = in.tag(last);
      if (tag == Tag.ItemDelimitationItem) {
        in.u32(tag);
        if (end >= 0) {
          warn("An item of defined length has a delimiter", sequenceTag, start);
          continue;
        }
        return;
      }
      if (tag == Tag.Item || tag == Tag.SequenceDelimitationItem) {
        throw malformed("An item is not closed", sequenceTag, start);
      }
      readElement(item, tag, end, depth, explicitVr);
      last = tag;
    }
  }

  static DicomException malformed(String text, int tag, long offset) {
    return new DicomException(DicomError.MALFORMED, text, tag, offset, null);
  }

  void warn(String text, int tag, long offset) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(text + ", element " + Tag.toString(tag) + ", at byte " + offset);
    }
  }
}
