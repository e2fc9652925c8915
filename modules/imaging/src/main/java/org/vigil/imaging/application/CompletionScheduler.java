package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.persistence.StudyRepository.Due;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantWatch;

/**
 * Asks for completion when a study is due. What is planned here is only a reminder: the due time
 * lies in the study's row, and a scan of all tenants at the start and every half minute plans again
 * what a restart or an error has lost.
 */
@ApplicationScoped
public class CompletionScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(CompletionScheduler.class);
  private static final int THREADS = 4;
  private static final Duration SCAN_INTERVAL = Duration.ofSeconds(30);

  /** Until the first scan has come round. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  private final StudyCompletion completion;
  private final TenantDirectory tenants;
  private final ConcurrentHashMap<Key, Instant> planned = new ConcurrentHashMap<>();
  private final TenantWatch watch = new TenantWatch(Duration.ofMillis(300));
  private volatile ScheduledThreadPoolExecutor executor;

  @Inject
  public CompletionScheduler(StudyCompletion completion, TenantDirectory tenants) {
    this.completion = completion;
    this.tenants = tenants;
  }

  /** For the container's proxy. */
  protected CompletionScheduler() {
    this(null, null);
  }

  /** Starts, with the scan that recovers what was awaited before a restart. */
  public void start(ThreadFactory threads) {
    ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(THREADS, threads);
    started.setRemoveOnCancelPolicy(true);
    executor = started;
    started.execute(this::scan);
  }

  /** Stops; studies still awaited are found by the scan of the next start. */
  public void stop() {
    ScheduledThreadPoolExecutor running = executor;
    executor = null;
    if (running != null) {
      running.shutdownNow();
    }
    planned.clear();
  }

  /** Plans to complete a study; an earlier plan for it stands. */
  public void plan(TenantId tenant, StudyInstanceUid study, Instant due) {
    ScheduledThreadPoolExecutor running = executor;
    if (running == null) {
      return;
    }
    Key key = new Key(tenant, study);
    AtomicBoolean earlier = new AtomicBoolean();
    planned.merge(
        key,
        due,
        (known, wanted) -> {
          earlier.set(!wanted.isBefore(known));
          return wanted.isBefore(known) ? wanted : known;
        });
    if (earlier.get()) {
      return;
    }
    long delay = Duration.between(Clock.systemUTC().instant(), due).toMillis() + 1;
    try {
      running.schedule(() -> complete(key, due), Math.max(0, delay), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopping; study {} is completed after the next start", study, e);
    }
  }

  private void complete(Key key, Instant due) {
    if (!planned.remove(key, due)) {
      return; // an earlier plan has taken over
    }
    if (tenants.find(key.tenant()).isEmpty()) {
      return; // closed; the scan finds the study again when the hospital opens
    }
    try (TenantContext.Scope scope = TenantContext.enter(key.tenant())) {
      completion
          .completeIfDue(key.study(), Clock.systemUTC().instant())
          .ifPresent(next -> plan(key.tenant(), key.study(), next));
    } catch (RuntimeException e) {
      LOG.error(
          "Study {} of {} could not be completed; tried again within {} s",
          key.study(),
          key.tenant(),
          SCAN_INTERVAL.toSeconds(),
          e);
    }
  }

  private void scan() {
    boolean all = true;
    try {
      all =
          watch.visit(
              tenants.active(),
              () -> {
                List<Due> awaited = completion.awaited();
                awaited.forEach(due -> plan(TenantContext.current(), due.study(), due.at()));
                return !awaited.isEmpty();
              },
              (tenant, cause) ->
                  LOG.error("Scan of {} for studies awaited failed; repeated", tenant, cause));
    } catch (RuntimeException e) {
      LOG.error("Scan for studies awaited failed; repeated in {}", SCAN_INTERVAL, e);
    }
    scanAgain(all ? SCAN_INTERVAL : BREATH);
  }

  private void scanAgain(Duration delay) {
    ScheduledThreadPoolExecutor running = executor;
    if (running != null) {
      try {
        running.schedule(this::scan, delay.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("Stopping; the next start scans", e);
      }
    }
  }

  private record Key(TenantId tenant, StudyInstanceUid study) {}
}
