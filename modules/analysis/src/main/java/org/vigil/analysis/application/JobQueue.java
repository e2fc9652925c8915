package org.vigil.analysis.application;

import java.util.UUID;
import org.vigil.kernel.Priority;

/** Port: the queue in front of inference. */
public interface JobQueue {
  /**
   * Puts a job of the current tenant into the queue, as part of the current transaction: the
   * message is there if and only if the job's row is.
   */
  void enqueue(UUID analysis, Priority priority);
}
