package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.kernel.ErrorCode;

/** Records a failure apart from the caller's transaction, which is about to roll back. */
@ApplicationScoped
public class FailureRecord {
  @Inject private AnalysisJobs jobs;

  @Transactional(TxType.REQUIRES_NEW)
  public void fail(UUID analysisId, ErrorCode code, String explanation) {
    jobs.fail(analysisId, code, explanation);
  }
}
