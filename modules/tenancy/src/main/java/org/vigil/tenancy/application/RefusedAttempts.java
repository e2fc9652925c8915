package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.vigil.kernel.AuditEvent;

/** Puts refusals on record apart from the refused transaction, which rolls back. */
@ApplicationScoped
public class RefusedAttempts {
  @Inject private Event<AuditEvent> audit;

  @Transactional(TxType.REQUIRES_NEW)
  public void record(AuditEvent refusal) {
    audit.fire(refusal);
  }
}
