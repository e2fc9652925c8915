package org.vigil.imaging.lifecycle;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.api.StorageTiers;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.imaging.domain.TierPolicy;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/**
 * Applies each hospital's storage policy, once an interval or when somebody asks. A run takes an
 * object one step at most; what fails stays where it is and is tried by the next run.
 */
@ApplicationScoped
public class StorageLifecycle implements StorageTiers {
  private static final Logger LOG = LoggerFactory.getLogger(StorageLifecycle.class);

  /** So many failures of a tier in a row, and the rest waits for the next run. */
  private static final int PATIENCE = 3;

  private final Map<TenantId, Instant> next = new ConcurrentHashMap<>();

  @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
  private ManagedThreadFactory threads;

  @Inject private TierPolicies policies;
  @Inject private TierLedger ledger;
  @Inject private TierMoves moves;
  @Inject private Releases releases;
  @Inject private TenantDirectory tenants;

  @Inject
  @ConfigProperty(name = "vigil.imaging.tier.interval", defaultValue = "PT1H")
  private Duration interval;

  private volatile boolean stopped;

  @Override
  public Overview overview() {
    return ledger.overview(policies.of(TenantContext.current()));
  }

  @Override
  public UUID run(Actor actor) {
    TenantId tenant = TenantContext.current();
    LifecycleRun run = begin(tenant, actor);
    threads.newThread(() -> TenantContext.run(tenant, () -> carryOut(run))).start();
    return run.id();
  }

  private LifecycleRun begin(TenantId tenant, Actor actor) {
    LifecycleRun run = new LifecycleRun(tenant, policies.of(tenant), actor);
    if (!ledger.begin(run.id(), run.startedAt())) {
      throw new VigilException(
          ErrorCode.KERNEL_0005, Map.of("problem", "the storage policy is being applied"));
    }
    return run;
  }

  /** Runs the policies of those hospitals whose turn it is, one after the other. */
  public void runDue() {
    Instant now = Clock.systemUTC().instant();
    for (TenantView tenant : tenants.active()) {
      if (stopped || next.getOrDefault(tenant.id(), Instant.MIN).isAfter(now)) {
        continue;
      }
      next.put(tenant.id(), now.plus(interval));
      try {
        TenantContext.run(tenant.id(), () -> runIfAnything(tenant.id(), now));
      } catch (RuntimeException e) {
        LOG.error("tenant {}: its storage policy was not applied", tenant.id(), e);
      }
    }
  }

  private void runIfAnything(TenantId tenant, Instant now) {
    if (policies.of(tenant).isOff() && !ledger.anyToRemove()) {
      return;
    }
    // Another server, or this one before it was started anew, may have been here.
    boolean recent =
        ledger.lastBegun().filter(at -> at.plus(interval.dividedBy(2)).isAfter(now)).isPresent();
    if (recent) {
      return;
    }
    try {
      carryOut(begin(tenant, Actor.system("imaging")));
    } catch (VigilException e) {
      if (e.code() != ErrorCode.KERNEL_0005) {
        throw e;
      }
    }
  }

  /** Ends what runs, at the next object. */
  public void stop() {
    stopped = true;
  }

  /** For tests and the threads of {@link #run}: all steps, the coldest first. */
  private void carryOut(LifecycleRun run) {
    TierPolicy policy = run.policy();
    try {
      if (policy.releaseAfter().isPresent()) {
        release(run, policy);
      }
      policy
          .coldAfter()
          .ifPresent(age -> move(run, policy.beforeCold(), StorageTier.COLD, age, false));
      policy
          .warmAfter()
          .ifPresent(age -> move(run, StorageTier.HOT, StorageTier.WARM, age, policy.compress()));
      sweep(run);
    } catch (RuntimeException e) {
      run.failed(e);
      LOG.error("tenant {}: applying the storage policy broke off", run.tenant(), e);
    } finally {
      ledger.end(run.ended(Clock.systemUTC().instant()), run.actor());
    }
  }

  private void release(LifecycleRun run, TierPolicy policy) {
    releases.ask(policy);
    List<String> studies = releases.candidates(policy, "");
    while (!studies.isEmpty() && !stopped) {
      for (String study : studies) {
        try {
          run.released(releases.release(policy, study));
        } catch (RuntimeException e) {
          run.failed(e);
          LOG.error("tenant {}: study {} is not released", run.tenant(), study, e);
        }
      }
      ledger.progress(run.soFar());
      studies = releases.candidates(policy, studies.get(studies.size() - 1));
    }
  }

  private void move(
      LifecycleRun run, StorageTier from, StorageTier to, Duration age, boolean compress) {
    int inARow = 0;
    List<InstanceEntity> batch = ledger.resting(from, age, "");
    while (!batch.isEmpty() && !stopped && inARow < PATIENCE) {
      for (InstanceEntity object : batch) {
        if (stopped || inARow >= PATIENCE) {
          break;
        }
        try {
          run.moved(
              to,
              compress
                  ? moves.moveCompressed(run.tenant(), object, to)
                  : moves.move(run.tenant(), object, to));
          inARow = 0;
        } catch (RuntimeException e) {
          run.failed(e);
          inARow += isOfTheTier(e) ? 1 : 0;
          LOG.error(
              "tenant {}: object {} stays in the {} tier",
              run.tenant(),
              object.sopInstanceUid(),
              from.key(),
              e);
        }
        ledger.progress(run.soFar());
      }
      batch = ledger.resting(from, age, batch.get(batch.size() - 1).sopInstanceUid());
    }
  }

  private static boolean isOfTheTier(RuntimeException e) {
    return e instanceof VigilException known
        && (known.code() == ErrorCode.IMAGING_0091 || known.code() == ErrorCode.IMAGING_0006);
  }

  private void sweep(LifecycleRun run) {
    List<String> due = ledger.due("");
    int inARow = 0;
    while (!due.isEmpty() && !stopped && inARow < PATIENCE) {
      for (String location : due) {
        try {
          run.removed(releases.remove(location));
          inARow = 0;
        } catch (RuntimeException e) {
          run.failed(e);
          inARow++;
          LOG.error("tenant {}: a file was not removed; tried again later", run.tenant(), e);
          if (inARow >= PATIENCE) {
            break;
          }
        }
      }
      ledger.progress(run.soFar());
      due = ledger.due(due.get(due.size() - 1));
    }
  }
}
