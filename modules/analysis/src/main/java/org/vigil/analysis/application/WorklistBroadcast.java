package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.analysis.api.Worklist;
import org.vigil.kernel.TenantId;

/** Tells open lists of committed changes, each tenant's only of its own. */
@ApplicationScoped
public class WorklistBroadcast {
  private static final Logger LOG = LoggerFactory.getLogger(WorklistBroadcast.class);

  private final Map<TenantId, List<Listener>> listeners = new ConcurrentHashMap<>();

  /** Compared by identity, so that one consumer may subscribe twice and leave once. */
  private static final class Listener {
    private final Consumer<Worklist.Change> consumer;

    Listener(Consumer<Worklist.Change> consumer) {
      this.consumer = consumer;
    }
  }

  /** Hears of a tenant's changes until the subscription is closed. */
  public Worklist.Subscription subscribe(TenantId tenant, Consumer<Worklist.Change> consumer) {
    Listener listener = new Listener(consumer);
    listeners.compute(
        tenant,
        (t, present) -> {
          List<Listener> list = present == null ? new CopyOnWriteArrayList<>() : present;
          list.add(listener);
          return list;
        });
    return () ->
        listeners.computeIfPresent(
            tenant,
            (t, present) -> {
              present.remove(listener);
              return present.isEmpty() ? null : present;
            });
  }

  void onCommitted(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorklistChanged changed) {
    for (Listener listener : listeners.getOrDefault(changed.tenant(), List.of())) {
      try {
        listener.consumer.accept(changed.change());
      } catch (RuntimeException e) {
        // One broken browser connection must not keep the change from the others, nor from the
        // transaction manager, which calls this.
        LOG.warn(
            "A listener to the worklist of {} failed on study {}",
            changed.tenant(),
            changed.change().study(),
            e);
      }
    }
  }

  /** How many listen, over all tenants. */
  int listening() {
    return listeners.values().stream().mapToInt(List::size).sum();
  }
}
