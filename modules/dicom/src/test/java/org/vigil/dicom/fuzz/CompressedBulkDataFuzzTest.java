package org.vigil.dicom.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.web.CompressedBulkData;

/** The heads of compressed images that come as parts: the first byte says as which media type. */
class CompressedBulkDataFuzzTest {
  private static final List<String> TYPES = List.of("image/jpeg", "image/jls", "image/jp2");

  @FuzzTest(maxDuration = "5m")
  void read(byte[] input) {
    fuzzerTestOneInput(input);
  }

  static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] image = Arrays.copyOfRange(input, 1, input.length);
    String type = TYPES.get((input[0] & 0xFF) % TYPES.size());
    try {
      CompressedBulkData.of(type, null, new BulkData(source(image), 0, image.length))
          .orElseThrow()
          .describe(new Attributes());
    } catch (IOException e) {
      // Refused.
    }
  }

  private static ByteSource source(byte[] bytes) {
    return new ByteSource() {
      @Override
      public InputStream open(long offset) {
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
      }

      @Override
      public long length() {
        return bytes.length;
      }
    };
  }
}
