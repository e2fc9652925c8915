package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.audit.domain.AnomalyRules;
import org.vigil.audit.domain.AnomalyRules.Thresholds;
import org.vigil.audit.domain.SealCursor;
import org.vigil.audit.domain.Trail;
import org.vigil.audit.export.SyslogReceiver;
import org.vigil.audit.persistence.OwnerTrails;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;

/**
 * What follows the seals, each from its own place and on its own thread: the rules for unusual
 * access and the receivers of audit messages. Neither holds up sealing, and neither loses an event.
 */
@ApplicationScoped
public class SealFollowers {
  private static final Logger LOG = LoggerFactory.getLogger(SealFollowers.class);
  private static final String RULES = "anomalies";
  private static final String RECEIVERS = "syslog";
  private static final int SEALS_AT_ONCE = 20;
  private static final int PAUSE_SECONDS = 30;

  /** After the start, which a question to a thousand trails would delay. */
  private static final long CATCH_UP_SECONDS = 20;

  private final Set<String> forRules = ConcurrentHashMap.newKeySet();
  private final Set<String> forReceivers = ConcurrentHashMap.newKeySet();

  @Inject private OwnerTrails owner;
  @Inject private Trails trails;
  @Inject private TenantDirectory tenants;
  @Inject private AnomalyDesk desk;
  @Inject private Sealing sealing;
  @Inject private SyslogReceiver syslog;

  @Inject
  @ConfigProperty(name = "vigil.audit.anomaly.patients-an-hour", defaultValue = "60")
  private int patientsAnHour;

  @Inject
  @ConfigProperty(name = "vigil.audit.anomaly.days-known", defaultValue = "10")
  private int daysKnown;

  @Inject
  @ConfigProperty(name = "vigil.audit.anomaly.refusals", defaultValue = "10")
  private int refusals;

  private volatile boolean stopped;
  private List<Thread> workers = List.of();

  /** Notes that a trail has a new seal. */
  void sealed(@Observes EventsSealed sealed) {
    forRules.add(sealed.schema());
    if (syslog.isConfigured()) {
      forReceivers.add(sealed.schema());
    }
  }

  public void start(ThreadFactory threads) {
    List<Thread> started = new ArrayList<>();
    started.add(thread(threads, RULES, forRules, this::applyRules));
    if (syslog.isConfigured()) {
      started.add(thread(threads, RECEIVERS, forReceivers, this::forward));
    }
    workers = List.copyOf(started);
  }

  public void stop() {
    stopped = true;
    workers.forEach(Thread::interrupt);
  }

  private Thread thread(ThreadFactory threads, String place, Set<String> waiting, Follower work) {
    Thread thread = threads.newThread(() -> follow(place, waiting, work));
    thread.setName("vigil-audit-" + place);
    thread.start();
    return thread;
  }

  private void follow(String place, Set<String> waiting, Follower work) {
    boolean caughtUp = false;
    long catchUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(CATCH_UP_SECONDS);
    while (!stopped) {
      try {
        if (!caughtUp && System.nanoTime() - catchUpAt >= 0) {
          caughtUp = addBehind(place, waiting);
        }
        for (String schema : List.copyOf(waiting)) {
          waiting.remove(schema);
          try {
            work.advance(schema);
          } catch (VigilException e) {
            LOG.warn("{} failed for {}; tried again", Thread.currentThread().getName(), schema, e);
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            waiting.add(schema);
          }
        }
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Adds the trails that were sealed further than their follower came before the server ended. */
  private boolean addBehind(String place, Set<String> waiting) {
    try {
      waiting.addAll(owner.survey(trails.schemas(), survey -> survey.behind(place)));
      return true;
    } catch (VigilException e) {
      LOG.warn("It could not be seen which audit trails wait for {}; asked again", place, e);
      return false;
    }
  }

  private void applyRules(String schema) {
    Optional<TenantId> tenant = trails.tenant(schema);
    ZoneId zone =
        tenant.flatMap(tenants::find).map(found -> found.timeZone()).orElse(ZoneOffset.UTC);
    boolean more = true;
    while (more && !stopped) {
      more =
          owner.inTransaction(
              schema,
              (trail, connection) ->
                  new SealCursor(trail, RULES)
                      .next(
                          SEALS_AT_ONCE,
                          rows -> {
                            if (rules(trail, zone, tenant).apply(rows) > 0) {
                              sealing.wake(schema);
                            }
                          }));
    }
  }

  private AnomalyRules rules(Trail trail, ZoneId zone, Optional<TenantId> tenant) {
    return new AnomalyRules(
        trail,
        zone,
        new Thresholds(patientsAnHour, daysKnown, refusals),
        study -> tenant.flatMap(id -> familyName(id, study)));
  }

  private Optional<String> familyName(TenantId tenant, String study) {
    try (TenantContext.Scope scope = TenantContext.enter(tenant)) {
      return desk.familyName(StudyInstanceUid.of(study));
    }
  }

  private void forward(String schema) {
    boolean more = true;
    while (more && !stopped) {
      more =
          owner.inTransaction(
              schema,
              (trail, connection) ->
                  new SealCursor(trail, RECEIVERS)
                      .next(SEALS_AT_ONCE, rows -> syslog.send(schema, rows)));
    }
  }

  /** Goes on in a trail. */
  private interface Follower {
    void advance(String schema);
  }
}
