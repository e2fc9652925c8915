package org.vigil.dicom.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.vigil.dicom.data.UID;

/** JPEG with a DCT, our own decoder. */
class JpegDctFuzzTest {

  @FuzzTest(maxDuration = "5m")
  void decode(byte[] input) {
    fuzzerTestOneInput(input);
  }

  static void fuzzerTestOneInput(byte[] input) {
    FuzzedFrame.decode(input, UID.JPEGFullProgressionNonHierarchical1012);
  }
}
