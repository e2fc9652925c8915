package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.vigil.kernel.AuditEvent;

/** Puts a refusal on record apart from the refused transaction, which rolls back. */
@ApplicationScoped
public class Refusals {
  private Event<AuditEvent> audit;

  protected Refusals() {}

  @Inject
  public Refusals(Event<AuditEvent> audit) {
    this.audit = audit;
  }

  @Transactional(TxType.REQUIRES_NEW)
  public void record(AuditEvent refusal) {
    audit.fire(refusal);
  }
}
