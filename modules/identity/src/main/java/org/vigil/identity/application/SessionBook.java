package org.vigil.identity.application;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.api.Sessions;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/**
 * Sessions in memory, since every request asks: the database is read once a session and written
 * when one begins or ends, and every half minute with when they were last seen, so that a restart
 * costs nobody the session and gives nobody more than half a minute.
 */
@ApplicationScoped
public class SessionBook implements Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(SessionBook.class);
  private static final long FLUSH_SECONDS = 30;

  @Inject
  @ConfigProperty(name = "vigil.session.idle", defaultValue = "PT15M")
  private Duration idle;

  @Inject
  @ConfigProperty(name = "vigil.session.longest", defaultValue = "PT4H")
  private Duration longest;

  @Inject private SessionStore store;
  @Inject private Event<AuditEvent> audit;
  @Inject private Event<SessionEnded> ended;

  @Resource private ManagedScheduledExecutorService scheduler;

  private final Map<UUID, Known> known = new ConcurrentHashMap<>();
  private ScheduledFuture<?> flushing;

  @PostConstruct
  void start() {
    flushing =
        scheduler.scheduleWithFixedDelay(
            this::flush, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    flushing.cancel(false);
  }

  @Override
  public Duration longest() {
    return longest;
  }

  @Override
  public SessionView open(
      TenantId tenant, String userName, Method method, String address, Duration atMost) {
    Instant now = Instant.now();
    SessionView session =
        new SessionView(
            UUID.randomUUID(), tenant, userName, method, address, now, now, now.plus(atMost));
    TenantContext.<Void>asPlatform(
        () -> {
          store.add(session);
          return null;
        });
    known.put(session.id(), new Known(session, null));
    return session;
  }

  @Override
  public void use(UUID id, boolean byPerson) {
    Instant now = Instant.now();
    Known session = find(id).orElseThrow(() -> over("unknown"));
    if (session.endReason != null) {
      throw over(session.endReason.name());
    }
    if (now.isAfter(session.view.endsAt())) {
      end(id, EndReason.EXPIRED);
      throw over(EndReason.EXPIRED.name());
    }
    if (isIdle(session, now)) {
      end(id, EndReason.IDLE);
      throw over(EndReason.IDLE.name());
    }
    if (byPerson) {
      session.lastSeen = now;
    }
  }

  @Override
  public boolean adopt(SessionView offered, boolean byPerson) {
    boolean begins =
        find(offered.id()).isEmpty() && TenantContext.asPlatform(() -> store.addIfNew(offered));
    use(offered.id(), byPerson);
    return begins;
  }

  @Override
  public boolean isOpen(UUID id) {
    Instant now = Instant.now();
    return find(id)
        .map(s -> s.endReason == null && now.isBefore(s.view.endsAt()) && !isIdle(s, now))
        .orElse(false);
  }

  @Override
  public void end(UUID id, EndReason reason) {
    Instant now = Instant.now();
    Optional<Known> session = find(id);
    boolean lasted = TenantContext.asPlatform(() -> store.end(id, reason, now));
    session.ifPresent(s -> s.endReason = reason);
    if (lasted && session.isPresent()) {
      SessionView view = session.get().view;
      ended.fire(new SessionEnded(id, view.tenant(), view.userName(), reason));
    }
  }

  @Override
  public int endAll(TenantId tenant, String userName, UUID but, EndReason reason, Actor actor) {
    List<SessionView> all =
        open(tenant).stream()
            .filter(s -> s.userName().equals(userName) && !s.id().equals(but))
            .toList();
    if (!all.isEmpty()) {
      audit.fire(
          AuditEvent.of(AuditEvent.Action.SESSION_ENDED, actor)
              .on(userName)
              .with(Map.of("reason", reason.name(), "sessions", Integer.toString(all.size()))));
      all.forEach(session -> end(session.id(), reason));
    }
    return all.size();
  }

  @Override
  public List<SessionView> open(TenantId tenant) {
    return TenantContext.asPlatform(() -> store.open(tenant, Instant.now()));
  }

  private Optional<Known> find(UUID id) {
    Known session = known.get(id);
    if (session != null) {
      return Optional.of(session);
    }
    return TenantContext.asPlatform(() -> store.find(id))
        .map(
            stored ->
                known.computeIfAbsent(id, i -> new Known(stored.session(), stored.endReason())));
  }

  /** A peer system's token has a short life of its own and no person who could walk away. */
  private boolean isIdle(Known session, Instant now) {
    return session.view.method() != Method.CLIENT_CREDENTIALS
        && now.isAfter(session.lastSeen.plus(idle));
  }

  private void flush() {
    Instant now = Instant.now();
    try {
      Map<UUID, Instant> seen = new HashMap<>();
      known.forEach(
          (id, session) -> {
            if (session.endReason == null && session.lastSeen.isAfter(session.flushed)) {
              seen.put(id, session.lastSeen);
            }
          });
      store.seen(seen, now);
      seen.forEach((id, at) -> known.get(id).flushed = at);
      known.values().removeIf(session -> now.isAfter(session.view.endsAt()));
    } catch (RuntimeException e) {
      LOG.warn("Sessions could not be written; it is tried again shortly", e);
    }
  }

  private static VigilException over(String reason) {
    return new VigilException(ErrorCode.IDENTITY_0002, Map.of("reason", reason));
  }

  /** A session and what changes of it between two flushes. */
  private static final class Known {
    private final SessionView view;
    private volatile EndReason endReason;
    private volatile Instant lastSeen;
    private volatile Instant flushed;

    Known(SessionView view, EndReason endReason) {
      this.view = view;
      this.endReason = endReason;
      this.lastSeen = view.lastSeenAt();
      this.flushed = view.lastSeenAt();
    }
  }
}
