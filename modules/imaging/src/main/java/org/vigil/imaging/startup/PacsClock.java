package org.vigil.imaging.startup;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.pacs.KnownPacsNodes;
import org.vigil.imaging.pacs.PacsLedger;
import org.vigil.imaging.pacs.PacsTask;
import org.vigil.imaging.pacs.PacsWork;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.DatabaseReadiness;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantWatch;

/**
 * Asks every PACS node each minute whether it is there, and does what PACS are to be asked for.
 * Echo and work have threads of their own, so that a long retrieval hides no node that is down; nor
 * does the container let one timer wait for the other, while it runs none twice at once.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class PacsClock {
  private static final Logger LOG = LoggerFactory.getLogger(PacsClock.class);
  private static final int THREADS = 4;

  /** Of one hospital's tasks, so that another's are not kept waiting. */
  private static final int MOST_AT_ONCE = 3;

  /** More are asked in the next minute. */
  private static final int LONGEST_QUEUE = 1000;

  @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
  private ManagedThreadFactory threads;

  @Inject private DatabaseReadiness database;
  @Inject private TenantDirectory tenants;
  @Inject private KnownPacsNodes nodes;
  @Inject private PacsLedger ledger;
  @Inject private PacsWork work;

  private final TenantWatch echoes = new TenantWatch(Duration.ofSeconds(5));
  private final TenantWatch outstanding = new TenantWatch(Duration.ofMillis(300));
  private ThreadPoolExecutor executor;
  private ThreadPoolExecutor workers;

  @PostConstruct
  void start() {
    executor = pool(new ThreadPoolExecutor.DiscardPolicy());
    workers = pool(new ThreadPoolExecutor.AbortPolicy());
  }

  private ThreadPoolExecutor pool(RejectedExecutionHandler whenFull) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(LONGEST_QUEUE),
            threads,
            whenFull);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
    workers.shutdownNow();
  }

  /** No more is claimed than threads are free for, so that nothing claimed waits here. */
  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  void work() {
    if (!database.isReady()) {
      return;
    }
    outstanding.visit(
        tenants.active(),
        () -> {
          int free = THREADS - workers.getActiveCount() - workers.getQueue().size();
          if (free > 0) {
            TenantId tenant = TenantContext.current();
            ledger
                .claim(Math.min(free, MOST_AT_ONCE))
                .forEach(task -> workers.execute(() -> attempt(tenant, task)));
          }
          return ledger.anyWaiting();
        },
        (tenant, cause) ->
            LOG.error("tenant {}: its PACS tasks were not looked at", tenant, cause));
  }

  private void attempt(TenantId tenant, PacsTask task) {
    try {
      TenantContext.run(tenant, () -> work.attempt(task));
    } catch (RuntimeException e) {
      // The row says that it waits; a later claim tries again.
      LOG.error("tenant {}: PACS task {} could not be settled", tenant, task.id(), e);
    }
  }

  @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
  void echo() {
    if (!database.isReady()) {
      return;
    }
    echoes.visit(
        tenants.active(),
        () -> {
          TenantId tenant = TenantContext.current();
          List<PacsNode> known = nodes.list();
          known.forEach(node -> executor.execute(() -> echo(tenant, node)));
          return !known.isEmpty();
        },
        (tenant, cause) -> LOG.error("tenant {}: its PACS nodes were not asked", tenant, cause));
  }

  private void echo(TenantId tenant, PacsNode node) {
    try {
      TenantContext.run(tenant, () -> nodes.echo(node));
    } catch (RuntimeException e) {
      // Closed meanwhile, most likely; the next minute tells.
      LOG.warn("tenant {}: PACS node {} could not be asked", tenant, node.name(), e);
    }
  }
}
