package org.vigil.dicom.pixel;

import java.io.IOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * A lookup table as the Modality, VOI and Palette modules hold it (PS3.3 §C.11.1.1, §C.7.9):
 * descriptor of number of entries, first mapped value and bits an entry.
 */
final class LookupTable {

  private final int firstMapped;
  private final int[] entries;
  private final int bits;

  private LookupTable(int firstMapped, int[] entries, int bits) {
    this.firstMapped = firstMapped;
    this.entries = entries;
    this.bits = bits;
  }

  static LookupTable of(Attributes item, int descriptorTag, int dataTag, boolean signedInput)
      throws IOException {
    return of(
        item.getInts(descriptorTag), descriptorTag, item.getBytes(dataTag), dataTag, signedInput);
  }

  /** A palette's table, which may be made of segments (PS3.3 §C.7.9.2). */
  static LookupTable ofPalette(Attributes dataset, int descriptorTag, int dataTag, int segmentsTag)
      throws IOException {
    boolean signed = isSigned(dataset, descriptorTag);
    if (dataset.containsValue(dataTag) || !dataset.containsValue(segmentsTag)) {
      return of(dataset, descriptorTag, dataTag, signed);
    }
    int[] descriptor = dataset.getInts(descriptorTag);
    int count = descriptor.length == 0 ? 0 : countOf(descriptor);
    boolean wide = descriptor.length > 2 && (descriptor[2] & 0xFFFF) > 8;
    byte[] data = SegmentedPalette.expand(dataset.getBytes(segmentsTag), wide, count, segmentsTag);
    return of(descriptor, descriptorTag, data, segmentsTag, signed);
  }

  private static int countOf(int[] descriptor) {
    return (descriptor[0] & 0xFFFF) == 0 ? 65536 : descriptor[0] & 0xFFFF;
  }

  private static LookupTable of(
      int[] descriptor, int descriptorTag, byte[] data, int dataTag, boolean signedInput)
      throws DicomException {
    if (descriptor.length < 3 || data == null) {
      throw new DicomException(
          DicomError.PIXEL_DESCRIPTION_INVALID,
          descriptorTag,
          "A lookup table lacks its descriptor or its data");
    }
    int count = countOf(descriptor);
    int first = signedInput ? (short) descriptor[1] : descriptor[1] & 0xFFFF;
    int bits = descriptor[2] & 0xFFFF;
    boolean bytes = data.length < count * 2;
    if (bits < 1 || bits > 16 || data.length < (bytes ? count : count * 2)) {
      throw new DicomException(
          DicomError.PIXEL_DESCRIPTION_INVALID,
          dataTag,
          "A lookup table is shorter than its descriptor says");
    }
    int[] entries = new int[count];
    for (int i = 0; i < count; i++) {
      entries[i] = bytes ? data[i] & 0xFF : data[2 * i] & 0xFF | (data[2 * i + 1] & 0xFF) << 8;
    }
    return new LookupTable(first, entries, bytes ? Math.min(bits, 8) : bits);
  }

  /** The entry of a value; values beyond either end take the entry there. */
  int get(double value) {
    int index = (int) Math.round(value) - firstMapped;
    return entries[Math.max(0, Math.min(entries.length - 1, index))];
  }

  /** Largest value an entry can have. */
  int maximum() {
    return (1 << bits) - 1;
  }

  /** Whether a data set's LUT descriptor counts from a signed value (PS3.3 §C.11.2.1.1). */
  static boolean isSigned(Attributes dataset, int descriptorTag) {
    return dataset.getVR(descriptorTag) == VR.SS || dataset.getInt(Tag.PixelRepresentation, 0) == 1;
  }
}
