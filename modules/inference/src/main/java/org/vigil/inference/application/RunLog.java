package org.vigil.inference.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vigil.analysis.api.AnalysisJobs.ClaimedJob;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.engine.Prediction;
import org.vigil.inference.persistence.InferenceRunEntity;
import org.vigil.kernel.ErrorCode;

/** Writes down every attempt to run a model. */
@ApplicationScoped
public class RunLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Inject private ServerEngine engine;
  @Inject private InferenceSettings settings;

  /** In the transaction that records the result: neither is there without the other. */
  @Transactional(TxType.MANDATORY)
  public void completed(ClaimedJob job, Instant started, ModelPackage model, Prediction result) {
    InferenceRunEntity run = row(job, started);
    run.completed(model.modelSha256(), result, json(result));
    entities.persist(run);
  }

  /** In a transaction of its own: the attempt stays on record even if the caller's rolls back. */
  @Transactional(TxType.REQUIRES_NEW)
  public void failed(ClaimedJob job, Instant started, ErrorCode code) {
    InferenceRunEntity run = row(job, started);
    run.failed(code);
    entities.persist(run);
  }

  private InferenceRunEntity row(ClaimedJob job, Instant started) {
    return new InferenceRunEntity(job, started, engine.runtimeVersion(), settings.host());
  }

  private static String json(Prediction prediction) {
    Map<String, Double> byLabel = new LinkedHashMap<>();
    prediction.scores().forEach(s -> byLabel.put(s.label().name(), s.probability()));
    try {
      return JSON.writeValueAsString(Map.of("probabilities", byLabel));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers by name are always JSON", e);
    }
  }
}
