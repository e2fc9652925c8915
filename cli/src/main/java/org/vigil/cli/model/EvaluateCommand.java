package org.vigil.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.engine.ModelRunner;
import org.vigil.inference.engine.OnnxEngine;
import org.vigil.inference.engine.Prediction;
import org.vigil.kernel.VigilException;
import org.vigil.phantom.ChestPhantom;
import org.vigil.phantom.Finding;
import org.vigil.phantom.PhantomSpec;
import org.vigil.phantom.PhantomTestSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ./vigil model evaluate}: draws the films of a test set, runs a package on them as the
 * server would, and counts.
 */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Recomputes the figures of a model card on drawn films the model never saw.",
      "Prints one line a label and, last, one JSON object."
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--package",
      paramLabel = "DIR",
      description = "The model package (default: models/vigil-phantom-chest of the checkout).")
  private Path folder;

  @Option(
      names = "--set",
      paramLabel = "SET",
      defaultValue = "TEST",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private PhantomTestSet set;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ModelPackage model = open();
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (ModelManifest.Label label : model.manifest().labels()) {
      tallies.put(label.name(), new Tally());
    }
    ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();
    try (OnnxEngine engine =
        new OnnxEngine(
            Runtime.getRuntime().availableProcessors(), Duration.ofMinutes(1), watchdog)) {
      engine.load(model);
      ModelRunner runner = new ModelRunner(engine);
      for (int i = 0; i < set.count(); i++) {
        PhantomSpec film = set.spec(i);
        Prediction prediction = runner.run(model, PhantomFrames.of(ChestPhantom.draw(film)));
        for (Prediction.Score score : prediction.scores()) {
          tallies
              .get(score.label().name())
              .add(isThere(film, score.label().name()), score.positive(), score.probability());
        }
      }
    } finally {
      watchdog.shutdownNow();
    }
    out.printf(
        "%s %s on %d films (%s set, drawn now)%n",
        model.manifest().id(), model.manifest().version(), set.count(), set);
    tallies.forEach((label, tally) -> out.println(tally.line(label)));
    out.println(json(model, tallies));
    out.flush();
    return ExitCode.OK;
  }

  private ModelPackage open() {
    Path where =
        folder != null
            ? folder
            : Path.of(System.getProperty("vigil.checkout", ""))
                .resolve("models/vigil-phantom-chest");
    try {
      return ModelPackage.open(where);
    } catch (VigilException e) {
      throw new CommandFailure(ExitCode.USAGE, where + ": " + e.getMessage(), e);
    }
  }

  private static boolean isThere(PhantomSpec film, String label) {
    try {
      return film.has(Finding.valueOf(label.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "the phantom does not draw " + label + ": its truth is unknown", e);
    }
  }

  private String json(ModelPackage model, Map<String, Tally> tallies) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("model", model.manifest().id());
    object.put("version", model.manifest().version());
    object.put("set", set.name());
    object.put("films", set.count());
    tallies.forEach((label, tally) -> object.put(label, tally.figures()));
    try {
      return new ObjectMapper().writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
