package org.vigil.audit.application;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.vigil.audit.api.AuditCost;
import org.vigil.audit.api.AuditTrail;
import org.vigil.audit.persistence.AuditEventRepository;
import org.vigil.audit.persistence.AuditEventRepository.Cursor;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;

/** Writes every audit event in the transaction in which it was fired, and reads them back. */
@ApplicationScoped
public class AuditRecorder implements AuditTrail, AuditCost {
  @Inject private AuditEventRepository repository;
  @Inject private Sealing sealing;
  @Inject private Event<AuditEvent> events;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry transaction;

  private final LongAdder recorded = new LongAdder();
  private final LongAdder recordingNanos = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final LongAdder commitNanos = new LongAdder();

  /** Joins the transaction of what it records; where there is none, the event is its own. */
  @Transactional
  public void record(@Observes AuditEvent event) {
    long begun = System.nanoTime();
    repository.append(event);
    wakeSealerAfterCommit(AuditEventRepository.schema());
    recorded.increment();
    recordingNanos.add(System.nanoTime() - begun);
  }

  private void wakeSealerAfterCommit(String schema) {
    if (transaction.getResource(this) == null) {
      transaction.putResource(this, schema);
      transaction.registerInterposedSynchronization(
          new Synchronization() {
            @Override
            public void beforeCompletion() {
              // Nothing to do: what counts is that it was committed.
            }

            @Override
            public void afterCompletion(int status) {
              if (status == Status.STATUS_COMMITTED) {
                sealing.wake(schema);
              }
            }
          });
    }
  }

  @Override
  @Transactional
  public Page search(Search search, Actor searcher) {
    int size = Math.max(1, Math.min(search.limit(), LONGEST_PAGE));
    List<Entry> found = repository.search(search, size + 1);
    events.fire(
        AuditEvent.of(AuditEvent.Action.AUDIT_QUERIED, searcher)
            .about(null, search.patientId())
            .with(criteria(search, Math.min(size, found.size()))));
    if (found.size() <= size) {
      return new Page(found, null);
    }
    List<Entry> page = List.copyOf(found.subList(0, size));
    return new Page(page, Cursor.of(page.get(size - 1)).toString());
  }

  @Override
  @Transactional
  public long count() {
    return repository.count();
  }

  /** What was asked for, so that one can tell later who looked for whom. */
  private static Map<String, String> criteria(Search search, int found) {
    Map<String, String> criteria = new TreeMap<>();
    put(criteria, "from", search.from());
    put(criteria, "to", search.to());
    put(criteria, "user", search.actorName());
    put(criteria, "study", search.studyInstanceUid());
    put(criteria, "action", search.action());
    put(criteria, "outcome", search.outcome());
    put(criteria, "after", search.after());
    put(criteria, "found", found);
    return criteria;
  }

  private static void put(Map<String, String> criteria, String name, Object value) {
    if (value != null) {
      criteria.put(name, value.toString());
    }
  }

  @Override
  public Spent spent() {
    return new Spent(recorded.sum(), recordingNanos.sum(), reads.sum(), commitNanos.sum());
  }

  @Override
  public void readCommitted(long nanos) {
    reads.increment();
    commitNanos.add(nanos);
  }
}
