package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.audit.persistence.OwnerTrails;
import org.vigil.kernel.VigilException;

/**
 * What trails need once an hour: the next month's partition, the anchor of the day that is over,
 * and the end of what has been kept for its time. Only trails that need one of these are touched,
 * and one that fails does not hold up the others.
 */
@ApplicationScoped
public class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  @Inject private Trails trails;
  @Inject private OwnerTrails owner;
  @Inject private Anchoring anchoring;
  @Inject private RetentionPolicy retention;
  @Inject private LogRetention logs;

  private volatile boolean stopped;
  private Thread worker;

  public void start(ThreadFactory threads) {
    worker = threads.newThread(this::work);
    worker.setName("vigil-audit-upkeep");
    worker.start();
  }

  public void stop() {
    stopped = true;
    if (worker != null) {
      worker.interrupt();
    }
  }

  private void work() {
    try {
      // A start makes no month without a partition, and has better things to do.
      TimeUnit.MINUTES.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    while (!stopped) {
      try {
        List<String> all = trails.schemas();
        each(withoutPartitions(all), this::makePartitions);
        each(anchoring.outstanding(all), anchoring::anchor);
        each(retention.outstanding(all, Instant.now()), s -> retention.apply(s, Instant.now()));
      } catch (VigilException e) {
        LOG.error("It could not be seen which audit trails need upkeep; asked again later", e);
      }
      logs.apply(Instant.now());
      try {
        TimeUnit.HOURS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void each(Set<String> schemas, Consumer<String> work) {
    for (String schema : schemas) {
      if (stopped) {
        return;
      }
      try {
        work.accept(schema);
      } catch (VigilException e) {
        LOG.error("Upkeep of the audit trail {} failed; it is tried again in an hour", schema, e);
      }
    }
  }

  private Set<String> withoutPartitions(List<String> schemas) {
    YearMonth now = YearMonth.now(ZoneOffset.UTC);
    return owner.survey(
        schemas,
        survey -> {
          Set<String> without = new LinkedHashSet<>(survey.without(now));
          without.addAll(survey.without(now.plusMonths(1)));
          return without;
        });
  }

  private void makePartitions(String schema) {
    owner.inTransaction(
        schema,
        (trail, connection) -> {
          makePartitions(schema, connection);
          return null;
        });
  }

  private static void makePartitions(String schema, Connection connection) throws SQLException {
    try (PreparedStatement make =
        connection.prepareStatement(
            "select platform.audit_make_partition(?, (date_trunc('month', now() at time zone"
                + " 'UTC') + n * interval '1 month')::date) from generate_series(0, 1) n")) {
      make.setString(1, schema);
      make.execute();
    }
  }
}
