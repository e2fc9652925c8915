package org.vigil.dicom.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.vigil.dicom.data.UID;

/** JPEG 2000: our checks of the headers, and the library behind them. */
class Jpeg2000FuzzTest {

  @FuzzTest(maxDuration = "5m")
  void decode(byte[] input) {
    fuzzerTestOneInput(input);
  }

  static void fuzzerTestOneInput(byte[] input) {
    FuzzedFrame.decode(input, UID.JPEG2000);
  }
}
