package org.vigil.dicom.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vigil.dicom.io.DicomDirectory;

/** The links of directory records. */
class DirectoryFuzzTest {

  @FuzzTest(maxDuration = "5m")
  void read(byte[] input) {
    fuzzerTestOneInput(input);
  }

  private static final Path FILE = file();

  private static Path file() {
    try {
      Path file = Files.createTempFile("vigil-fuzz", ".dcm");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void fuzzerTestOneInput(byte[] input) {
    try {
      Files.write(FILE, input);
      DicomDirectory directory = DicomDirectory.read(FILE);
      for (DicomDirectory.Entry entry : directory.roots()) {
        directory.fileOf(entry);
      }
    } catch (IOException e) {
      // Refused.
    }
  }
}
