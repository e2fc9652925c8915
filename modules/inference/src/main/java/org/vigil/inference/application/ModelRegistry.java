package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.inference.api.Models;
import org.vigil.inference.domain.ModelManifest;
import org.vigil.inference.domain.ModelPackage;
import org.vigil.inference.domain.SemanticVersion;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** The models this installation has, in memory; and which of them a hospital uses. */
@ApplicationScoped
public class ModelRegistry implements Models {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRegistry.class);

  private static final int LONGEST_REASON = 500;

  /** How long a hospital's decision may take to be seen by this node. */
  private static final Duration DECISIONS_KEPT = Duration.ofSeconds(10);

  @Inject private ModelStore store;
  @Inject private ServerEngine engine;
  @Inject private InferenceSettings settings;
  @Inject private Event<AuditEvent> audit;

  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile Map<String, List<Installed>> models = Map.of();
  private volatile List<String> refused = List.of();
  private volatile Decisions decisions = new Decisions(Long.MIN_VALUE, List.of());

  /** A package that can be run, and since when it is known. */
  public record Installed(ModelPackage model, Instant importedAt) {}

  private record Decisions(long readAtNanos, List<ModelStore.Decision> all) {}

  /** A model that a hospital uses. */
  public record Deployed(Installed installed, boolean enabled) {
    ModelPackage model() {
      return installed.model();
    }
  }

  /**
   * Imports every package of the configured folders, loads it into the engine and warms it up. A
   * package that is invalid is refused by itself; the others work.
   */
  public void importAll() {
    Map<String, List<Installed>> found = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Path folder : packageFolders()) {
      try {
        ModelPackage model = ModelPackage.open(folder);
        Installed installed =
            new Installed(model, TenantContext.asPlatform(() -> store.register(model)));
        List<Installed> versions =
            found.computeIfAbsent(model.manifest().id(), id -> new ArrayList<>());
        if (versions.stream().noneMatch(v -> version(v).equals(model.manifest().version()))) {
          engine.load(model);
          versions.add(installed);
          LOG.info(
              "Model {} is ready, sha256 {}", model.manifest().reference(), model.modelSha256());
        }
      } catch (VigilException e) {
        LOG.error("The model package in {} was refused: {}", folder, e.getMessage());
        problems.add(folder.getFileName() + ": " + e.getMessage());
      }
    }
    found.values().removeIf(List::isEmpty);
    found
        .values()
        .forEach(v -> v.sort(Comparator.comparing(ModelRegistry::version, SemanticVersion.ORDER)));
    models = found;
    refused = List.copyOf(problems);
    ready.countDown();
  }

  private List<Path> packageFolders() {
    List<Path> result = new ArrayList<>();
    for (Path parent : settings.modelFolders()) {
      if (Files.isDirectory(parent)) {
        try (Stream<Path> children = Files.list(parent)) {
          children
              .filter(c -> Files.isRegularFile(c.resolve(ModelPackage.MANIFEST)))
              .sorted()
              .forEach(result::add);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot list the model packages in " + parent, e);
        }
      } else {
        LOG.warn("There is no folder {} for model packages", parent);
      }
    }
    return result;
  }

  private static String version(Installed installed) {
    return installed.model().manifest().version();
  }

  public boolean isReady() {
    return ready.getCount() == 0;
  }

  /** How many model versions can be run. */
  public int size() {
    return models.values().stream().mapToInt(List::size).sum();
  }

  /** Why packages were refused, one sentence each. */
  public List<String> refused() {
    return refused;
  }

  /**
   * Waits until the packages are imported.
   *
   * @throws VigilException KERNEL-0006 when that takes longer
   */
  public void await(Duration atMost) {
    try {
      if (!ready.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new VigilException(ErrorCode.KERNEL_0006);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VigilException(ErrorCode.KERNEL_0006, Map.of(), e);
    }
  }

  /**
   * A model version to run.
   *
   * @throws VigilException INFERENCE-0002 when it is not installed (any more)
   */
  public ModelPackage require(String id, String version) {
    return models.getOrDefault(id, List.of()).stream()
        .filter(i -> version(i).equals(version))
        .findFirst()
        .map(Installed::model)
        .orElseThrow(
            () ->
                new VigilException(
                    ErrorCode.INFERENCE_0002, Map.of("model", id, "version", version)));
  }

  /** Each installed model as a hospital uses it: its decision, or else the manifest's default. */
  public List<Deployed> of(TenantId tenant) {
    List<ModelStore.Decision> all = decisions();
    List<Deployed> result = new ArrayList<>();
    models.forEach(
        (id, versions) -> {
          Optional<ModelStore.Decision> decision =
              all.stream()
                  .filter(d -> d.tenantId().equals(tenant.value()) && d.modelId().equals(id))
                  .findFirst();
          Installed newest = versions.get(versions.size() - 1);
          Installed chosen =
              decision
                  .map(ModelStore.Decision::version)
                  .map(v -> installed(versions, v))
                  .orElse(newest);
          // A version that was chosen but is not installed must not be replaced by another one.
          boolean missing =
              decision.map(ModelStore.Decision::version).isPresent()
                  && !version(chosen).equals(decision.get().version());
          boolean enabled =
              decision
                  .map(ModelStore.Decision::enabled)
                  .orElse(chosen.model().manifest().enabledByDefault());
          result.add(new Deployed(chosen, enabled && !missing));
        });
    return result;
  }

  private static Installed installed(List<Installed> versions, String version) {
    return versions.stream().filter(i -> version(i).equals(version)).findFirst().orElse(null);
  }

  private List<ModelStore.Decision> decisions() {
    Decisions known = decisions;
    long now = System.nanoTime();
    if (known.readAtNanos() == Long.MIN_VALUE
        || now - known.readAtNanos() > DECISIONS_KEPT.toNanos()) {
      known = new Decisions(now, TenantContext.asPlatform(store::decisions));
      decisions = known;
    }
    return known.all();
  }

  @Override
  public List<ModelView> deployed() {
    return of(TenantContext.current()).stream().map(ModelRegistry::view).toList();
  }

  @Override
  public ModelView decide(
      String modelId, String version, boolean enabled, String reason, Actor actor) {
    TenantId tenant = TenantContext.current();
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new VigilException(ErrorCode.TENANCY_0011, Map.of("longest", LONGEST_REASON));
    }
    List<Installed> versions = models.getOrDefault(modelId, List.of());
    if (versions.isEmpty() || (version != null && installed(versions, version) == null)) {
      throw new VigilException(
          ErrorCode.INFERENCE_0002,
          Map.of("model", modelId, "version", version == null ? "any" : version));
    }
    TenantContext.asPlatform(
        () -> {
          store.decide(tenant, modelId, version, enabled, reason.strip(), actor.name());
          return null;
        });
    decisions = new Decisions(Long.MIN_VALUE, List.of());
    audit.fire(
        AuditEvent.of(AuditEvent.Action.MODEL_DEPLOYED, actor)
            .on(modelId + " " + (version == null ? "newest" : version))
            .with(Map.of("enabled", Boolean.toString(enabled), "reason", reason.strip())));
    return of(tenant).stream()
        .filter(d -> d.model().manifest().id().equals(modelId))
        .findFirst()
        .map(ModelRegistry::view)
        .orElseThrow();
  }

  private static ModelView view(Deployed deployed) {
    ModelPackage model = deployed.model();
    ModelManifest manifest = model.manifest();
    return new ModelView(
        manifest.id(),
        manifest.version(),
        manifest.name(),
        manifest.intendedUse(),
        manifest.notForClinicalUse(),
        deployed.enabled(),
        manifest.accepts().modalities(),
        manifest.accepts().bodyParts(),
        manifest.labels().stream().map(ModelManifest.Label::name).toList(),
        model.modelSha256(),
        model.modelCard(),
        deployed.installed().importedAt());
  }
}
