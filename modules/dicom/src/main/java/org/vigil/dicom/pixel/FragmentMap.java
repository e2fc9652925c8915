package org.vigil.dicom.pixel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;

/** Which fragments make which frame (PS3.5 §A.4). */
final class FragmentMap {

  private FragmentMap() {}

  /**
   * For each frame the first fragment and the one after its last; fragment 0 is the offset table.
   *
   * @return fewer ranges than frames where fragments are missing; none where there are no fragments
   */
  static List<int[]> of(Attributes dataset, Fragments fragments, int frames) throws IOException {
    int count = fragments.size() - 1;
    if (count < 1) {
      return List.of();
    }
    if (frames == 1) {
      return List.of(new int[] {1, count + 1});
    }
    if (count <= frames) {
      List<int[]> ranges = new ArrayList<>(count);
      for (int i = 1; i <= count; i++) {
        ranges.add(new int[] {i, i + 1});
      }
      return ranges;
    }
    long[] offsets = offsets(dataset, fragments, frames);
    List<int[]> ranges = offsets == null ? null : byOffsets(fragments, offsets);
    // A wrong table is worse than none: the images themselves tell where they begin.
    return ranges == null ? byStartMarkers(fragments, frames) : ranges;
  }

  private static long[] offsets(Attributes dataset, Fragments fragments, int frames)
      throws IOException {
    byte[] extended = dataset.getBytes(Tag.ExtendedOffsetTable);
    if (extended != null && extended.length >= frames * 8) {
      long[] offsets = new long[frames];
      ByteBuffer.wrap(extended).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(offsets);
      return offsets;
    }
    byte[] basic = fragments.bytesOf(0);
    if (basic.length < frames * 4) {
      return null;
    }
    long[] offsets = new long[frames];
    ByteBuffer table = ByteBuffer.wrap(basic).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < frames; i++) {
      offsets[i] = table.getInt() & 0xFFFFFFFFL;
    }
    return offsets;
  }

  private static List<int[]> byOffsets(Fragments fragments, long[] offsets) {
    Map<Long, Integer> fragmentAt = new HashMap<>();
    long offset = 0;
    for (int i = 1; i < fragments.size(); i++) {
      fragmentAt.put(offset, i);
      offset += 8 + fragments.lengthOf(i) + (fragments.lengthOf(i) & 1);
    }
    List<int[]> ranges = new ArrayList<>(offsets.length);
    for (int i = 0; i < offsets.length; i++) {
      Integer first = fragmentAt.get(offsets[i]);
      Integer next = i + 1 < offsets.length ? fragmentAt.get(offsets[i + 1]) : null;
      if (first == null || i + 1 < offsets.length && (next == null || next <= first)) {
        return null;
      }
      ranges.add(new int[] {first, next == null ? fragments.size() : next});
    }
    return ranges;
  }

  /** Without offset table, a frame begins where a fragment begins like an image. */
  private static List<int[]> byStartMarkers(Fragments fragments, int frames) throws IOException {
    List<int[]> ranges = new ArrayList<>(frames);
    int first = 1;
    for (int i = 2; i <= fragments.size(); i++) {
      if (i == fragments.size() || beginsImage(fragments, i)) {
        ranges.add(new int[] {first, i});
        first = i;
      }
    }
    if (ranges.size() < frames) {
      throw corrupt(
          "Without a right offset table "
              + ranges.size()
              + " frames were found, "
              + frames
              + " are described");
    }
    return ranges.subList(0, frames);
  }

  private static boolean beginsImage(Fragments fragments, int index) throws IOException {
    if (fragments.lengthOf(index) < 2) {
      return false;
    }
    Object fragment = fragments.asList().get(index);
    int length = (int) Math.min(8, fragments.lengthOf(index));
    byte[] head =
        fragment instanceof BulkData bulk
            ? new BulkData(bulk.source(), bulk.offset(), length).toBytes()
            : (byte[]) fragment;
    // SOI of JPEG, SOC of JPEG 2000.
    if (head[0] == (byte) 0xFF && (head[1] == (byte) 0xD8 || head[1] == 0x4F)) {
      return true;
    }
    // RLE: the number of segments, and the first of them right after the header.
    return length == 8
        && head[0] > 0
        && head[0] <= 15
        && (head[1] | head[2] | head[3]) == 0
        && head[4] == 64
        && (head[5] | head[6] | head[7]) == 0;
  }

  private static DicomException corrupt(String text) {
    return new DicomException(DicomError.PIXEL_DATA_CORRUPT, Tag.PixelData, text);
  }
}
