package org.vigil.imaging.dicomweb;

import java.io.IOException;
import java.util.Map;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.Fragments;
import org.vigil.imaging.api.DicomWeb.Body;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** A value of a data set by its path, e.g. {@code 7FE00010} or {@code 54000100/1/54001010}. */
final class BulkValue {
  private BulkValue() {}

  static Body of(Attributes dataset, String path, String etag) throws IOException {
    String[] steps = path.split("/", -1);
    Attributes here = dataset;
    for (int i = 0; i + 2 < steps.length; i += 2) {
      here = here.getNestedDataset(tag(steps[i]), item(steps[i + 1]));
      if (here == null) {
        throw missing(path);
      }
    }
    if (steps.length % 2 == 0) {
      throw missing(path);
    }
    int tag = tag(steps[steps.length - 1]);
    Object value = here.getValue(tag);
    if (value instanceof BulkData bulk) {
      return body(etag, bulk.length(), bulk::writeTo);
    }
    if (value instanceof Fragments fragments) {
      // One after the other without the offset table: the codestreams of all frames.
      return body(
          etag,
          -1,
          out -> {
            for (int i = 1; i < fragments.size(); i++) {
              fragments.writeTo(i, out);
            }
          });
    }
    byte[] bytes = here.getBytes(tag);
    if (bytes == null) {
      throw missing(path);
    }
    return body(etag, bytes.length, out -> out.write(bytes));
  }

  private static Body body(String etag, long length, org.vigil.imaging.api.DicomWeb.Writer writer) {
    return new Body("application/octet-stream", etag, length, writer);
  }

  private static int tag(String text) {
    if (!text.matches("[0-9A-Fa-f]{8}")) {
      throw missing(text);
    }
    return Integer.parseUnsignedInt(text, 16);
  }

  private static int item(String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw missing(text);
    }
    return Integer.parseInt(text) - 1;
  }

  private static VigilException missing(String path) {
    return new VigilException(
        ErrorCode.KERNEL_0004, Map.of("bulkData", path.replaceAll("[^0-9A-Fa-f/]", "?")));
  }
}
