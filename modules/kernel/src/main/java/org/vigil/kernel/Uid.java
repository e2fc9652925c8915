package org.vigil.kernel;

import java.util.Map;

/**
 * The rule for DICOM unique identifiers (PS3.5 §9.1), tolerant of leading zeros seen in the field.
 */
final class Uid {
  private Uid() {}

  static void check(String value) {
    if (value == null || value.isEmpty() || value.length() > 64) {
      throw new VigilException(
          ErrorCode.KERNEL_0002, Map.of("length", value == null ? 0 : value.length()));
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        throw new VigilException(ErrorCode.KERNEL_0002, Map.of("position", i));
      }
    }
  }
}
