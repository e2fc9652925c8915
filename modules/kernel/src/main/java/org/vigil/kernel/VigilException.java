package org.vigil.kernel;

import java.util.Map;
import java.util.TreeMap;

/**
 * A refusal or failure with a code of {@link ErrorCode}. Neither its message nor its details hold
 * patient data: both go to logs and to peers.
 */
public class VigilException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Map<String, Object> details;

  public VigilException(ErrorCode code) {
    this(code, Map.of(), null);
  }

  public VigilException(ErrorCode code, Map<String, ?> details) {
    this(code, details, null);
  }

  public VigilException(ErrorCode code, Map<String, ?> details, Throwable cause) {
    super(
        code.id()
            + ": "
            + code.text()
            + (details.isEmpty() ? "" : " " + new TreeMap<String, Object>(details)),
        cause);
    this.code = code;
    this.details = Map.copyOf(details);
  }

  public ErrorCode code() {
    return code;
  }

  /** What was wrong, by name: a field, a limit, a UID; never a name, patient id or free text. */
  public Map<String, Object> details() {
    return details == null ? Map.of() : details;
  }
}
