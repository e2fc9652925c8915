package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.application.PacsNodeBook;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** One attempt at a task: claimed before, done outside any transaction, settled in one. */
@ApplicationScoped
public class PacsWork {
  private static final Logger LOG = LoggerFactory.getLogger(PacsWork.class);

  @Inject private PacsLedger ledger;
  @Inject private PacsNodeBook nodes;
  @Inject private Instance<PacsTaskHandler> handlers;

  /** Tries once, for the current tenant; whatever goes wrong is written down. */
  public void attempt(PacsTask task) {
    PacsTaskHandler handler = handler(task);
    try {
      Optional<PacsNode> node = nodes.find(task.node());
      if (node.isEmpty()) {
        ledger.fail(task, "the PACS node was removed");
        handler.givenUp(task, "the PACS node was removed");
        return;
      }
      handler.perform(task, node.get());
      ledger.done(task);
    } catch (VigilException e) {
      if (e.code() == ErrorCode.IMAGING_0034) {
        long millis = ((Number) e.details().get("waitMillis")).longValue();
        ledger.postpone(task, Duration.ofMillis(millis), e.code().id() + ": " + e.code().text());
        return;
      }
      failed(handler, task, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Task {} ({}) failed", task.id(), task.kind(), e);
      failed(handler, task, e.getClass().getSimpleName());
    }
  }

  private void failed(PacsTaskHandler handler, PacsTask task, String reason) {
    if (ledger.retry(task, reason)) {
      LOG.info(
          "PACS node {}: {} failed, attempt {}: {}",
          task.node(),
          task.kind(),
          task.attempts() + 1,
          reason);
    } else {
      LOG.warn("PACS node {}: {} given up: {}", task.node(), task.kind(), reason);
      handler.givenUp(task, reason);
    }
  }

  private PacsTaskHandler handler(PacsTask task) {
    for (PacsTaskHandler handler : handlers) {
      if (handler.handles(task.kind())) {
        return handler;
      }
    }
    throw new IllegalStateException("nothing handles " + task.kind());
  }
}
