package org.vigil.bench.jmh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.vigil.cli.model.PhantomFrames;
import org.vigil.imaging.api.ImageFrame;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.engine.ModelRunner;
import org.vigil.inference.engine.OnnxEngine;
import org.vigil.inference.engine.Prediction;
import org.vigil.phantom.ChestPhantom;
import org.vigil.phantom.PhantomImage;
import org.vigil.phantom.PhantomTestSet;

/** One film from stored values to findings, and the drawing of one for comparison. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FilmBenchmark {
  private ScheduledExecutorService watchdog;
  private OnnxEngine engine;
  private ModelPackage model;
  private ModelRunner runner;
  private ImageFrame film;

  @Setup
  public void load() {
    watchdog = Executors.newSingleThreadScheduledExecutor();
    engine = new OnnxEngine(1, Duration.ofMinutes(1), watchdog);
    model =
        ModelPackage.open(
            Path.of(System.getProperty("vigil.checkout", "."), "models/vigil-phantom-chest"));
    engine.load(model);
    runner = new ModelRunner(engine);
    film = PhantomFrames.of(ChestPhantom.draw(PhantomTestSet.TEST.spec(1)));
  }

  @TearDown
  public void unload() {
    engine.close();
    watchdog.shutdownNow();
  }

  /** Preprocessing, ONNX Runtime with one thread, heat map and boxes. */
  @Benchmark
  public Prediction analyse() {
    return runner.run(model, film);
  }

  @Benchmark
  public PhantomImage draw() {
    return ChestPhantom.draw(PhantomTestSet.TEST.spec(2));
  }
}
