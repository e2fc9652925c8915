package org.vigil.tenancy.application;

import java.util.Map;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** The reason somebody must give. */
final class Reasons {
  private static final int LONGEST = 500;

  private Reasons() {}

  /**
   * The reason without blanks around it.
   *
   * @throws VigilException TENANCY-0011 when there is none, or it is too long
   */
  static String required(String reason) {
    if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
      throw new VigilException(ErrorCode.TENANCY_0011, Map.of("longest", LONGEST));
    }
    return reason.strip();
  }
}
