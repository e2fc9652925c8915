package org.vigil.integration.domain;

import java.util.Map;
import org.vigil.kernel.VigilException;

/** A message that is answered AE or AR; nothing of it is applied. */
public final class MessageRefusedException extends VigilException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public MessageRefusedException(Refusal refusal) {
    super(refusal.code(), Map.of("location", refusal.location()));
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
