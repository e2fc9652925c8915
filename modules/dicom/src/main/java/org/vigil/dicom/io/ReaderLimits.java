package org.vigil.dicom.io;

import org.vigil.dicom.data.ByteSource;

/**
 * What a reader may take into memory and where it stops.
 *
 * @param bulkSource where long values may stay, or null
 * @param bulkFrom length in bytes from which a binary value stays there
 * @param stopAt first top-level tag (unsigned) that is not read any more
 * @param maxNesting levels of sequences
 * @param maxValueLength bytes of one value in memory
 */
record ReaderLimits(
    ByteSource bulkSource, long bulkFrom, int stopAt, int maxNesting, long maxValueLength) {

  static final class Builder {
    long bulkFrom = Long.MAX_VALUE;
    int stopAt = -1;
    int maxNesting = 32;
    long maxValueLength = 1L << 30;

    ReaderLimits build(ByteSource bulkSource) {
      return new ReaderLimits(bulkSource, bulkFrom, stopAt, maxNesting, maxValueLength);
    }
  }
}
