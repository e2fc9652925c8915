package org.vigil.web.rest;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.vigil.analysis.api.Worklist;
import org.vigil.analysis.api.Worklist.Change;
import org.vigil.identity.api.Sessions;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantClosed;

/**
 * Open pages that listen to a worklist. Changes are sent from a thread of their own, never from the
 * one that commits; several that come while one is being sent become one, since the page fetches
 * the whole list anyway.
 */
@ApplicationScoped
public class WorklistStream {
  private static final long HEARTBEAT_SECONDS = 15;
  private static final long GATHER_MILLIS = 100;

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  @Inject private Worklist worklist;
  @Inject private Sessions sessions;

  @Resource private ManagedScheduledExecutorService scheduler;

  private ScheduledFuture<?> heartbeat;

  @PostConstruct
  void start() {
    heartbeat =
        scheduler.scheduleAtFixedRate(
            () -> listeners.forEach(Listener::beat),
            HEARTBEAT_SECONDS,
            HEARTBEAT_SECONDS,
            TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    heartbeat.cancel(false);
    listeners.forEach(Listener::close);
  }

  /**
   * Sends this tenant's changes to the sink until the page goes away.
   *
   * @param session that must last for the stream to go on; null for none
   * @param limited whether the page may not know of every study: it hears that, not what changed
   */
  void open(TenantId tenant, UUID session, boolean limited, SseEventSink sink, Sse sse) {
    Listener listener = new Listener(tenant, session, limited, sink, sse);
    listener.subscription = worklist.subscribe(tenant, listener::changed);
    listeners.add(listener);
    listener.beat();
  }

  /** Whoever has logged out, or was, hears no more. */
  void onSessionEnded(@Observes Sessions.SessionEnded ended) {
    listeners.stream()
        .filter(listener -> ended.id().equals(listener.session))
        .toList()
        .forEach(Listener::close);
  }

  /** A closed hospital's pages hear nothing more; coming back, they are told why. */
  void onClosed(@Observes TenantClosed event) {
    listeners.stream().filter(l -> l.tenant.equals(event.tenant())).forEach(Listener::close);
  }

  /** One open page. */
  private final class Listener {
    private final TenantId tenant;
    private final UUID session;
    private final boolean limited;
    private final SseEventSink sink;
    private final Sse sse;
    private final AtomicReference<Change> waiting = new AtomicReference<>();
    private Worklist.Subscription subscription;

    Listener(TenantId tenant, UUID session, boolean limited, SseEventSink sink, Sse sse) {
      this.tenant = tenant;
      this.session = session;
      this.limited = limited;
      this.sink = sink;
      this.sse = sse;
    }

    void changed(Change change) {
      if (waiting.getAndSet(change) == null) {
        scheduler.schedule(this::flush, GATHER_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    private void flush() {
      Change change = waiting.getAndSet(null);
      if (change != null) {
        send(
            sse.newEventBuilder()
                .name("worklist")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(
                    Map.of(
                        "studyInstanceUid",
                        limited || change.study() == null ? "" : change.study().value(),
                        "severity",
                        limited || change.severity() == null ? "" : change.severity().term(),
                        "reason",
                        Terms.of(change.reason())))
                .build());
      }
    }

    void beat() {
      if (session != null && !sessions.isOpen(session)) {
        close();
        return;
      }
      send(sse.newEventBuilder().comment("beat").build());
    }

    private void send(OutboundSseEvent event) {
      if (sink.isClosed()) {
        close();
        return;
      }
      try {
        sink.send(event)
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    close();
                  }
                });
      } catch (IllegalStateException e) {
        // Closed between the question and the sending.
        close();
      }
    }

    void close() {
      if (listeners.remove(this)) {
        subscription.close();
        sink.close();
      }
    }
  }
}
