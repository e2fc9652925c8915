package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.imaging.persistence.PacsTaskEntity;
import org.vigil.imaging.persistence.PacsTaskRepository;
import org.vigil.kernel.Backoff;

/** The tasks' rows: claimed, postponed and ended in transactions of their own. */
@ApplicationScoped
@Transactional
public class PacsLedger {
  private static final String START = UUID.randomUUID().toString();

  @Inject private PacsTaskRepository tasks;

  @Inject
  @ConfigProperty(name = "vigil.pacs.max-attempts", defaultValue = "20")
  private int maxAttempts;

  @Inject
  @ConfigProperty(name = "jboss.node.name", defaultValue = "vigil")
  private String server;

  /** Takes tasks that are due; nobody else takes them while this server lives. */
  public List<PacsTask> claim(int limit) {
    Instant now = now();
    String name = server.replace(' ', '-');
    String claimant = name + " " + START;
    List<PacsTaskEntity> due = tasks.due(name, claimant, now, limit);
    due.forEach(task -> task.claim(claimant, now));
    return due.stream()
        .map(t -> new PacsTask(t.id(), t.kind(), t.subject(), t.node(), t.attempts()))
        .toList();
  }

  public boolean anyWaiting() {
    return tasks.anyWaiting();
  }

  public void done(PacsTask task) {
    tasks.lock(task.id()).ifPresent(row -> row.done(now()));
  }

  /** The node is not asked just now. */
  public void postpone(PacsTask task, Duration wait, String reason) {
    tasks.lock(task.id()).ifPresent(row -> row.postponedTo(now().plus(wait), reason));
  }

  /**
   * Notes a failed attempt.
   *
   * @return whether it will be tried again
   */
  public boolean retry(PacsTask task, String reason) {
    if (task.attempts() + 1 >= maxAttempts) {
      fail(task, reason);
      return false;
    }
    Duration wait = Backoff.after(task.attempts() + 1, ThreadLocalRandom.current());
    tasks.lock(task.id()).ifPresent(row -> row.retryAt(now().plus(wait), reason));
    return true;
  }

  public void fail(PacsTask task, String reason) {
    tasks.lock(task.id()).ifPresent(row -> row.failed(now(), reason));
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }
}
