package org.vigil.web.dicomweb;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.vigil.identity.api.Sessions;
import org.vigil.imaging.api.WorkitemReported;
import org.vigil.imaging.api.WorkitemReported.Addressee;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantClosed;
import org.vigil.web.security.CurrentUser.Identity;

/**
 * Open notification connections: each hears what subscribers of its hospital, AE title and user are
 * to hear, once that is committed. What happens while nobody is connected is told to nobody.
 */
@ApplicationScoped
public class Notifications {
  private static final int MOST_OF_A_HOSPITAL = 100;
  private static final int MOST_OF_AN_AE_TITLE = 4;
  private static final long HEARTBEAT_SECONDS = 15;

  private final Set<NotificationConnection> open = ConcurrentHashMap.newKeySet();

  @Inject private Sessions sessions;

  @Resource private ManagedScheduledExecutorService scheduler;

  private ScheduledFuture<?> heartbeat;

  @PostConstruct
  void start() {
    heartbeat =
        scheduler.scheduleAtFixedRate(
            this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    heartbeat.cancel(false);
    open.forEach(connection -> connection.close(CloseCodes.GOING_AWAY, "Vigil is stopped"));
  }

  /**
   * A connection that gathers reports from now on.
   *
   * @throws VigilException IMAGING-0076 when there are too many
   */
  synchronized NotificationConnection admit(TenantId tenant, String aeTitle, Identity who) {
    List<NotificationConnection> neighbours =
        open.stream().filter(c -> c.tenant().equals(tenant)).toList();
    if (neighbours.size() >= MOST_OF_A_HOSPITAL
        || neighbours.stream().filter(c -> c.aeTitle().equals(aeTitle)).count()
            >= MOST_OF_AN_AE_TITLE) {
      throw new VigilException(ErrorCode.IMAGING_0076);
    }
    NotificationConnection connection =
        new NotificationConnection(
            tenant, aeTitle, who.userName(), who.session(), sessions.longest(), open::remove);
    open.add(connection);
    return connection;
  }

  void onReported(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorkitemReported event) {
    for (NotificationConnection connection : open) {
      if (connection.tenant().equals(event.tenant())
          && event.addressees().contains(new Addressee(connection.aeTitle(), connection.user()))) {
        connection.send(event.reports());
      }
    }
  }

  /** Whoever has logged out, or was, hears no more. */
  void onSessionEnded(@Observes Sessions.SessionEnded ended) {
    close(connection -> ended.id().equals(connection.session()), "the session has ended");
  }

  /** Nor does anybody of a closed hospital. */
  void onClosed(@Observes TenantClosed event) {
    close(connection -> connection.tenant().equals(event.tenant()), "the hospital is closed");
  }

  private void beat() {
    close(c -> c.session() != null && !sessions.isOpen(c.session()), "the session has ended");
    open.forEach(NotificationConnection::beat);
  }

  private void close(Predicate<NotificationConnection> which, String reason) {
    open.stream()
        .filter(which)
        .toList()
        .forEach(connection -> connection.close(CloseCodes.VIOLATED_POLICY, reason));
  }
}
