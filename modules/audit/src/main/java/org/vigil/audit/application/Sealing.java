package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.audit.domain.ChainOfSeals;
import org.vigil.audit.domain.ChainOfSeals.Sealed;
import org.vigil.audit.domain.ChainRecords;
import org.vigil.audit.domain.SealHead;
import org.vigil.audit.domain.Trail;
import org.vigil.audit.domain.TrailSurvey;
import org.vigil.audit.persistence.OwnerTrails;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Seals what has been committed, soon after: one thread for all trails of this server, and between
 * servers one a trail. Works as the schemas' owner, so that the application's role cannot write a
 * seal, and outside JTA.
 */
@ApplicationScoped
public class Sealing {
  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
  private static final int LARGEST_SEAL = 1000;
  private static final long AFTER_FAILURE = Duration.ofSeconds(5).toNanos();

  /** After the start, which a question to a thousand trails would delay. */
  private static final long FIRST_SWEEP = TimeUnit.SECONDS.toNanos(15);

  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Map<String, SealHead> known = new ConcurrentHashMap<>();

  @Inject private SealingKeys keys;
  @Inject private Trails trails;
  @Inject private Event<EventsSealed> sealed;

  @Inject private OwnerTrails owner;

  @Inject
  @ConfigProperty(name = "vigil.audit.seal-interval", defaultValue = "PT0.5S")
  private Duration interval;

  @Inject
  @ConfigProperty(name = "vigil.audit.sweep-interval", defaultValue = "PT1M")
  private Duration sweep;

  @Inject
  @ConfigProperty(name = "vigil.home")
  private String home;

  private volatile boolean stopped;
  private Thread sealer;

  /** Says that events of a trail were committed. */
  void wake(String schema) {
    waiting.add(schema);
  }

  public void start(ThreadFactory threads) {
    sealer = threads.newThread(this::work);
    sealer.setName("vigil-audit-sealer");
    sealer.start();
  }

  public void stop() {
    stopped = true;
    if (sealer != null) {
      sealer.interrupt();
    }
  }

  /** Folder of the newest head of each trail, outside the database. */
  public Path heads() {
    return Path.of(home, "audit", "heads");
  }

  private void work() {
    long nextSweep = System.nanoTime() + FIRST_SWEEP;
    while (!stopped) {
      try {
        // Events of other nodes, and of a node that ended between commit and seal.
        if (System.nanoTime() - nextSweep >= 0) {
          waiting.addAll(owner.survey(trails.schemas(), TrailSurvey::unsealed));
          nextSweep = System.nanoTime() + sweep.toNanos();
        }
        List<String> failed = sealWaiting();
        TimeUnit.NANOSECONDS.sleep(failed.isEmpty() ? interval.toNanos() : AFTER_FAILURE);
        waiting.addAll(failed);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (VigilException e) {
        LOG.error("It could not be seen which audit events wait to be sealed; asked again", e);
        nextSweep = System.nanoTime() + AFTER_FAILURE;
      }
    }
  }

  /** Seals what waits, and says which trails it could not: one does not hold up the others. */
  private List<String> sealWaiting() {
    List<String> failed = new ArrayList<>();
    for (String schema : List.copyOf(waiting)) {
      if (stopped) {
        break;
      }
      waiting.remove(schema);
      try {
        sealAll(schema);
      } catch (IOException | VigilException e) {
        LOG.error("Audit events of {} could not be sealed; they wait", schema, e);
        failed.add(schema);
      }
    }
    return failed;
  }

  private void sealAll(String schema) throws IOException {
    Optional<Sealed> batch;
    do {
      batch = sealNext(schema);
      if (batch.isPresent()) {
        note(batch.get());
        sealed.fire(new EventsSealed(schema, batch.get().rows()));
      }
    } while (batch.isPresent() && batch.get().rows().size() == LARGEST_SEAL);
  }

  private Optional<Sealed> sealNext(String schema) {
    return owner.inTransaction(
        schema,
        (trail, connection) -> {
          Optional<Sealed> batch = new ChainOfSeals(trail, keys.current()).sealNext(LARGEST_SEAL);
          if (batch.isPresent()) {
            compareWithKnown(trail, batch.get().before());
          }
          return batch;
        });
  }

  /**
   * The chain must still lead through the last head seen. Where it does not, the trail was cut
   * short in the database, or restored from a backup: the head is kept as evidence, and sealing
   * goes on.
   */
  private void compareWithKnown(Trail trail, SealHead before) throws SQLException {
    SealHead last = known.computeIfAbsent(trail.schema(), this::newestHead);
    if (last != null && !Arrays.equals(trail.hashOf(last.seq()), last.hash())) {
      keepAside(last);
      LOG.error(
          "The audit trail {} no longer leads through its seal {}: it ends at {}."
              + " Run ./vigil audit verify",
          trail.schema(),
          last.seq(),
          before.seq());
    }
  }

  private SealHead newestHead(String schema) {
    try {
      return ChainRecords.newest(heads(), schema).orElse(null);
    } catch (IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit heads"), e);
    }
  }

  private void keepAside(SealHead head) {
    try {
      ChainRecords.keepAside(heads(), head);
    } catch (IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit heads"), e);
    }
  }

  private void note(Sealed batch) throws IOException {
    known.put(batch.head().trail(), batch.head());
    ChainRecords.write(heads(), batch.head());
  }
}
