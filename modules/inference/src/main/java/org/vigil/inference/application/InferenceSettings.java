package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The keys {@code vigil.inference.*} and {@code vigil.models.*}; see docs/configuration.md. */
@ApplicationScoped
public class InferenceSettings {
  @Inject
  @ConfigProperty(name = "vigil.home")
  private Optional<String> home;

  @Inject
  @ConfigProperty(name = "vigil.models.path")
  private Optional<String> modelsPath;

  @Inject
  @ConfigProperty(name = "vigil.models.shipped")
  private Optional<String> modelsShipped;

  @Inject
  @ConfigProperty(name = "vigil.inference.sessions", defaultValue = "2")
  private int sessions;

  @Inject
  @ConfigProperty(name = "vigil.inference.threads", defaultValue = "0")
  private int threads;

  @Inject
  @ConfigProperty(name = "vigil.inference.timeout", defaultValue = "PT60S")
  private Duration timeout;

  @Inject
  @ConfigProperty(name = "vigil.node-id")
  private Optional<String> nodeId;

  /** Folders that hold model packages, the hospital's own first. */
  List<Path> modelFolders() {
    Set<Path> folders = new LinkedHashSet<>();
    String own = modelsPath.or(() -> home.map(h -> h + "/models")).orElse("");
    addAll(folders, own);
    addAll(folders, modelsShipped.orElse(""));
    return List.copyOf(folders);
  }

  private static void addAll(Set<Path> folders, String paths) {
    for (String path : paths.split(Pattern.quote(File.pathSeparator), -1)) {
      if (!path.isBlank()) {
        folders.add(Path.of(path.strip()).toAbsolutePath().normalize());
      }
    }
  }

  /** Threads within one run: as configured, or the cores shared among the consumers. */
  int threads() {
    return threads > 0
        ? threads
        : Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, sessions));
  }

  Duration timeout() {
    return timeout;
  }

  /** Which node of the installation this is. */
  String host() {
    return nodeId.orElse("single");
  }
}
