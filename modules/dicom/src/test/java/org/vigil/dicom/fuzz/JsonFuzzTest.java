package org.vigil.dicom.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.vigil.dicom.io.DicomJson;
import org.vigil.dicom.io.DicomJsonReader;

/** The model in JSON, read and written again. */
class JsonFuzzTest {

  @FuzzTest(maxDuration = "5m")
  void read(byte[] input) {
    fuzzerTestOneInput(input);
  }

  static void fuzzerTestOneInput(byte[] input) {
    try {
      DicomJsonReader.readAll(
          new StringReader(new String(input, StandardCharsets.UTF_8)),
          (of, tag, vr, uri) -> {},
          dataset -> DicomJson.toJson(dataset, (path, length) -> null));
    } catch (IOException e) {
      // Refused.
    }
  }
}
