package org.vigil.web.security;

import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** A token that is not accepted; the answer does not say why, the audit trail does. */
class TokenRefused extends VigilException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  TokenRefused(String problem) {
    super(ErrorCode.IDENTITY_0002);
    this.problem = problem;
  }

  TokenRefused(String problem, Throwable cause) {
    super(ErrorCode.IDENTITY_0002, java.util.Map.of(), cause);
    this.problem = problem;
  }

  /** Such as {@code expired} or {@code algorithm}. */
  String problem() {
    return problem;
  }
}
