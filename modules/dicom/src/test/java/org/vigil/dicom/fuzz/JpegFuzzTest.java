package org.vigil.dicom.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.vigil.dicom.data.UID;

/** JPEG, lossless and baseline, through the library. */
class JpegFuzzTest {

  @FuzzTest(maxDuration = "5m")
  void decode(byte[] input) {
    fuzzerTestOneInput(input);
  }

  static void fuzzerTestOneInput(byte[] input) {
    FuzzedFrame.decode(input, UID.JPEGLosslessSV1);
  }
}
