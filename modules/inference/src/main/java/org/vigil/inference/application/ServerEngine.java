package org.vigil.inference.application;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.engine.ModelRunner;
import org.vigil.inference.engine.OnnxEngine;
import org.vigil.inference.engine.Prediction;

/**
 * The server's engine: made with the settings when first needed, closed when the application goes,
 * so that a redeployment leaves no session behind.
 */
@ApplicationScoped
public class ServerEngine {
  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ManagedScheduledExecutorService watchdog;

  @Inject private InferenceSettings settings;

  private OnnxEngine engine;
  private ModelRunner runner;

  @PostConstruct
  void open() {
    engine = new OnnxEngine(settings.threads(), settings.timeout(), watchdog);
    runner = new ModelRunner(engine);
  }

  @PreDestroy
  void close() {
    engine.close();
  }

  public void load(ModelPackage model) {
    engine.load(model);
  }

  public Prediction run(ModelPackage model, ImageFrame frame) {
    return runner.run(model, frame);
  }

  public String runtimeVersion() {
    return engine.runtimeVersion();
  }
}
