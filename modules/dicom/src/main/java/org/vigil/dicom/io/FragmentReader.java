package org.vigil.dicom.io;

import java.io.IOException;
import java.util.Arrays;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/** Reads the fragments of encapsulated pixel data (PS3.5 §A.4). */
final class FragmentReader {
  private static final long UNDEFINED = 0xFFFFFFFFL;

  private final DicomInput in;
  private final ReaderLimits limits;
  private final ElementReader elements;

  FragmentReader(DicomInput in, ReaderLimits limits, ElementReader elements) {
    this.in = in;
    this.limits = limits;
    this.elements = elements;
  }

  /**
   * Reads from the first item to the delimiter.
   *
   * @param end where the enclosing item ends, or -1
   */
  Fragments read(int tag, VR vr, long end) throws IOException {
    Fragments fragments = new Fragments(vr);
    while (true) {
      long start = in.position();
      if (in.atEnd() && endsImage(fragments)) {
        elements.warn("The sequence delimiter after the last fragment is missing", tag, start);
        break;
      }
      int itemTag = in.tag(tag);
      long length = in.u32(tag);
      if (itemTag == Tag.SequenceDelimitationItem) {
        break;
      }
      if (itemTag != Tag.Item || length == UNDEFINED) {
        throw ElementReader.malformed(
            "A fragment was expected, " + Tag.toString(itemTag) + " found", tag, start);
      }
      elements.checkLength(length, tag, end);
      if (fragments.size() == 0 && length > 3 && beginsImage()) {
        // An offset table begins with 0, where the first frame is.
        elements.warn("The item of the basic offset table is missing", tag, start);
        fragments.add(new byte[0]);
      }
      if (length >= limits.bulkFrom() && limits.bulkSource() != null) {
        fragments.add(new BulkData(limits.bulkSource(), in.position(), length));
        in.skip(length, tag);
      } else {
        fragments.add(elements.heapBytes(length, tag));
      }
    }
    return fragments;
  }

  /** Whether a JPEG or JPEG 2000 image begins here. */
  private boolean beginsImage() throws IOException {
    return in.fill(3) >= 3
        && in.peek(0) == 0xFF
        && (in.peek(1) == 0xD8 || in.peek(1) == 0x4F)
        && in.peek(2) == 0xFF;
  }

  /**
   * Whether the last fragment closes a JPEG or JPEG 2000 image (EOI and EOC are the same marker),
   * so that an object which ends here lacks nothing but its delimiter.
   */
  private static boolean endsImage(Fragments fragments) throws IOException {
    int last = fragments.size() - 1;
    if (last < 1 || fragments.lengthOf(last) < 3) {
      return false;
    }
    byte[] tail;
    if (fragments.asList().get(last) instanceof BulkData bulk) {
      tail = new BulkData(bulk.source(), bulk.offset() + bulk.length() - 3, 3).toBytes();
    } else {
      byte[] all = fragments.bytesOf(last);
      tail = Arrays.copyOfRange(all, all.length - 3, all.length);
    }
    int marker = tail[2] == 0 ? 0 : 1;
    return tail[marker] == (byte) 0xFF && tail[marker + 1] == (byte) 0xD9;
  }
}
