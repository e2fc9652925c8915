package org.vigil.web.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vigil.kernel.AuditEvent;

/** One transaction around a read and its event. */
@ApplicationScoped
public class ReadTransaction {
  @Inject private Event<AuditEvent> audit;

  /**
   * Reads and records.
   *
   * @return what was read, and when the commit began
   */
  @Transactional
  public <T> Read<T> run(Supplier<T> read, Function<T, AuditEvent> describe) {
    T result = read.get();
    audit.fire(describe.apply(result));
    return new Read<>(result, System.nanoTime());
  }

  /**
   * What was read.
   *
   * @param endedAt {@link System#nanoTime()} before the commit
   */
  public record Read<T>(T result, long endedAt) {}
}
