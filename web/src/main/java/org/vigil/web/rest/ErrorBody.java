package org.vigil.web.rest;

import java.time.Instant;
import java.util.Map;
import org.vigil.kernel.VigilException;

/** Every error's body. */
public record ErrorBody(
    String error, String code, Map<String, Object> details, Instant timestamp, String analysisId) {

  public static ErrorBody of(VigilException e) {
    Object analysis = e.details().get("analysisId");
    return new ErrorBody(
        e.code().text(),
        e.code().id(),
        e.details(),
        Instant.now(),
        analysis == null ? null : analysis.toString());
  }
}
