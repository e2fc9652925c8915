package org.vigil.dicom.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.vigil.dicom.io.DicomXml;
import org.vigil.dicom.io.DicomXmlReader;

/** The model in XML, read and written again. */
class XmlFuzzTest {

  @FuzzTest(maxDuration = "5m")
  void read(byte[] input) {
    fuzzerTestOneInput(input);
  }

  static void fuzzerTestOneInput(byte[] input) {
    try {
      DicomXml.toXml(
          DicomXmlReader.read(
              new StringReader(new String(input, StandardCharsets.UTF_8)),
              (of, tag, vr, uri) -> {}),
          (path, length) -> null);
    } catch (IOException e) {
      // Refused.
    }
  }
}
