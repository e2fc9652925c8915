package org.vigil.dicom.io;

import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.VR;

/** Values that JSON and XML have as text, set as what they are. */
final class TextValues {

  private TextValues() {}

  /**
   * @throws IllegalArgumentException if a value does not fit the VR
   */
  static void set(Attributes dataset, int tag, VR vr, List<String> values) {
    if (values.isEmpty()) {
      dataset.setNull(tag, vr);
    } else if (vr.isString()) {
      dataset.setString(tag, vr, values.toArray(new String[0]));
    } else if (vr == VR.FL || vr == VR.FD) {
      dataset.setDouble(tag, vr, values.stream().mapToDouble(Double::parseDouble).toArray());
    } else if (vr == VR.AT) {
      dataset.setLong(tag, vr, values.stream().mapToLong(v -> Long.parseLong(v, 16)).toArray());
    } else {
      dataset.setLong(
          tag,
          vr,
          values.stream()
              .mapToLong(v -> vr == VR.UV ? Long.parseUnsignedLong(v) : Long.parseLong(v))
              .toArray());
    }
  }
}
