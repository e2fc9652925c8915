package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.vigil.audit.api.AuditTrail;
import org.vigil.audit.persistence.AuditEventRepository;
import org.vigil.kernel.AuditEvent;

/** Writes every audit event in the transaction in which it was fired, and reads them back. */
@ApplicationScoped
public class AuditRecorder implements AuditTrail {
  @Inject private AuditEventRepository repository;

  /** Joins the transaction of what it records; where there is none, the event is its own. */
  @Transactional
  public void record(@Observes AuditEvent event) {
    repository.append(event);
  }

  @Override
  @Transactional
  public List<Entry> query(Instant from, Instant to, int page, int limit) {
    int size = Math.max(1, Math.min(limit, 500));
    return repository.query(from, to, (Math.max(1, page) - 1) * size, size);
  }

  @Override
  @Transactional
  public long count() {
    return repository.count();
  }
}
