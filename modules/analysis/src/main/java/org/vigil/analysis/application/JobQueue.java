package org.vigil.analysis.application;

import java.util.UUID;
import org.vigil.kernel.Priority;

/** Port: the queue in front of inference. */
public interface JobQueue {
  /**
   * Puts a job of the current tenant into the queue, as part of the current transaction: the
   * message is there if and only if the job's row is.
   *
   * @param stepsBack 0 to 2: how far behind other hospitals' jobs of this urgency
   */
  void enqueue(UUID analysis, Priority priority, int stepsBack);
}
